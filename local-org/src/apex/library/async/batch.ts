import type { Id } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, SOBJECT } from '../../types/apex-types.ts';
import { elementsOf } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { QueryLocatorObject } from '../database/query-locator.ts';
import type { NativeStatic } from '../native.ts';
import { JobContext } from './contexts.ts';
import { enqueue, newJobId, runJob } from './jobs.ts';

const DEFAULT_SCOPE = 200;
const MAX_SCOPE = 2000;
const STATEFUL = platformType('Database.Stateful');

function executeBatch(rt: Runtime, batch: object | null, scope: number | null = DEFAULT_SCOPE): string {
    if (batch === null || scope === null) {
        return rt.nullPointer();
    }
    if (scope < 1) {
        return rt.throwNew('System.UnexpectedException', 'The batch size must be greater than zero');
    }
    const id = newJobId(rt, '707');
    enqueue(rt, 'BatchApex', id, () => runBatch(rt, batch, Math.min(scope, MAX_SCOPE), id));
    return id.value;
}

/** start, then execute for each part in a transaction of its own, then finish. */
function runBatch(rt: Runtime, batch: object, scope: number, id: Id): void {
    const context = new JobContext('Database.BatchableContext', id);
    const reset = rt.isInstance(batch, STATEFUL) ? () => undefined : fieldReset(rt, batch);
    const source = rt.invoke(batch, 'start', [context]);
    const items = source instanceof QueryLocatorObject ? source.records : elementsOf(rt, source);
    const elementType = source instanceof ApexList ? source.elementType : SOBJECT;
    for (let start = 0; start < items.length; start += scope) {
        const part = new ApexList(elementType, items.slice(start, start + scope));
        reset();
        runJob(rt, 'BatchApex', id, () => void rt.invoke(batch, 'execute', [context, part]));
    }
    reset();
    runJob(rt, 'BatchApex', id, () => void rt.invoke(batch, 'finish', [context]));
}

/** A batch that is not Database.Stateful starts each transaction with the fields it was enqueued with. */
function fieldReset(rt: Runtime, batch: object): () => void {
    const values = rt.fieldsOf(batch).map((field) => [field, field.get(batch)] as const);
    return () => values.forEach(([field, value]) => field.set(batch, value));
}

/** `Database.executeBatch` (Apex Developer Guide, Using Batch Apex). */
export const batchStatics: Readonly<Record<string, NativeStatic>> = {
    'executeBatch(Object)': executeBatch,
    'executeBatch(Object,Integer)': executeBatch
};
