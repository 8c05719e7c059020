import type { Runtime } from '../../runtime/runtime.ts';
import type { LimitCounters } from '../../runtime/transaction.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';

/** `getQueries()` and `getLimitQueries()` by the counter they read. */
const COUNTERS: Readonly<Record<string, keyof LimitCounters>> = {
    AggregateQueries: 'aggregateQueries',
    Callouts: 'callouts',
    CpuTime: 'cpuTime',
    DmlRows: 'dmlRows',
    DmlStatements: 'dmlStatements',
    EmailInvocations: 'emailInvocations',
    FutureCalls: 'futureCalls',
    HeapSize: 'heapSize',
    PublishImmediateDML: 'publishImmediateDml',
    Queries: 'queries',
    QueryLocatorRows: 'queryLocatorRows',
    QueryRows: 'queryRows',
    QueueableJobs: 'queueableJobs',
    SoslQueries: 'soslQueries'
};

function readers(): Record<string, NativeStatic> {
    const natives: Record<string, NativeStatic> = {};
    for (const [name, counter] of Object.entries(COUNTERS)) {
        natives[`get${name}()`] = (rt: Runtime) => Math.floor(rt.tx.limits[counter]);
        natives[`getLimit${name}()`] = (rt: Runtime) => rt.tx.maximum[counter];
    }
    return natives;
}

/** Limits (Apex Reference, System.Limits). */
export const limitsClass: NativeClass = nativeClass({ name: 'System.Limits', statics: readers() });
