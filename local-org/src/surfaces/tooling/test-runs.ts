import type { ClassCoverage, TestMethodResult, TestRunResult } from '../../apex/engine.ts';
import type { LocalOrg } from '../../org/local-org.ts';

/** A finished run of Apex tests, as the Tooling API shows it in four objects. */
export interface TestRun {
    /** `707…`, the id that clients poll for. */
    readonly jobId: string;
    readonly runResultId: string;
    readonly userId: string;
    readonly startedAt: number;
    readonly endedAt: number;
    readonly isAllTests: boolean;
    readonly totalTimeMs: number;
    readonly classes: readonly TestRunClass[];
}

export interface TestRunClass {
    readonly queueItemId: string;
    readonly className: string;
    readonly results: readonly (TestMethodResult & { readonly id: string })[];
}

/** How much of a class or trigger ran. */
export interface MeasuredCode extends ClassCoverage {
    /** Record id of this measurement. */
    readonly id: string;
}

export interface MethodCoverage extends MeasuredCode {
    readonly className: string;
    readonly methodName: string;
}

export interface TestRuns {
    readonly runs: readonly TestRun[];
    /** Coverage of the classes and triggers by the latest runs that measured it. */
    readonly coverage: ReadonlyMap<string, MeasuredCode>;
    /** The same method by method, by the name of the test class. */
    readonly methodCoverage: ReadonlyMap<string, readonly MethodCoverage[]>;
    /** Rises with each run. */
    readonly version: number;
    add(result: TestRunResult, about: Pick<TestRun, 'userId' | 'startedAt' | 'isAllTests'>): TestRun;
}

/** Runs older than these are forgotten. */
const KEPT_RUNS = 20;
const runsByOrg = new WeakMap<LocalOrg, TestRuns>();

export function testRunsOf(org: LocalOrg): TestRuns {
    let runs = runsByOrg.get(org);
    if (runs === undefined) {
        runs = createTestRuns(org);
        runsByOrg.set(org, runs);
    }
    return runs;
}

function createTestRuns(org: LocalOrg): TestRuns {
    let runs: readonly TestRun[] = [];
    const coverage = new Map<string, MeasuredCode>();
    const methodCoverage = new Map<string, readonly MethodCoverage[]>();
    let version = 0;

    return {
        get runs() {
            return runs;
        },
        coverage,
        methodCoverage,
        get version() {
            return version;
        },
        add({ results, coverage: measured, totalTimeMs }, about) {
            const classNames = [...new Set(results.map(({ className }) => className))];
            const run: TestRun = {
                ...about,
                jobId: org.newId('707'),
                runResultId: org.newId('05m'),
                endedAt: org.clock.now(),
                totalTimeMs,
                classes: classNames.map((className) => ({
                    queueItemId: org.newId('709'),
                    className,
                    results: results
                        .filter((result) => result.className === className)
                        .map((result) => ({ ...result, id: org.newId('07M') }))
                }))
            };
            runs = [...runs, run].slice(-KEPT_RUNS);
            for (const item of measured) {
                coverage.set(`${item.kind} ${item.name.toLowerCase()}`, { ...item, id: org.newId('715') });
            }
            if (measured.length > 0) {
                for (const { className, results: methods } of run.classes) {
                    methodCoverage.set(className, methods.flatMap(measuredByMethod));
                }
            }
            version += 1;
            return run;
        }
    };

    function measuredByMethod({ className, methodName, coverage: own = [] }: TestMethodResult): MethodCoverage[] {
        return own.map((item) => ({ ...item, id: org.newId('714'), className, methodName }));
    }
}
