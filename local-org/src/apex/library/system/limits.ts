import type { Runtime } from '../../runtime/runtime.ts';
import type { LimitCounters } from '../../runtime/transaction.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';

/** `getQueries()` and `getLimitQueries()` by the counter they read. */
const COUNTERS: Readonly<Record<string, keyof LimitCounters>> = {
    AggregateQueries: 'aggregateQueries',
    ApexCursorRows: 'cursorRows',
    Callouts: 'callouts',
    CpuTime: 'cpuTime',
    DmlRows: 'dmlRows',
    DmlStatements: 'dmlStatements',
    EmailInvocations: 'emailInvocations',
    FetchCallsOnApexCursor: 'cursorFetches',
    FindSimilarCalls: 'soslQueries',
    FutureCalls: 'futureCalls',
    HeapSize: 'heapSize',
    PublishImmediateDML: 'publishImmediateDml',
    Queries: 'queries',
    QueryLocatorRows: 'queryLocatorRows',
    QueryRows: 'queryRows',
    QueueableJobs: 'queueableJobs',
    RunAs: 'dmlStatements',
    SavepointRollbacks: 'dmlStatements',
    Savepoints: 'dmlStatements',
    SoslQueries: 'soslQueries'
};

/** Limits that are not enforced any more, or of what a local org does not have; their counters stay at zero. */
const UNUSED: Readonly<Record<string, number>> = {
    AsyncCalls: 200,
    ChildRelationshipsDescribes: 100,
    DatabaseTime: 120_000,
    FieldSetsDescribes: 100,
    FieldsDescribes: 100,
    MobilePushApexCalls: 10,
    PicklistDescribes: 100,
    RecordTypesDescribes: 100,
    ScriptStatements: 200_000
};

function readers(): Record<string, NativeStatic> {
    const natives: Record<string, NativeStatic> = {};
    for (const [name, counter] of Object.entries(COUNTERS)) {
        natives[`get${name}()`] = (rt: Runtime) => Math.floor(rt.tx.limits[counter]);
        natives[`getLimit${name}()`] = (rt: Runtime) => rt.tx.maximum[counter];
    }
    for (const [name, maximum] of Object.entries(UNUSED)) {
        natives[`get${name}()`] = () => 0;
        natives[`getLimit${name}()`] = () => maximum;
    }
    return natives;
}

/** Limits (Apex Reference, System.Limits). */
export const limitsClass: NativeClass = nativeClass({ name: 'System.Limits', statics: readers() });
