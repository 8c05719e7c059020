import type { Id } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, SOBJECT } from '../../types/apex-types.ts';
import { elementsOf } from '../arguments.ts';
import { copyValue } from '../cache/copy-value.ts';
import { ApexList } from '../collections/apex-list.ts';
import { QueryLocatorObject } from '../database/query-locator.ts';
import type { NativeStatic } from '../native.ts';
import { JobContext } from './contexts.ts';
import { placeBatchJob } from './flex-queue.ts';
import { finishJob, insertJob, updateJob } from './job-rows.ts';
import { enqueue, isApexFailure, RunningJob, runJob } from './jobs.ts';

const DEFAULT_SCOPE = 200;
const MAX_SCOPE = 2000;
/** Records that one child job of a batch takes. */
const WORKER_RECORDS = 10_000;
const STATEFUL = platformType('Database.Stateful');

export function executeBatch(rt: Runtime, batch: object | null, scope: number | null = DEFAULT_SCOPE): string {
    if (batch === null || scope === null) {
        return rt.nullPointer();
    }
    if (scope < 1) {
        return rt.throwNew('System.UnexpectedException', 'The batch size must be greater than zero');
    }
    const { kind, mayStartBatch } = rt.tx.state(RunningJob);
    if (kind === 'Future' || (kind === 'BatchApex' && !mayStartBatch)) {
        const where = 'a batch start, batch execute, or future method';
        rt.throwNew('System.AsyncException', `Database.executeBatch cannot be called from ${where}.`);
    }
    const copy = copyValue(rt, batch) as object;
    const job = { kind: 'BatchApex', className: rt.typeOf(batch).name } as const;
    const id = enqueue(rt, job, (self) => runBatch(rt, copy, Math.min(scope, MAX_SCOPE), self));
    if (rt.tx.isTest) placeBatchJob(rt, id);
    return id.value;
}

/** start, then execute for each part in a transaction of its own, then finish. */
function runBatch(rt: Runtime, batch: object, scope: number, id: Id): void {
    const context = new JobContext('Database.BatchableContext', id);
    const reset = rt.isInstance(batch, STATEFUL) ? () => undefined : fieldReset(rt, batch);
    const { parts, isChunked } = startBatch(rt, batch, scope, context);
    updateJob(rt, id, { TotalJobItems: parts.length });
    if (rt.tx.isTest && parts.length > 1) {
        rt.throwNew(
            'System.UnexpectedException',
            'No more than one executeBatch can be called from within a test method.  Please make sure the iterable ' +
                'returned from your start method matches the batch size, resulting in one executeBatch invocation.'
        );
    }
    const perWorker = isChunked ? Math.ceil(WORKER_RECORDS / scope) : Math.max(parts.length, 1);
    let errors = 0;
    for (let from = 0; from < parts.length; from += perWorker) {
        const chunk = parts.slice(from, from + perWorker);
        const before = errors;
        const worker = isChunked ? startWorker(rt, batch, id, chunk.length) : undefined;
        for (const [index, part] of chunk.entries()) {
            reset();
            errors += executePart(rt, batch, part, context) ? 1 : 0;
            updateJob(rt, id, { JobItemsProcessed: from + index + 1, NumberOfErrors: errors });
        }
        if (worker !== undefined) {
            updateJob(rt, worker, { JobItemsProcessed: chunk.length, NumberOfErrors: errors - before });
            finishJob(rt, worker, 'Completed');
        }
    }
    reset();
    runJob(rt, 'BatchApex', id, () => void rt.invoke(batch, 'finish', [context]));
}

/**
 * A batch over a query runs in child jobs, one for each 10,000 records, whose rows name it as their parent; one over an
 * iterable has none (Object Reference, AsyncApexJob, ParentJobId; Apex Developer Guide, Using Batch Apex).
 */
function startWorker(rt: Runtime, batch: object, parentJobId: Id, items: number): Id {
    const worker = insertJob(rt, { kind: 'BatchApexWorker', className: rt.typeOf(batch).name, parentJobId });
    updateJob(rt, worker, { Status: 'Processing', TotalJobItems: items });
    return worker;
}

interface StartedBatch {
    readonly parts: readonly ApexList[];
    /** It goes over a query. */
    readonly isChunked: boolean;
}

function startBatch(rt: Runtime, batch: object, scope: number, context: JobContext): StartedBatch {
    const parts: ApexList[] = [];
    let isChunked = false;
    const start = (): void => {
        const source = rt.invoke(batch, 'start', [context]);
        isChunked = source instanceof QueryLocatorObject;
        const rows = source instanceof QueryLocatorObject ? source.rows : source;
        const items = [...elementsOf(rt, rows)];
        const elementType = rows instanceof ApexList ? rows.elementType : SOBJECT;
        for (let from = 0; from < items.length; from += scope) {
            parts.push(new ApexList(elementType, items.slice(from, from + scope)));
        }
    };
    runJob(rt, 'BatchApex', context.id, start, { mayStartBatch: false });
    return { parts, isChunked };
}

/** A part that fails undoes only itself; in a test its failure comes out. */
function executePart(rt: Runtime, batch: object, part: ApexList, context: JobContext): boolean {
    try {
        const work = (): unknown => rt.invoke(batch, 'execute', [context, part]);
        runJob(rt, 'BatchApex', context.id, () => void work(), { mayStartBatch: false });
        return false;
    } catch (error) {
        if (rt.tx.isTest || !isApexFailure(error)) throw error;
        return true;
    }
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
