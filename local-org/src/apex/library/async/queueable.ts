import type { Id } from '../../../values/index.ts';
import { ApexException } from '../../runtime/apex-exception.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import { FinalizerContextObject, JobContext } from './contexts.ts';
import { enqueue, newJobId, RunningJob, runJob } from './jobs.ts';

function enqueueJob(rt: Runtime, job: object | null): Id {
    if (job === null) {
        return rt.nullPointer();
    }
    chargeLimit(rt, 'queueableJobs', 1);
    const id = newJobId(rt, '707');
    enqueue(rt, 'Queueable', id, () => execute(rt, job, id));
    return id;
}

function execute(rt: Runtime, job: object, id: Id): void {
    try {
        rt.invoke(job, 'execute', [new JobContext('System.QueueableContext', id)]);
    } catch (error) {
        finish(rt, id, error instanceof ApexException ? error : null);
        throw error;
    }
    finish(rt, id, null);
}

/** The finalizer runs in a transaction of its own, whether the job failed or not. */
function finish(rt: Runtime, id: Id, exception: ApexException | null): void {
    const { finalizer } = rt.tx.state(RunningJob);
    if (finalizer !== undefined) {
        const context = new FinalizerContextObject(id, rt.tx.id, exception);
        runJob(rt, 'Queueable', id, () => void rt.invoke(finalizer, 'execute', [context]));
    }
}

function attachFinalizer(rt: Runtime, finalizer: object | null): void {
    const job = rt.tx.state(RunningJob);
    if (job.kind !== 'Queueable') {
        rt.throwNew('System.AsyncException', 'System.attachFinalizer is not available outside a queueable job');
    }
    if (job.finalizer !== undefined) {
        rt.throwNew('System.HandledException', 'More than one Finalizer cannot be attached to same Async Apex Job');
    }
    job.finalizer = finalizer ?? rt.nullPointer();
}

/** A call of an @future method: counts against the limit and puts the call off. */
export function enqueueFuture(rt: Runtime, work: () => void): void {
    const { kind } = rt.tx.state(RunningJob);
    if (kind === 'Future' || kind === 'BatchApex') {
        rt.throwNew('System.AsyncException', 'Future method cannot be called from a future or batch method');
    }
    chargeLimit(rt, 'futureCalls', 1);
    enqueue(rt, 'Future', newJobId(rt, '707'), work);
}

function isRunning(kind: string): NativeStatic {
    return (rt) => rt.tx.state(RunningJob).kind === kind;
}

/** The part of the System class about asynchronous Apex. */
export const asyncStatics: Readonly<Record<string, NativeStatic>> = {
    'attachFinalizer(Finalizer)': attachFinalizer,
    'enqueueJob(Object)': enqueueJob,
    'isBatch()': isRunning('BatchApex'),
    'isFuture()': isRunning('Future'),
    'isQueueable()': isRunning('Queueable'),
    'isScheduled()': isRunning('ScheduledApex')
};

/** Interfaces of asynchronous Apex, for calls of their methods in Apex code. */
export const asyncInterfaces: readonly NativeClass[] = [
    nativeClass({
        name: 'System.Queueable',
        methods: { 'execute(QueueableContext)': (rt, self: object, context) => rt.invoke(self, 'execute', [context]) }
    }),
    nativeClass({
        name: 'System.Schedulable',
        methods: { 'execute(SchedulableContext)': (rt, self: object, context) => rt.invoke(self, 'execute', [context]) }
    }),
    nativeClass({
        name: 'System.Finalizer',
        methods: { 'execute(FinalizerContext)': (rt, self: object, context) => rt.invoke(self, 'execute', [context]) }
    })
];
