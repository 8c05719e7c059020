import { Datetime, type Id, type SObject } from '../../values/index.ts';
import { updateJob } from '../library/async/job-rows.ts';
import { arm } from '../library/async/schedule.ts';
import type { EngineState } from './engine-state.ts';
import { runTransaction } from './run-transaction.ts';

/** Schedules are rows and go on; queued jobs were in memory, and their rows say what became of them. */
export function resumeJobs(state: EngineState): void {
    const { org, runtime } = state;
    const rows = (soql: string): readonly SObject[] =>
        org.database.query(soql, { access: { userId: '', mode: 'system', sharing: false } }).records;
    const waiting = rows('SELECT Id, OwnerId, NextFireTime FROM CronTrigger WHERE NextFireTime != null');
    for (const row of waiting) {
        const due = (row.get('NextFireTime') as Datetime).ms;
        const userId = (row.get('OwnerId') as Id).value;
        runTransaction(state, { userId }, () => arm(runtime, row.id as Id, due));
    }
    const schedules = new Set(waiting.map(({ id }) => id?.value));
    for (const row of rows("SELECT Id, CronTriggerId FROM AsyncApexJob WHERE Status IN ('Queued', 'Processing')")) {
        const goesOn = schedules.has((row.get('CronTriggerId') as Id | null)?.value);
        updateJob(
            runtime,
            row.id as Id,
            goesOn
                ? { Status: 'Queued' }
                : {
                      Status: 'Failed',
                      CompletedDate: new Datetime(org.clock.now()),
                      ExtendedStatus: 'The org stopped before the job had run'
                  }
        );
    }
}
