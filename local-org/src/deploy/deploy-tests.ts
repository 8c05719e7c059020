import type { ClassCoverage, TestMethodResult, TestRunResult } from '../apex/engine.ts';
import type { LocalOrg } from '../org/local-org.ts';
import type { DeployOptions, DeployTestResult } from './deploy-types.ts';

/** Percent of lines that tests must cover. Source: Apex Developer Guide, "Code Coverage Best Practices". */
const REQUIRED_COVERAGE = 75;

/** Runs the tests that the options ask for, on the installed program. */
export function runDeployTests(
    org: LocalOrg,
    options: DeployOptions,
    packaged: ReadonlySet<string>,
    userId: string
): DeployTestResult {
    const tests = options.runTests.map((className) => ({ className }));
    const isSpecified = options.testLevel === 'RunSpecifiedTests';
    const run = org.apex.runTests({ ...(isSpecified && { tests }), coverage: true }, userId);
    const methods = run.results.filter((result) => !result.isSetup || result.outcome !== 'Pass');
    return {
        numTestsRun: methods.length,
        totalTime: run.totalTimeMs,
        failures: [
            ...methods.filter((result) => result.outcome !== 'Pass' && result.outcome !== 'Skip').map(toFailure),
            ...(isSpecified ? unknownTests(options.runTests, org) : [])
        ],
        successes: methods
            .filter((result) => result.outcome === 'Pass')
            .map((result) => ({ ...identity(result), time: result.runTimeMs })),
        codeCoverage: run.coverage.map((coverage) => ({
            id: classId(org, coverage),
            name: coverage.name,
            type: coverage.kind === 'trigger' ? ('Trigger' as const) : ('Class' as const),
            numLocations: coverage.coveredLines.length + coverage.uncoveredLines.length,
            uncoveredLines: coverage.uncoveredLines
        })),
        codeCoverageWarnings: isSpecified ? coverageOfPackage(org, run, packaged) : coverageOfOrg(run)
    };

    function identity({ className, methodName }: TestMethodResult) {
        return { id: org.metadata.get('ApexClass', className)?.id ?? '', name: className, methodName };
    }

    function toFailure(result: TestMethodResult) {
        const { message, stackTrace, runTimeMs } = result;
        return { ...identity(result), message: message ?? '', stackTrace: stackTrace ?? '', time: runTimeMs };
    }
}

function unknownTests(names: readonly string[], org: LocalOrg) {
    return names
        .filter((name) => org.metadata.get('ApexClass', name) === undefined)
        .map((name) => {
            const message = `Could not run tests on class ${name} because: class not found`;
            return { id: '', name, methodName: '', message, stackTrace: '', time: 0 };
        });
}

function classId(org: LocalOrg, { kind, name }: ClassCoverage): string {
    return org.metadata.get(kind === 'trigger' ? 'ApexTrigger' : 'ApexClass', name)?.id ?? '';
}

/** With named tests every class of the package needs the coverage for itself. */
function coverageOfPackage(org: LocalOrg, { coverage }: TestRunResult, packaged: ReadonlySet<string>) {
    return coverage
        .filter((entry) => packaged.has(entry.name.toLowerCase()) && percent([entry]) < REQUIRED_COVERAGE)
        .map((entry) => {
            const kind = entry.kind === 'trigger' ? 'Trigger' : 'Class';
            const subject = `Test coverage of selected Apex ${kind} is ${percent([entry])}%`;
            const message = `${subject}, at least ${REQUIRED_COVERAGE}% test coverage is required`;
            return { id: classId(org, entry), name: entry.name, message };
        });
}

function coverageOfOrg({ coverage }: TestRunResult) {
    const total = percent(coverage);
    if (total >= REQUIRED_COVERAGE) {
        return [];
    }
    const subject = `Average test coverage across all Apex Classes and Triggers is ${total}%`;
    return [{ id: '', message: `${subject}, at least ${REQUIRED_COVERAGE}% test coverage is required.` }];
}

/** Whole percent, rounded down; code without executable lines counts as covered. */
function percent(coverage: readonly ClassCoverage[]): number {
    const covered = coverage.reduce((sum, entry) => sum + entry.coveredLines.length, 0);
    const total = covered + coverage.reduce((sum, entry) => sum + entry.uncoveredLines.length, 0);
    return total === 0 ? 100 : Math.floor((covered * 100) / total);
}
