import { CodeAnalyzer, CodeAnalyzerConfig, type Violation } from '@salesforce/code-analyzer-core';
import { createEnginePlugin } from '@salesforce/code-analyzer-pmd-engine';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasJava, JAVA_MISSING } from './java.ts';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

const SELECTORS = ['pmd:Recommended', 'pmd:Security', 'pmd:AppExchange'];

/** A class that breaks a rule. PMD passes over what it cannot read; a run that misses this one proves nothing. */
const CANARY = "public without sharing class Canary { { Database.query('SELECT Id FROM ' + UserInfo.getName()); } }";

/** PMD through Code Analyzer, with the rules that an AppExchange security review runs and the recommended ones. */
export async function judgeWithPmd(projectDirectory: string): Promise<Verdict> {
    if (!hasJava()) {
        return { scope: '', findings: [], skipped: JAVA_MISSING };
    }
    const files = filesEndingIn(await packageDirectories(projectDirectory), '.cls', '.trigger', '-meta.xml');
    const directory = await mkdtemp(join(tmpdir(), 'pmd-'));
    try {
        const canary = join(directory, 'Canary.cls');
        await writeFile(canary, CANARY);
        const { violations, ruleCount } = await analyze([...files, canary]);
        const findings = violations.map((violation) => toFinding(violation, projectDirectory));
        if (!findings.some(({ file }) => file === canary)) {
            throw new Error('PMD finds nothing in a class that breaks its rules');
        }
        return {
            scope: `${files.length} files, ${ruleCount} rules`,
            findings: findings.filter(({ file }) => file !== canary)
        };
    } finally {
        await rm(directory, { recursive: true });
    }
}

async function analyze(files: string[]): Promise<{ violations: Violation[]; ruleCount: number }> {
    const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.withDefaults());
    await analyzer.addEnginePlugin(createEnginePlugin());
    const workspace = await analyzer.createWorkspace(files);
    const rules = await analyzer.selectRules(SELECTORS, { workspace });
    const results = await analyzer.run(rules, { workspace });
    return { violations: results.getViolations(), ruleCount: rules.getCount() };
}

function toFinding(violation: Violation, projectDirectory: string): Finding {
    const location = violation.getPrimaryLocation();
    return {
        file: location.getFile() ?? projectDirectory,
        line: location.getStartLine(),
        column: location.getStartColumn(),
        message: `${violation.getRule().getName()}: ${violation.getMessage().replaceAll(/\s+/g, ' ')}`
    };
}

if (import.meta.main) {
    await report('pmd', judgeWithPmd);
}
