import type { Runtime } from './runtime.ts';
import type { LimitCounters } from './transaction.ts';

type CountedLimit = Exclude<keyof LimitCounters, 'cpuTime' | 'heapSize'>;

/** What a governor limit is called in the text of its exception (Apex Developer Guide, Execution Governors). */
const SUBJECTS: Readonly<Record<CountedLimit, string>> = {
    queries: 'SOQL queries',
    queryRows: 'query rows',
    aggregateQueries: 'Aggregate queries',
    soslQueries: 'SOSL queries',
    queryLocatorRows: 'query locator rows',
    cursorRows: 'Apex cursor rows',
    cursorFetches: 'fetch calls on Apex cursor',
    dmlStatements: 'DML statements',
    dmlRows: 'DML rows',
    callouts: 'callouts',
    futureCalls: 'future calls',
    queueableJobs: 'queueable jobs added to the queue',
    emailInvocations: 'Email Invocations',
    publishImmediateDml: 'PublishImmediate DML statements'
};

/** Counts work against a limit; throws System.LimitException "Too many SOQL queries: 101" past it. */
export function chargeLimit(rt: Runtime, limit: CountedLimit, amount: number): void {
    const { limits, maximum } = rt.tx;
    limits[limit] += amount;
    if (limits[limit] > maximum[limit]) {
        rt.throwNew('System.LimitException', `Too many ${SUBJECTS[limit]}: ${limits[limit]}`);
    }
}
