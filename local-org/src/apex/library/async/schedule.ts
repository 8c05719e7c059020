import { Id } from '../../../values/index.ts';
import { instantOf, offsetAt } from '../../../values/time-zone.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { copyValue } from '../cache/copy-value.ts';
import type { NativeStatic } from '../native.ts';
import { userTimeZone } from '../system/user-context.ts';
import { executeBatch } from './batch.ts';
import { JobContext } from './contexts.ts';
import { parseCron, type CronSchedule } from './cron.ts';
import { finishJob, hasTrigger, insertTrigger, isScheduled, jobStatus, removeTrigger } from './job-rows.ts';
import { putOff, runJob } from './jobs.ts';

/** In a test a scheduled job runs once at stopTest, whatever its schedule; elsewhere nothing would ever start it. */
function schedule(rt: Runtime, name: string | null, cron: string | null, job: object | null): string {
    if (name === null || cron === null || job === null) {
        return rt.nullPointer();
    }
    const copy = copyValue(rt, job) as object;
    return addTrigger(rt, name, cron, (id) => {
        const context = new JobContext('System.SchedulableContext', id);
        runJob(rt, 'ScheduledApex', id, () => void rt.invoke(copy, 'execute', [context]));
    }).value;
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
    const copy = copyValue(rt, batch) as object;
    const wall = new Date(wallClock(rt) + minutes * 60_000);
    const day = `${wall.getUTCDate()} ${wall.getUTCMonth() + 1} ? ${wall.getUTCFullYear()}`;
    const cron = `${wall.getUTCSeconds()} ${wall.getUTCMinutes()} ${wall.getUTCHours()} ${day}`;
    return addTrigger(rt, name, cron, () => executeBatch(rt, copy, scope)).value;
}

function addTrigger(rt: Runtime, name: string, cron: string, run: (id: Id) => void): Id {
    const next = parse(rt, cron).next(wallClock(rt));
    if (!rt.tx.isTest) {
        return rt.throwNew('System.AsyncException', 'System.schedule is not supported by the local org outside tests');
    }
    if (isScheduled(rt, name)) {
        rt.throwNew('System.AsyncException', `The Apex job named "${name}" is already scheduled for execution.`);
    }
    if (next === undefined) {
        const message = `Based on configured schedule, the given trigger '${name}' will never fire.`;
        rt.throwNew('System.AsyncException', message);
    }
    const timeZone = userTimeZone(rt);
    const id = insertTrigger(rt, { name, cron, next: instantOf(timeZone, next), timeZone });
    putOff(rt, () => {
        if (hasTrigger(rt, id)) run(id);
    });
    return id;
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
        removeTrigger(rt, id);
        return;
    }
    const status = id === undefined ? undefined : jobStatus(rt, id);
    if (id === undefined || status === undefined) {
        rt.throwNew('System.AsyncException', `Job does not exist or is already aborted. Id: ${text}`);
    } else if (status === 'Queued' || status === 'Processing') {
        finishJob(rt, id, 'Aborted');
    }
}

export const scheduleStatics: Readonly<Record<string, NativeStatic>> = {
    'abortJob(String)': abortJob,
    'schedule(String,String,Object)': schedule,
    'scheduleBatch(Object,String,Integer)': scheduleBatch,
    'scheduleBatch(Object,String,Integer,Integer)': scheduleBatch
};
