import type { Id } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ID } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import { TestState } from '../test/test-state.ts';
import { insertJob, jobStatus, updateJob } from './job-rows.ts';

/** Batch jobs that are at work or next in line at a time; further ones wait in the flex queue. */
const MAXIMUM_QUEUED = 5;
const MAXIMUM_HOLDING = 100;

/**
 * Puts a batch job of a test in the batch queue, or in the flex queue when that one is full. Jobs of a local org outside
 * tests never wait there. Source: Apex Reference, Test.enqueueBatchJobs and System.FlexQueue.
 */
export function placeBatchJob(rt: Runtime, id: Id): void {
    const { batchJobs } = rt.tx.state(TestState);
    const ahead = batchJobs.filter((job) => WAITING.has(jobStatus(rt, job) ?? ''));
    batchJobs.push(id);
    if (ahead.length < MAXIMUM_QUEUED) return;
    updateJob(rt, id, { Status: 'Holding' });
    if (holding(rt).length > MAXIMUM_HOLDING) {
        rt.throwNew('System.LimitException', `Too many jobs in the flex queue: ${MAXIMUM_HOLDING + 1}`);
    }
}

const WAITING: ReadonlySet<string> = new Set(['Queued', 'Processing', 'Holding']);

/** Jobs of the flex queue in the order they would run. */
function holding(rt: Runtime): Id[] {
    return rt.tx.state(TestState).batchJobs.filter((job) => jobStatus(rt, job) === 'Holding');
}

/** False when the job is in that place already. */
function move(rt: Runtime, job: Id, placeOf: (others: readonly Id[]) => number): boolean {
    const jobs = holding(rt);
    const before = indexOf(rt, jobs, job);
    const others = jobs.filter((_, index) => index !== before);
    const place = placeOf(others);
    const state = rt.tx.state(TestState);
    const elsewhere = state.batchJobs.filter((id) => !jobs.includes(id));
    state.batchJobs = [...elsewhere, ...others.slice(0, place), job, ...others.slice(place)];
    return place !== before;
}

function indexOf(rt: Runtime, jobs: readonly Id[], job: Id): number {
    const index = jobs.findIndex((candidate) => candidate.equals(job));
    return index >= 0
        ? index
        : rt.throwNew('System.InvalidParameterValueException', `The job ${job.value} is not in the flex queue`);
}

/** FlexQueue (Apex Reference, System.FlexQueue). */
export const flexQueueClass: NativeClass = nativeClass({
    name: 'System.FlexQueue',
    statics: {
        'moveAfterJob(Id,Id)': noNulls((rt, job: Id, other: Id) =>
            move(rt, job, (jobs) => indexOf(rt, jobs, other) + 1)
        ),
        'moveBeforeJob(Id,Id)': noNulls((rt, job: Id, other: Id) => move(rt, job, (jobs) => indexOf(rt, jobs, other))),
        'moveJobToEnd(Id)': noNulls((rt, job: Id) => move(rt, job, (jobs) => jobs.length)),
        'moveJobToFront(Id)': noNulls((rt, job: Id) => move(rt, job, () => 0))
    }
});

/** Of System.Test: jobs that do nothing, to test the order with. */
export const flexQueueTestStatics: Readonly<Record<string, NativeStatic>> = {
    'enqueueBatchJobs(Integer)': noNulls((rt, count: number) => {
        const made = Array.from({ length: count }, () => {
            const id = insertJob(rt, { kind: 'BatchApex', className: undefined });
            placeBatchJob(rt, id);
            return id;
        });
        return new ApexList(ID, made);
    }),
    'getFlexQueueOrder()': (rt) => new ApexList(ID, holding(rt))
};
