import { OrgCrashed } from '../http/org-crashed.ts';
import { isBulk, type Job, type JobQueue } from '../org/job-queue.ts';
import type { Clock } from '../org/clock.ts';
import type { FaultPlan } from '../lab/fault-plan.ts';

export interface JobHostOptions {
    readonly org: { readonly name: string; readonly jobs: JobQueue; readonly clock: Clock };
    /** Runs work outside any request. */
    readonly top: (work: () => void) => void;
    readonly faults: () => FaultPlan | undefined;
    /** A job has run and may have written. */
    readonly onRun: () => void;
    readonly log: (text: string) => void;
    readonly held: boolean;
}

/** Runs the jobs of an org between requests, those that are Apex only when it is asked to while it is held. */
export interface JobHost {
    held: boolean;
    /** Runs due jobs now, at most so many; gives how many ran. */
    run(most: number): number;
    /** Looks at the clock again. */
    wake(): void;
    stop(): void;
}

/** Longest delay of a timer of Node. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createJobHost({ org, top, faults, onRun, log, held }: JobHostOptions): JobHost {
    const { jobs, clock } = org;
    let isHeld = held;
    let isStopped = false;
    let timer: NodeJS.Timeout | undefined;
    let turn: NodeJS.Immediate | undefined;
    let late: Job[] = [];

    /** The next job with what the laboratory makes of it. */
    function takeNext(): readonly Job[] | undefined {
        const job = jobs.takeDue();
        if (job === undefined) {
            // Nothing else waits that a late delivery could follow.
            const rest = late.splice(0);
            return rest.length > 0 ? rest : undefined;
        }
        if (faults() === undefined && late.length === 0) return [together(job)];
        const fault = job.kind === 'event' ? faults()?.decide(org.name, 'event', 'platform events') : undefined;
        switch (fault?.kind) {
            case 'event-lost':
                return [];
            case 'event-twice':
                return [job, job];
            case 'event-late':
                late.push(job);
                return [];
            default:
                return job.kind === 'event' ? [job, ...late.splice(0)] : [job];
        }
    }

    /**
     * The job with those behind it that go together with it, as events do. Under faults each delivery meets its own.
     */
    function together(job: Job): Job {
        if (job.batch === undefined) return job;
        const { key, most, run: runAll } = job.batch;
        const items = [...job.batch.items];
        while (items.length < most) {
            const next = jobs.takeDueOf(key);
            if (next?.batch === undefined) break;
            items.push(...next.batch.items);
        }
        return { ...job, run: () => runAll(items) };
    }

    function runOne(job: Job): void {
        try {
            job.run();
        } catch (error) {
            if (error instanceof OrgCrashed) throw error;
            log(
                `${org.name}: a job failed inside the local org: ${error instanceof Error ? error.stack : String(error)}`
            );
        }
        onRun();
    }

    function run(most: number): number {
        let count = 0;
        while (count < most) {
            const due = takeNext();
            if (due === undefined) break;
            count += 1;
            due.forEach(runOne);
        }
        return count;
    }

    function wake(): void {
        clearTimeout(timer);
        timer = undefined;
        if (isStopped || turn !== undefined) return;
        const due = late.length > 0 && !isHeld ? clock.now() : jobs.nextDue(isHeld ? isBulk : undefined);
        if (due === undefined) return;
        const wait = due - clock.now();
        if (wait > 0) timer = setTimeout(wake, Math.min(wait, LONGEST_TIMER_MS));
        else turn = setImmediate(oneTurn);
    }

    /** Apex that is held waits to be asked for. */
    function takeTurn(): readonly Job[] {
        if (!isHeld) return takeNext() ?? [];
        const job = jobs.takeDue(isBulk);
        return job === undefined ? [] : [job];
    }

    /** One job, then the requests that came in meanwhile. */
    function oneTurn(): void {
        turn = undefined;
        top(() => takeTurn().forEach(runOne));
        wake();
    }

    jobs.host(wake);
    return {
        get held() {
            return isHeld;
        },
        set held(hold) {
            isHeld = hold;
            wake();
        },
        run,
        wake,
        stop() {
            isStopped = true;
            late = [];
            clearTimeout(timer);
            clearImmediate(turn);
        }
    };
}
