import type { Clock } from './clock.ts';

/** Asynchronous work of an org: a queueable, a future call, a batch, a schedule, a delivery of platform events. */
export interface Job {
    /** For logs and faults: `event`, `job` or `schedule`. */
    readonly kind: 'event' | 'job' | 'schedule';
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

/**
 * Work that waits for its turn. On the platform it runs some time after the transaction that asked for it has committed;
 * here the host decides when: the worker of an org between two requests, an org without a host right after the commit.
 */
export interface JobQueue {
    add(job: Job): void;
    /** Takes out the job that is due first; jobs of the same moment keep their order. undefined when none is due. */
    takeDue(): Job | undefined;
    /** As `takeDue`, when that job goes together with others of this key. */
    takeDueOf(key: string): Job | undefined;
    /** When the next job is due; undefined when none waits. */
    nextDue(): number | undefined;
    readonly size: number;
    /** Forgets everything that waits. */
    clear(): void;
    /** Who runs the jobs from now on; told of each new job. */
    host(onAdded: () => void): void;
    readonly isHosted: boolean;
}

export function createJobQueue(clock: Clock): JobQueue {
    const waiting: Job[] = [];
    let onAdded: (() => void) | undefined;

    function first(): number {
        let best = 0;
        waiting.forEach((job, index) => {
            if (job.dueAt < waiting[best].dueAt) best = index;
        });
        return best;
    }

    function takeWhen(fits: (job: Job) => boolean): Job | undefined {
        const index = first();
        const job = waiting[index] as Job | undefined;
        if (job === undefined || job.dueAt > clock.now() || !fits(job)) return undefined;
        waiting.splice(index, 1);
        return job;
    }

    return {
        add(job) {
            waiting.push(job);
            onAdded?.();
        },
        takeDue: () => takeWhen(() => true),
        takeDueOf: (key) => takeWhen(({ batch }) => batch?.key === key),
        nextDue: () => (waiting[first()] as Job | undefined)?.dueAt,
        get size() {
            return waiting.length;
        },
        clear() {
            waiting.length = 0;
        },
        host(listener) {
            onAdded = listener;
        },
        get isHosted() {
            return onAdded !== undefined;
        }
    };
}
