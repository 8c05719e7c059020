import type { AccessContext } from '../../access/types.ts';

/** Counters that governor limits compare with; names as in `System.Limits`. */
export interface LimitCounters {
    queries: number;
    queryRows: number;
    aggregateQueries: number;
    soslQueries: number;
    queryLocatorRows: number;
    cursorRows: number;
    cursorFetches: number;
    dmlStatements: number;
    dmlRows: number;
    callouts: number;
    futureCalls: number;
    queueableJobs: number;
    emailInvocations: number;
    publishImmediateDml: number;
    /** Milliseconds of Apex, callouts and database time left out. */
    cpuTime: number;
    /** Bytes, an estimate. */
    heapSize: number;
}

/** One Apex transaction: statics, limits, running user, and what happens when it ends. */
export interface Transaction {
    readonly id: string;
    /** Counters in force now; `Test.startTest()` puts a fresh set in place. */
    limits: LimitCounters;
    readonly maximum: Readonly<LimitCounters>;
    /** Running user, sharing and access of the code that runs now. */
    access: AccessContext;
    readonly isTest: boolean;
    readonly isAsync: boolean;
    /** DML since the start or the last commit: callouts are refused while it is set. */
    uncommittedWork: boolean;
    /** Per-transaction state of a library class, created at first use: `state(RestContextState)`. */
    state<T>(key: new () => T): T;
    readonly debugLog: string[];
    /** Of a test: objects with a stub for their queries, by lower-case name (`Test.createSoqlStub`). */
    stubbedObjects?: Set<string> | undefined;
}
