import type { Runtime } from '../../runtime/runtime.ts';
import type { NativeStatic } from '../native.ts';
import { JobContext } from './contexts.ts';
import { enqueue, newJobId } from './jobs.ts';

/** Seconds, minutes, hours, day of month, month, day of week, and the year if given. */
const CRON_FIELDS = [6, 7];

/** In a test the job runs once at stopTest, whatever its schedule; elsewhere nothing would ever start it. */
function schedule(rt: Runtime, _name: string | null, cron: string | null, job: object | null): string {
    if (cron === null || job === null) {
        return rt.nullPointer();
    }
    if (!CRON_FIELDS.includes(cron.trim().split(/\s+/).length)) {
        return rt.throwNew('System.StringException', `Illegal cron expression format (${cron})`);
    }
    if (!rt.tx.isTest) {
        return rt.throwNew('System.AsyncException', 'System.schedule is not supported by the local org outside tests');
    }
    const id = newJobId(rt, '08e');
    const context = new JobContext('System.SchedulableContext', id);
    enqueue(rt, 'ScheduledApex', id, () => void rt.invoke(job, 'execute', [context]));
    return id.value;
}

export const scheduleStatics: Readonly<Record<string, NativeStatic>> = { 'schedule(String,String,Object)': schedule };
