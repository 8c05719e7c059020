import type { Id } from '../../../values/index.ts';
import { ApexException, LimitExceeded } from '../../runtime/apex-exception.ts';
import type { LaterOptions, Runtime } from '../../runtime/runtime.ts';
import { RequestOrigin } from '../system/request.ts';
import { TestState } from '../test/test-state.ts';
import { finishJob, insertJob, jobStatus, updateJob, type JobKind, type NewJob } from './job-rows.ts';

/** The job a transaction belongs to, for `System.isQueueable()` and its kin. */
export class RunningJob {
    kind: RunKind | undefined;
    id: Id | undefined;
    /** Work of `System.attachFinalizer`. */
    finalizer: object | undefined;
    /** Of a queueable: 1 for the first of a chain. */
    stackDepth = 1;
    maximumStackDepth: number | undefined;
    delayInMinutes = 0;
    /** Of a batch: its `finish` may start another. */
    mayStartBatch = true;
}

/** A finalizer belongs to the job of a queueable, but is none itself. */
export type RunKind = Exclude<JobKind, 'BatchApexWorker'> | 'Finalizer';

const QUIDDITIES: Readonly<Record<RunKind, string>> = {
    Finalizer: 'TRANSACTION_FINALIZER_QUEUEABLE',
    Future: 'FUTURE',
    Queueable: 'QUEUEABLE',
    BatchApex: 'BATCH_APEX',
    ScheduledApex: 'SCHEDULED'
};

export type JobSettings = Partial<Omit<RunningJob, 'kind' | 'id'>>;

/** Runs `work` as one asynchronous transaction that knows its job; its writes are undone when it throws. */
export function runJob(rt: Runtime, kind: RunKind, id: Id, work: () => void, settings: JobSettings = {}): void {
    rt.runAsync(() => {
        Object.assign(rt.tx.state(RunningJob), settings, { kind, id });
        if (!rt.tx.isTest) rt.tx.state(RequestOrigin).quiddity = QUIDDITIES[kind];
        rt.org.database.atomic(work);
    });
}

/**
 * Adds a job and puts its run off: in a test until `Test.stopTest()`, else until the transaction has committed and the
 * delay is over.
 */
export function enqueue(rt: Runtime, job: NewJob, run: (id: Id) => void, delayMs = 0): Id {
    const id = insertJob(rt, job);
    const starter = rt.tx.state(RunningJob).kind;
    const isChained = job.kind === 'Queueable' && (starter === 'Queueable' || starter === 'ScheduledApex');
    putOff(rt, () => track(rt, id, () => run(id)), { dueAt: rt.org.clock.now() + delayMs, isChained });
    return id;
}

interface PutOffOptions extends LaterOptions {
    /**
     * A queueable that a queueable or a scheduled job enqueued: no stopTest runs it (Apex Developer Guide, "Testing
     * Queueable Jobs"; public suites show the latter).
     */
    readonly isChained?: boolean;
    /** Whom the work belongs to: the user who asks for it when absent. */
    readonly userId?: string;
}

export function putOff(rt: Runtime, work: () => void, settings: PutOffOptions = {}): void {
    const { isChained = false, userId = rt.tx.access.userId, ...options } = settings;
    rt.tx.uncommittedWork = true;
    const asUser = (): void => {
        const { access } = rt.tx;
        rt.tx.access = { ...access, userId };
        try {
            work();
        } finally {
            rt.tx.access = access;
        }
    };
    if (rt.tx.isTest) (isChained ? rt.tx.state(TestState).chained : rt.tx.state(TestState).onStop).push(asUser);
    else rt.runLater(asUser, options);
}

/** Runs a job that was not aborted and keeps its row. A failure comes out in a test; elsewhere the row tells it. */
export function track(rt: Runtime, id: Id, run: () => void): void {
    const status = jobStatus(rt, id);
    if (status !== 'Queued' && status !== 'Holding') return;
    updateJob(rt, id, { Status: 'Processing' });
    try {
        run();
        finishJob(rt, id, 'Completed');
    } catch (error) {
        if (!isApexFailure(error)) throw error;
        updateJob(rt, id, { NumberOfErrors: 1 });
        finishJob(rt, id, 'Failed', error.toString());
        if (rt.tx.isTest) throw error;
    }
}

export function isApexFailure(error: unknown): error is ApexException | LimitExceeded {
    return error instanceof ApexException || error instanceof LimitExceeded;
}
