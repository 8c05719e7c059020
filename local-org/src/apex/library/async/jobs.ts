import { Id } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { orgCounter } from '../org-counter.ts';
import { TestState } from '../test/test-state.ts';

export type JobKind = 'Future' | 'Queueable' | 'BatchApex' | 'ScheduledApex';

/** The job a transaction belongs to, for `System.isQueueable()` and its kin. */
export class RunningJob {
    kind: JobKind | undefined;
    id: Id | undefined;
    /** Work of `System.attachFinalizer`. */
    finalizer: object | undefined;
}

const nextJob = orgCounter();

/** An id of its own for a job: `707…` for AsyncApexJob, `08e…` for CronTrigger. */
export function newJobId(rt: Runtime, keyPrefix: string): Id {
    return Id.of(keyPrefix + nextJob(rt.org).toString(36).toUpperCase().padStart(12, '0'));
}

/** Runs `work` as one asynchronous transaction that knows its job. */
export function runJob(rt: Runtime, kind: JobKind, id: Id, work: () => void): void {
    rt.runAsync(() => inJob(rt, kind, id, work));
}

function inJob(rt: Runtime, kind: JobKind, id: Id, work: () => void): void {
    const job = rt.tx.state(RunningJob);
    job.kind = kind;
    job.id = id;
    work();
}

/** Puts work off: in a test until `Test.stopTest()`, else until the transaction has committed. */
export function enqueue(rt: Runtime, kind: JobKind, id: Id, work: () => void): void {
    rt.tx.uncommittedWork = true;
    if (rt.tx.isTest) {
        rt.tx.state(TestState).onStop.push(() => runJob(rt, kind, id, work));
    } else {
        rt.runLater(() => inJob(rt, kind, id, work));
    }
}
