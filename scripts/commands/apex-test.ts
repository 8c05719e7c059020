import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TestResult } from '@salesforce/apex-node';
import { Command } from 'commander';
import { startOrgPair } from '../../local-org/src/index.ts';
import {
    buildReport,
    deployedClasses,
    isClean,
    runApexTests,
    totalCoverage,
    type ApexTestReport
} from '../lib/apex-tests.ts';
import { runCommand, withJsonFlag, type CommandResult, type JsonFlag } from '../lib/command.ts';
import { deploySource, describeOutcome, type DeployOutcome } from '../lib/deployment.ts';
import { BridgeError, EXIT_CODES } from '../lib/errors.ts';
import { parsePort } from '../lib/local-pair-flags.ts';
import { supportFilter, type IgnoredRow } from '../lib/metadata-support.ts';
import { connectLocal, type BridgeOrg } from '../lib/org-connection.ts';
import type { Steps } from '../lib/steps.ts';
import { DEBUGGER_PORT, debuggerSettings } from '../lib/apex-debugger.ts';

interface ApexTestFlags extends JsonFlag {
    readonly sourceDir: string[];
    readonly classNames?: string[];
    readonly debug?: number | true;
    readonly ignoreUnsupported?: true;
}

export function apexTestCommand(): Command {
    const command = new Command('test')
        .description('deploy folders of source to a fresh local org and run their Apex tests')
        .requiredOption('--source-dir <folder>', 'folder of Salesforce source; may be repeated', collect)
        .option('--class-names <names>', 'test classes to run, separated by commas; all when absent', splitNames)
        .option(
            '--debug [port]',
            `wait for a debugger on this port of loopback; ${DEBUGGER_PORT} when absent`,
            parsePort
        )
        .option(
            '--ignore-unsupported',
            'leave out metadata of types that the local org does not take, let Apex that it lacks throw when reached, and list both'
        );
    return withJsonFlag(command).action((flags: ApexTestFlags) =>
        runCommand(flags, (steps) => testInFreshOrg(flags, steps))
    );
}

async function testInFreshOrg(flags: ApexTestFlags, steps: Steps): Promise<CommandResult> {
    const sourceDirs = flags.sourceDir.map(existingFolder);
    const port = flags.debug === true ? DEBUGGER_PORT : flags.debug;
    const debugging = port === undefined ? undefined : await debuggerSettings(port, sourceDirs);
    const pair = await steps.step('Start a fresh local org', () =>
        startOrgPair({
            page: false,
            source: {
                ...(debugging !== undefined && { debugger: debugging }),
                ...(flags.ignoreUnsupported === true && { unsupportedApex: 'throw' })
            }
        })
    );
    try {
        const { source } = pair.info();
        const org = await connectLocal('source', { url: source.url, accessToken: source.admin.accessToken });
        const { deploy, ignored } = await steps.step('Deploy', (report) =>
            deployForTests(org, sourceDirs, flags.ignoreUnsupported === true, (text) => report.detail(text))
        );
        const title = 'Run the Apex tests';
        const waiting =
            source.debuggerUrl === undefined ? title : `${title}; attach a debugger to ${source.debuggerUrl}`;
        const result = await steps.step(waiting, () => runTests(org, flags.classNames, deploy));
        const report = { ...buildReport(deploy, result), ignored };
        return {
            data: report,
            lines: describe(report),
            exitCode: isClean(report) ? EXIT_CODES.ok : EXIT_CODES.checksFailed
        };
    } finally {
        await pair.stop();
    }
}

async function runTests(
    org: BridgeOrg,
    wanted: readonly string[] | undefined,
    deploy: DeployOutcome
): Promise<TestResult | undefined> {
    if (wanted === undefined) {
        return runApexTests(org, undefined);
    }
    const present = await deployedClasses(org, wanted);
    const known = new Set([...present, ...deploy.failures.map((failure) => failure.fullName)].map(lowerCase));
    const unknown = wanted.filter((name) => !known.has(lowerCase(name)));
    if (unknown.length > 0) {
        throw new BridgeError('user', 'CLASS_UNKNOWN', `The source has no Apex class ${unknown.join(', ')}.`, [
            'Check the names passed with --class-names.'
        ]);
    }
    return present.length === 0 ? undefined : runApexTests(org, present);
}

function lowerCase(name: string): string {
    return name.toLowerCase();
}

/** What does not deploy must not keep the rest from running, so nothing is rolled back. */
async function deployForTests(
    org: BridgeOrg,
    sourceDirs: string[],
    ignoreUnsupported: boolean,
    say: (text: string) => void
): Promise<{ readonly deploy: DeployOutcome; readonly ignored: readonly IgnoredRow[] }> {
    const filter = ignoreUnsupported ? await supportFilter(org) : undefined;
    const outcome = await deploySource(org, {
        sourceDirs,
        rollbackOnError: false,
        ...(filter !== undefined && { include: filter.include }),
        // The project's own metadata has placeholders; any org and user of the right form will do here.
        replacements: {
            TARGET_ORG_URL: org.url,
            INTEGRATION_USERNAME: org.username,
            SYNC_ROLE: 'Source',
            SYNC_USERNAME: org.username
        }
    });
    const ignored = filter?.ignored() ?? [];
    const left = ignored.length === 0 ? '' : `, ${ignored.length} ignored`;
    say(`${describeOutcome(outcome)}, ${outcome.failures.length} failed${left}`);
    return { deploy: outcome, ignored };
}

function describe(report: ApexTestReport): string[] {
    const ignored = report.ignored.map(({ type, fullName }) => `IGNORED ${type} ${fullName}`);
    const unsupported = report.unsupported.map(
        ({ file, line, column, message }) => `IGNORED ${file}:${line ?? 1}:${column ?? 1}  ${message}`
    );
    const errors = [...report.compileErrors, ...report.deployErrors].map(
        (error) => `ERROR ${error.file}${error.line === null ? '' : `:${error.line}:${error.column}`}  ${error.message}`
    );
    const failures = report.tests
        .filter((test) => test.outcome !== 'Pass')
        .flatMap((test) => [
            `${test.outcome.toUpperCase()} ${test.class}.${test.method}  ${test.message ?? ''}`,
            test.stack ?? ''
        ])
        .filter((line) => line !== '');
    const coverage = report.coverage.map((row) => {
        const missing = row.uncoveredLines.length === 0 ? '' : `  lines ${row.uncoveredLines.join(', ')}`;
        return `${String(row.percent).padStart(4)} %  ${row.name}${missing}`;
    });
    const { total, passed, failed } = report.summary;
    return [
        ...ignored,
        ...unsupported,
        ...errors,
        ...failures,
        'Coverage',
        ...coverage,
        `${total} tests: ${passed} passed, ${failed} failed. Coverage ${totalCoverage(report.coverage)} %.`
    ];
}

function existingFolder(folder: string): string {
    const path = resolve(folder);
    if (!existsSync(path)) {
        throw new BridgeError('user', 'SOURCE_DIR_MISSING', `The folder ${folder} does not exist.`, [
            'Pass a folder that holds Salesforce source, for example: --source-dir force-app/target'
        ]);
    }
    return path;
}

function collect(value: string, previous: string[] | undefined): string[] {
    return [...(previous ?? []), value];
}

function splitNames(value: string): string[] {
    return value
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
}
