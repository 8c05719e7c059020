import type { Clock } from './clock.ts';

/**
 * Asynchronous work of an org: a queueable, a future call, a batch, a schedule, a delivery of platform events, or the next
 * rows of a Bulk API job, which is no Apex and goes on where Apex is held or lost.
 */
export interface Job {
    readonly kind: 'event' | 'job' | 'schedule' | 'bulk';
    /** Moment from which it may run, in milliseconds since 1970 on the org's clock. */
    readonly dueAt: number;
    readonly run: () => void;
    /** Of work that may be done together with that of the jobs behind it. */
    readonly batch?: JobBatch;
}

export interface JobBatch {
    /** Only jobs of the same key go together. */
    readonly key: string;
    readonly items: readonly unknown[];
    /** Items that go together at most. */
    readonly most: number;
    /** As `run`, with the items of several jobs. */
    readonly run: (items: readonly unknown[]) => void;
}

export type JobFilter = (job: Job) => boolean;

export const isBulk: JobFilter = ({ kind }) => kind === 'bulk';

/**
 * Work that waits for its turn. On the platform it runs some time after the transaction that asked for it has committed;
 * here the host decides when: the worker of an org between two requests, an org without a host right after the commit.
 */
export interface JobQueue {
    add(job: Job): void;
    /** Takes out the job that is due first; jobs of the same moment keep their order. undefined when none is due. */
    takeDue(among?: JobFilter): Job | undefined;
    /** As `takeDue`, when that job goes together with others of this key. */
    takeDueOf(key: string): Job | undefined;
    /** When the next job is due; undefined when none waits. */
    nextDue(among?: JobFilter): number | undefined;
    readonly size: number;
    /** Forgets the Apex that waits. */
    clear(): void;
    /** Who runs the jobs from now on; told of each new job. */
    host(onAdded: () => void): void;
    readonly isHosted: boolean;
}

export function createJobQueue(clock: Clock): JobQueue {
    let waiting: Job[] = [];
    let onAdded: (() => void) | undefined;

    function first(among: JobFilter = () => true): Job | undefined {
        let best: Job | undefined;
        for (const job of waiting) {
            if (among(job) && (best === undefined || job.dueAt < best.dueAt)) best = job;
        }
        return best;
    }

    function takeWhenDue(job: Job | undefined): Job | undefined {
        if (job === undefined || job.dueAt > clock.now()) return undefined;
        waiting.splice(waiting.indexOf(job), 1);
        return job;
    }

    return {
        add(job) {
            waiting.push(job);
            onAdded?.();
        },
        takeDue: (among) => takeWhenDue(first(among)),
        takeDueOf(key) {
            const next = first();
            return next?.batch?.key === key ? takeWhenDue(next) : undefined;
        },
        nextDue: (among) => first(among)?.dueAt,
        get size() {
            return waiting.length;
        },
        clear() {
            waiting = waiting.filter(isBulk);
        },
        host(listener) {
            onAdded = listener;
        },
        get isHosted() {
            return onAdded !== undefined;
        }
    };
}
