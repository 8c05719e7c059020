import { Id } from '../../../values/index.ts';
import { instantOf, offsetAt } from '../../../values/time-zone.ts';
import type { Org } from '../../../org/org.ts';
import { ApexException } from '../../runtime/apex-exception.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { copyValue } from '../cache/copy-value.ts';
import { deserializeJson } from '../json/json.ts';
import { serialize } from '../json/serialize.ts';
import type { NativeStatic } from '../native.ts';
import { TestState } from '../test/test-state.ts';
import { userTimeZone } from '../system/user-context.ts';
import { executeBatch } from './batch.ts';
import { JobContext } from './contexts.ts';
import { parseCron, type CronSchedule } from './cron.ts';
import {
    armTrigger,
    countRun,
    finishJob,
    hasTrigger,
    insertJob,
    insertTrigger,
    jobOfTrigger,
    jobStatus,
    pauseTrigger,
    removeTrigger,
    resumeTrigger,
    triggerNamed,
    triggerOf,
    updateJob
} from './job-rows.ts';
import { putOff, runJob, track } from './jobs.ts';

/** Runs of a schedule on the org's clock; in a test once, at stopTest, whatever its times. */
function schedule(rt: Runtime, name: string | null, cron: string | null, job: object | null): string {
    if (name === null || cron === null || job === null) {
        return rt.nullPointer();
    }
    return addTrigger(rt, name, cron, job, workOf(rt, job)).value;
}

/** `System.scheduleBatch`: the batch is started once, some minutes from now. */
function scheduleBatch(
    rt: Runtime,
    batch: object | null,
    name: string | null,
    minutes: number | null,
    scope?: number | null
): string {
    if (batch === null || name === null || minutes === null) {
        return rt.nullPointer();
    }
    const wall = new Date(wallClock(rt) + minutes * 60_000);
    const day = `${wall.getUTCDate()} ${wall.getUTCMonth() + 1} ? ${wall.getUTCFullYear()}`;
    const cron = `${wall.getUTCSeconds()} ${wall.getUTCMinutes()} ${wall.getUTCHours()} ${day}`;
    return addTrigger(rt, name, cron, batch, { ...workOf(rt, batch), batchScope: scope }).value;
}

/** What a schedule runs, in the form that outlives a restart: the platform writes the job out as well. */
interface ScheduledWork {
    readonly className: string;
    /** Absent when an object in the job has no JSON form: such a job ends with the process. */
    readonly state?: string | undefined;
    /** Only of a batch, which may leave it open. */
    readonly batchScope?: number | null | undefined;
}

function workOf(rt: Runtime, job: object): ScheduledWork {
    return { className: rt.typeOf(job).name, state: stateOf(rt, job) };
}

function stateOf(rt: Runtime, job: object): string | undefined {
    if (rt.fieldsOf(job).every(({ isTransient }) => isTransient)) return '{}';
    try {
        return serialize(rt, job, { pretty: false, suppressNulls: false });
    } catch (error) {
        if (error instanceof ApexException && error.typeName === 'System.JSONException') return undefined;
        throw error;
    }
}

/** Jobs of schedules by the id of their trigger; after a restart they are read from the row. */
const jobsByOrg = new WeakMap<Org, Map<string, object>>();

function addTrigger(rt: Runtime, name: string, cron: string, job: object, work: ScheduledWork): Id {
    const next = parse(rt, cron).next(wallClock(rt));
    if (triggerNamed(rt, name) !== undefined) {
        rt.throwNew('System.AsyncException', `The Apex job named "${name}" is already scheduled for execution.`);
    }
    if (next === undefined) {
        const message = `Based on configured schedule, the given trigger '${name}' will never fire.`;
        rt.throwNew('System.AsyncException', message);
    }
    const timeZone = userTimeZone(rt);
    const due = instantOf(timeZone, next);
    const id = insertTrigger(rt, { name, cron, next: due, timeZone, work: JSON.stringify(work) });
    const jobs = jobsByOrg.get(rt.org) ?? new Map<string, object>();
    jobsByOrg.set(rt.org, jobs.set(id.value, copyValue(rt, job) as object));
    if (work.batchScope === undefined) insertScheduledJob(rt, id, work);
    arm(rt, id, due);
    return id;
}

function insertScheduledJob(rt: Runtime, id: Id, { className }: ScheduledWork): Id {
    return insertJob(rt, { kind: 'ScheduledApex', className, cronTriggerId: id });
}

/** Lets the schedule fire at the moment as its owner, and at no other that it was to fire at before. */
export function arm(rt: Runtime, id: Id, due: number): void {
    const armed = armTrigger(rt, id);
    const userId = triggerOf(rt, id)?.ownerId ?? rt.tx.access.userId;
    putOff(rt, () => fire(rt, id, armed), { kind: 'schedule', dueAt: due, userId });
}

function fire(rt: Runtime, id: Id, armed: number): void {
    const trigger = triggerOf(rt, id);
    if (trigger === undefined || trigger.isPaused || trigger.armed !== armed) return;
    // A schedule that no stopTest fired waits for its time, which the end of the test method is not.
    if (rt.tx.isTest && rt.tx.state(TestState).phase === 'ended') return;
    const work = JSON.parse(trigger.work) as ScheduledWork;
    if (!rt.tx.isTest) armAgain(rt, id, trigger.cron);
    if (work.batchScope !== undefined) executeBatch(rt, jobOf(rt, id, work), work.batchScope ?? undefined);
    else runSchedulable(rt, id, work);
}

