import type { Id } from '../../../values/index.ts';
import { ApexException } from '../../runtime/apex-exception.ts';
import { chargeLimit } from '../../runtime/limit-messages.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { BeanObject } from '../bean.ts';
import { copyValue } from '../cache/copy-value.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import { withSignature, queueSettings, type QueueSettings } from './async-options.ts';
import { FinalizerContextObject, JobContext } from './contexts.ts';
import { TestState } from '../test/test-state.ts';
import { enqueue, RunningJob, runJob } from './jobs.ts';

const MAXIMUM_DELAY = 10;

/** `System.enqueueJob(job)`, with a delay in minutes or options. */
function enqueueJob(rt: Runtime, job: object | null, options: number | BeanObject | null = null): Id {
    if (job === null) {
        return rt.nullPointer();
    }
    const settings = queueSettings(rt, options);
    if (settings.delayInMinutes < 0 || settings.delayInMinutes > MAXIMUM_DELAY) {
        rt.throwNew('System.IllegalArgumentException', `Delay must be between 0 and ${MAXIMUM_DELAY} minutes`);
    }
    const { kind, stackDepth, maximumStackDepth } = rt.tx.state(RunningJob);
    const depth = kind === 'Queueable' ? stackDepth + 1 : 1;
    const maximum = settings.maximumStackDepth ?? maximumStackDepth;
    if (maximum !== undefined && depth > maximum) {
        rt.throwNew('System.AsyncException', 'Maximum stack depth has been reached.');
    }
    chargeLimit(rt, 'queueableJobs', 1);
    // The platform writes the job out when it is enqueued: later changes to it do not reach the run.
    const copy = copyValue(rt, job) as object;
    const { signature, ...running } = { ...settings, stackDepth: depth, maximumStackDepth: maximum };
    return withSignature(rt, signature, () =>
        enqueue(
            rt,
            { kind: 'Queueable', className: rt.typeOf(job).name },
            (id) => execute(rt, copy, id, running),
            running.delayInMinutes * 60_000
        )
    );
}

type RunSettings = Omit<QueueSettings, 'signature'> & { readonly stackDepth: number };

/** The finalizer runs in a transaction of its own, whether the job failed or not. */
function execute(rt: Runtime, job: object, id: Id, settings: RunSettings): void {
    let finalizer: object | undefined;
    let requestId = '';
    const work = (): void => {
        const running = rt.tx.state(RunningJob);
        requestId = rt.tx.id;
        try {
            rt.invoke(job, 'execute', [new JobContext('System.QueueableContext', id)]);
        } finally {
            ({ finalizer } = running);
        }
    };
    const finish = (exception: ApexException | null): void => {
        const context = new FinalizerContextObject(id, requestId, exception);
        const attached = finalizer;
        if (attached === undefined) return;
        const { onStop } = rt.tx.state(TestState);
        const before = onStop.length;
        runJob(rt, 'Finalizer', id, () => void rt.invoke(attached, 'execute', [context]));
        // What a finalizer enqueues in a test runs even when the failure of the job ends stopTest.
        if (rt.tx.isTest) onStop.splice(before).forEach((job) => job());
    };
    try {
        runJob(rt, 'Queueable', id, work, settings);
    } catch (error) {
        finish(error instanceof ApexException ? error : null);
        throw error;
    }
    finish(null);
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
    enqueue(rt, { kind: 'Future', className: undefined }, (id) => runJob(rt, 'Future', id, work));
}

function isRunning(kind: string): NativeStatic {
    return (rt) => rt.tx.state(RunningJob).kind === kind;
}

/** The part of the System class about asynchronous Apex. */
export const asyncStatics: Readonly<Record<string, NativeStatic>> = {
    'attachFinalizer(Finalizer)': attachFinalizer,
    'enqueueJob(Object)': enqueueJob,
    'enqueueJob(Object,AsyncOptions)': enqueueJob,
    'enqueueJob(Object,Integer)': enqueueJob,
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
    }),
    nativeClass({
        name: 'Database.Batchable',
        methods: {
            'execute(BatchableContext,List)': (rt, self: object, context, scope) =>
                rt.invoke(self, 'execute', [context, scope]),
            'finish(BatchableContext)': (rt, self: object, context) => rt.invoke(self, 'finish', [context]),
            'start(BatchableContext)': (rt, self: object, context) => rt.invoke(self, 'start', [context])
        }
    }),
    nativeClass({ name: 'Database.AllowsCallouts' }),
    nativeClass({ name: 'Database.Stateful' })
];
