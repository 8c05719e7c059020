import type { Id } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { ID } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { insertJob } from './job-rows.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';

/** Batch jobs that a test put in the flex queue, in the order they would run. Other jobs of a local org never wait there. */
class FlexQueue {
    jobs: Id[] = [];
}

function queueOf(rt: Runtime): FlexQueue {
    return rt.tx.state(FlexQueue);
}

/** False when the job is in that place already. */
function move(rt: Runtime, job: Id, placeOf: (others: readonly Id[]) => number): boolean {
    const queue = queueOf(rt);
    const before = indexOf(rt, queue.jobs, job);
    const others = queue.jobs.filter((_, index) => index !== before);
    const place = placeOf(others);
    queue.jobs = [...others.slice(0, place), job, ...others.slice(place)];
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
            rt.org.database.writeRow('AsyncApexJob', { Id: id, Status: 'Holding' });
            return id;
        });
        const queue = queueOf(rt);
        queue.jobs = [...queue.jobs, ...made];
        return new ApexList(ID, made);
    }),
    'getFlexQueueOrder()': (rt) => new ApexList(ID, [...queueOf(rt).jobs])
};