function armAgain(rt: Runtime, id: Id, cron: string): void {
    const next = parse(rt, cron).next(wallClock(rt));
    if (next === undefined) {
        removeTrigger(rt, id);
        return;
    }
    const due = instantOf(userTimeZone(rt), next);
    countRun(rt, id, due);
    arm(rt, id, due);
}

/**
 * A schedule has one row among the jobs, which waits for the next run as long as there is one (public code counts the rows that
 * are queued as the schedules of an org). A run that fails says so in it; the schedule goes on.
 */
function runSchedulable(rt: Runtime, id: Id, work: ScheduledWork): void {
    const context = new JobContext('System.SchedulableContext', id);
    const execute = (): void => void rt.invoke(jobOf(rt, id, work), 'execute', [context]);
    const run = (): void => runJob(rt, 'ScheduledApex', id, execute);
    if (rt.tx.isTest) {
        run();
        return;
    }
    const job = jobOfTrigger(rt, id) ?? insertScheduledJob(rt, id, work);
    track(rt, job, run);
    if (hasTrigger(rt, id)) updateJob(rt, job, { Status: 'Queued', CompletedDate: null });
}

function jobOf(rt: Runtime, id: Id, { className, state }: ScheduledWork): object {
    const known = jobsByOrg.get(rt.org)?.get(id.value);
    if (known !== undefined) return copyValue(rt, known) as object;
    const type = rt.resolveType(className);
    if (type === undefined) {
        return rt.throwNew('System.AsyncException', `The class ${className} of the schedule is gone`);
    }
    if (state === undefined) {
        const message = `The state of the scheduled ${className} did not outlive the restart of the org. Schedule it again.`;
        return rt.throwNew('System.AsyncException', message);
    }
    return deserializeJson(rt, state, type, false) as object;
}

function parse(rt: Runtime, cron: string): CronSchedule {
    try {
        return parseCron(cron);
    } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        return rt.throwNew('System.StringException', `Illegal cron expression format (${cron})`);
    }
}

/** The running user's wall clock, as if it showed GMT. */
function wallClock(rt: Runtime): number {
    const now = rt.org.clock.now();
    return now + offsetAt(userTimeZone(rt), now);
}

/** `System.abortJob`: a schedule goes, a job that waits never runs. */
function abortJob(rt: Runtime, text: string | null): void {
    const id = Id.tryParse(text ?? rt.nullPointer());
    if (id !== undefined && hasTrigger(rt, id)) {
        const job = jobOfTrigger(rt, id);
        if (job !== undefined) finishJob(rt, job, 'Aborted');
        removeTrigger(rt, id);
        return;
    }
    const status = id === undefined ? undefined : jobStatus(rt, id);
    if (id === undefined || status === undefined) {
        rt.throwNew('System.AsyncException', `Job does not exist or is already aborted. Id: ${text}`);
    } else if (status === 'Holding' || status === 'Queued' || status === 'Processing') {
        finishJob(rt, id, 'Aborted');
    }
}

type Find = (rt: Runtime, key: string) => Id;

function byId(rt: Runtime, text: string): Id {
    const id = Id.tryParse(text);
    if (id !== undefined && hasTrigger(rt, id)) return id;
    return rt.throwNew('System.AsyncException', `Job does not exist or is already aborted. Id: ${text}`);
}

function byName(rt: Runtime, name: string): Id {
    const missing = (): never => rt.throwNew('System.AsyncException', `There is no scheduled job named "${name}".`);
    return triggerNamed(rt, name) ?? missing();
}

/** `System.pauseJobById` and its kin: the schedule stays and does not fire. */
function pause(find: Find): NativeStatic {
    return noNulls((rt, key: string) => pauseTrigger(rt, find(rt, key)));
}

/**
 * `System.resumeJobById` and its kin: the job runs once at once, then by its schedule; what it missed is not made up for
 * (Apex Reference, System.System). The reference does not tell what becomes of a job that is not paused: here it is refused.
 */
function resume(find: Find): NativeStatic {
    return noNulls((rt, key: string) => {
        const id = find(rt, key);
        if (triggerOf(rt, id)?.isPaused !== true) {
            rt.throwNew('System.AsyncException', `The scheduled job ${key} is not paused.`);
        }
        const now = rt.org.clock.now();
        resumeTrigger(rt, id, now);
        arm(rt, id, now);
    });
}

export const scheduleStatics: Readonly<Record<string, NativeStatic>> = {
    'abortJob(String)': abortJob,
    'pauseJobById(String)': pause(byId),
    'pauseJobByName(String)': pause(byName),
    'resumeJobById(String)': resume(byId),
    'resumeJobByName(String)': resume(byName),
    'schedule(String,String,Object)': schedule,
    'scheduleBatch(Object,String,Integer)': scheduleBatch,
    'scheduleBatch(Object,String,Integer,Integer)': scheduleBatch
};
