import './client-environment.ts';
import { TestService, type TestLevel, type TestResult } from '@salesforce/apex-node';
import { Duration } from '@salesforce/kit';
import type { ComponentFailure, DeployOutcome } from './deployment.ts';
import type { IgnoredRow } from './metadata-support.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';

/** The JSON of `bridge apex test`. */
export interface ApexTestReport {
    readonly summary: { readonly total: number; readonly passed: number; readonly failed: number };
    readonly tests: readonly ApexTestRow[];
    readonly compileErrors: readonly CompileErrorRow[];
    /** Components other than Apex that the org refused. */
    readonly deployErrors: readonly CompileErrorRow[];
    /** Apex that `--ignore-unsupported` let compile and that throws when it is reached. */
    readonly unsupported: readonly CompileErrorRow[];
    readonly coverage: readonly CoverageRow[];
    /** What `--ignore-unsupported` left out of the deploy. */
    readonly ignored: readonly IgnoredRow[];
}

export interface ApexTestRow {
    readonly class: string;
    readonly method: string;
    readonly outcome: 'Pass' | 'Fail' | 'CompileFail' | 'Skip';
    readonly message: string | null;
    readonly stack: string | null;
    readonly ms: number;
}

export interface CompileErrorRow {
    readonly file: string;
    readonly line: number | null;
    readonly column: number | null;
    readonly message: string;
}

export interface CoverageRow {
    readonly name: string;
    readonly covered: number;
    readonly uncovered: number;
    /** Whole percent of the executable lines. */
    readonly percent: number;
    readonly uncoveredLines: readonly number[];
}

const POLL_INTERVAL_MS = 100;
const APEX_TYPES = new Set(['ApexClass', 'ApexTrigger']);

/** What the client throws when the org found no test to run. */
const NO_TESTS = 'No test queue items found';

/**
 * Runs Apex tests of the org with the platform's own client; all local ones, or those of the named classes. Undefined when
 * there is none to run.
 */
export async function runApexTests(
    org: BridgeOrg,
    classNames: readonly string[] | undefined
): Promise<TestResult | undefined> {
    const service = new TestService(org.connection);
    const level = (classNames === undefined ? 'RunLocalTests' : 'RunSpecifiedTests') as TestLevel;
    const payload = await service.buildAsyncPayload(level, undefined, classNames?.join(','));
    const interval = Duration.milliseconds(POLL_INTERVAL_MS);
    const limit = Duration.hours(1);
    try {
        return (await service.runTestAsynchronous(
            payload,
            true,
            false,
            undefined,
            undefined,
            limit,
            interval
        )) as TestResult;
    } catch (cause) {
        if (cause instanceof Error && cause.message.startsWith(NO_TESTS)) {
            return undefined;
        }
        throw cause;
    }
}

/** Names among `wanted` that the org has: a class that did not compile is in the report of the deploy already. */
export async function deployedClasses(org: BridgeOrg, wanted: readonly string[]): Promise<string[]> {
    const names = wanted.map(soqlString).join(', ');
    const result = await org.connection.tooling.query<{ Name: string }>(
        `SELECT Name FROM ApexClass WHERE Name IN (${names})`
    );
    return result.records.map((record) => record.Name);
}

export function buildReport(deploy: DeployOutcome, result: TestResult | undefined): Omit<ApexTestReport, 'ignored'> {
    const tests = (result?.tests ?? []).map((test): ApexTestRow => ({
        class: test.apexClass.name,
        method: test.methodName,
        outcome: test.outcome,
        message: test.message,
        stack: test.stackTrace,
        ms: test.runTime
    }));
    const passed = tests.filter((test) => test.outcome === 'Pass').length;
    return {
        summary: { total: tests.length, passed, failed: tests.length - passed },
        tests,
        compileErrors: deploy.failures.filter((failure) => APEX_TYPES.has(failure.type)).map(toRow),
        deployErrors: deploy.failures.filter((failure) => !APEX_TYPES.has(failure.type)).map(toRow),
        unsupported: deploy.warnings.filter((warning) => APEX_TYPES.has(warning.type)).map(toRow),
        coverage: coverageOf(result)
    };
}

export function isClean(report: ApexTestReport): boolean {
    return report.summary.failed === 0 && report.compileErrors.length === 0 && report.deployErrors.length === 0;
}

/** Coverage of all classes together, whole percent; 100 when nothing is executable. */
export function totalCoverage(coverage: readonly CoverageRow[]): number {
    const covered = coverage.reduce((sum, row) => sum + row.covered, 0);
    const lines = coverage.reduce((sum, row) => sum + row.covered + row.uncovered, 0);
    return lines === 0 ? 100 : Math.floor((100 * covered) / lines);
}

function coverageOf(result: TestResult | undefined): CoverageRow[] {
    return (result?.codecoverage ?? [])
        .map((row) => {
            const { name, numLinesCovered: covered, numLinesUncovered: uncovered, uncoveredLines } = row;
            const percent = covered + uncovered === 0 ? 100 : Math.floor((100 * covered) / (covered + uncovered));
            return { name, covered, uncovered, percent, uncoveredLines };
        })
        .sort((left, right) => left.name.localeCompare(right.name));
}

function toRow({ file, line, column, message }: ComponentFailure): CompileErrorRow {
    return { file, line: line ?? null, column: column ?? null, message };
}
