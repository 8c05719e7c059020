import { CodeAnalyzer, CodeAnalyzerConfig } from '@salesforce/code-analyzer-core';
import { createEnginePlugin } from '@salesforce/code-analyzer-pmd-engine';
import { hasJava, JAVA_MISSING } from './java.ts';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

const SELECTORS = ['pmd:Recommended', 'pmd:Security', 'pmd:AppExchange'];

/** PMD through Code Analyzer, with the rules that an AppExchange security review runs and the recommended ones. */
export async function judgeWithPmd(projectDirectory: string): Promise<Verdict> {
    if (!hasJava()) {
        return { scope: '', findings: [], skipped: JAVA_MISSING };
    }
    const directories = await packageDirectories(projectDirectory);
    const files = filesEndingIn(directories, '.cls', '.trigger', '-meta.xml');
    const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.withDefaults());
    await analyzer.addEnginePlugin(createEnginePlugin());
    const workspace = await analyzer.createWorkspace(files);
    const rules = await analyzer.selectRules(SELECTORS, { workspace });
    const results = await analyzer.run(rules, { workspace });
    const findings = results.getViolations().map((violation): Finding => {
        const location = violation.getPrimaryLocation();
        return {
            file: location.getFile() ?? projectDirectory,
            line: location.getStartLine(),
            column: location.getStartColumn(),
            message: `${violation.getRule().getName()}: ${violation.getMessage().replaceAll(/\s+/g, ' ')}`
        };
    });
    return { scope: `${files.length} files, ${rules.getCount()} rules`, findings };
}

if (import.meta.main) {
    await report('pmd', judgeWithPmd);
}
