import { Datetime, Id, type FieldValue } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { orgCounter } from '../org-counter.ts';

/** Rows of AsyncApexJob, CronTrigger and CronJobDetail (Object Reference). They are the platform's own. */

export type JobKind = 'Future' | 'Queueable' | 'BatchApex' | 'BatchApexWorker' | 'ScheduledApex';
export type JobStatus = 'Holding' | 'Queued' | 'Processing' | 'Completed' | 'Failed' | 'Aborted';

export interface NewJob {
    readonly kind: JobKind;
    /** Its class; of an inner class the outer one is told. */
    readonly className: string | undefined;
    readonly methodName?: string;
    readonly cronTriggerId?: Id;
    readonly parentJobId?: Id;
}

const EXTENDED_STATUS_LENGTH = 255;

function stamp(rt: Runtime): Datetime {
    return new Datetime(rt.org.clock.now());
}

export function insertJob(rt: Runtime, { kind, className, methodName, cronTriggerId, parentJobId }: NewJob): Id {
    const [outer = ''] = className?.split('.') ?? [];
    const classId = rt.org.metadata.get('ApexClass', outer)?.id;
    return rt.org.database.writeRow('AsyncApexJob', {
        JobType: kind,
        Status: 'Queued',
        ...(classId !== undefined && { ApexClassId: Id.of(classId) }),
        ...(methodName !== undefined && { MethodName: methodName }),
        ...(cronTriggerId !== undefined && { CronTriggerId: cronTriggerId }),
        ...(parentJobId !== undefined && { ParentJobId: parentJobId }),
        JobItemsProcessed: 0,
        TotalJobItems: 0,
        NumberOfErrors: 0,
        CreatedDate: stamp(rt),
        CreatedById: Id.of(rt.tx.access.userId)
    });
}

export function updateJob(rt: Runtime, id: Id, fields: Readonly<Record<string, FieldValue>>): void {
    rt.org.database.writeRow('AsyncApexJob', { ...fields, Id: id });
}

export function finishJob(rt: Runtime, id: Id, status: JobStatus, reason: string | null = null): void {
    const extended = reason === null ? null : reason.slice(0, EXTENDED_STATUS_LENGTH);
    updateJob(rt, id, { Status: status, CompletedDate: stamp(rt), ExtendedStatus: extended });
}

/** undefined when there is no such job, or no more. */
export function jobStatus(rt: Runtime, id: Id): JobStatus | undefined {
    const status = valueOf(rt, 'AsyncApexJob', 'Status', 'Id', id);
    return status === undefined ? undefined : (String(status) as JobStatus);
}

/** The row of a schedule among the jobs; undefined for one that starts a batch. */
export function jobOfTrigger(rt: Runtime, id: Id): Id | undefined {
    const job = valueOf(rt, 'AsyncApexJob', 'Id', 'CronTriggerId', id);
    return job instanceof Id ? job : undefined;
}

export interface NewTrigger {
    readonly name: string;
    readonly cron: string;
    /** Moment of the first run; undefined when there is none to come. */
    readonly next: number | undefined;
    readonly timeZone: string;
    /** What runs, as text that brings it back after a restart. */
    readonly work: string;
}

/** Type of a schedule of Apex in CronJobDetail. */
const SCHEDULED_APEX = '7';

/** Column of CronTrigger that is in no schema: what the platform keeps to itself. */
const WORK = '$Work';

/** Another such column: which of the firings that wait in memory is the schedule's next one. */
const ARMED = '$Armed';

export function insertTrigger(rt: Runtime, { name, cron, next, timeZone, work }: NewTrigger): Id {
    const { database } = rt.org;
    const detail = database.writeRow('CronJobDetail', { Name: name, JobType: SCHEDULED_APEX });
    const user = Id.of(rt.tx.access.userId);
    return database.writeRow('CronTrigger', {
        CronJobDetailId: detail,
        CronExpression: cron,
        State: 'WAITING',
        [WORK]: work,
        TimesTriggered: 0,
        TimeZoneSidKey: timeZone,
        StartTime: stamp(rt),
        ...(next !== undefined && { NextFireTime: new Datetime(next) }),
        OwnerId: user,
        CreatedById: user,
        CreatedDate: stamp(rt)
    });
}

export function hasTrigger(rt: Runtime, id: Id): boolean {
    return valueOf(rt, 'CronTrigger', 'Id', 'Id', id) !== undefined;
}

/** Id of the schedule of that name; undefined when there is none. */
export function triggerNamed(rt: Runtime, name: string): Id | undefined {
    const id = valueOf(rt, 'CronTrigger', 'Id', 'CronJobDetail.Name', name);
    return id instanceof Id ? id : undefined;
}

export interface TriggerRow {
    readonly cron: string;
    readonly work: string;
    readonly ownerId: string;
    readonly isPaused: boolean;
    /** Number of the firing that counts: see `armTrigger`. */
    readonly armed: number;
}

/** What a schedule is; undefined when it is gone. */
export function triggerOf(rt: Runtime, id: Id): TriggerRow | undefined {
    const row = rt.org.database.readRow('CronTrigger', id);
    if (row === undefined) return undefined;
    return {
        cron: String(row['CronExpression']),
        work: String(row[WORK]),
        ownerId: (row['OwnerId'] as Id).value,
        isPaused: row['State'] === 'PAUSED',
        armed: Number(row[ARMED] ?? 0)
    };
}

const nextFiring = orgCounter();

/** Makes a new firing the one that counts, and gives its number; being in the row, it goes back with the transaction. */
export function armTrigger(rt: Runtime, id: Id): number {
    const armed = nextFiring(rt.org);
    rt.org.database.writeRow('CronTrigger', { Id: id, [ARMED]: armed });
    return armed;
}

export function pauseTrigger(rt: Runtime, id: Id): void {
    rt.org.database.writeRow('CronTrigger', { Id: id, State: 'PAUSED' });
}

export function resumeTrigger(rt: Runtime, id: Id, next: number): void {
    rt.org.database.writeRow('CronTrigger', { Id: id, State: 'WAITING', NextFireTime: new Datetime(next) });
}

/** Notes a run, and when the next one is. */
export function countRun(rt: Runtime, id: Id, next: number): void {
    const row = rt.org.database.readRow('CronTrigger', id);
    rt.org.database.writeRow('CronTrigger', {
        Id: id,
        TimesTriggered: Number(row?.['TimesTriggered'] ?? 0) + 1,
        PreviousFireTime: stamp(rt),
        NextFireTime: new Datetime(next)
    });
}

export function removeTrigger(rt: Runtime, id: Id): void {
    const detail = valueOf(rt, 'CronTrigger', 'CronJobDetailId', 'Id', id);
    rt.org.database.removeRow('CronTrigger', id);
    if (detail instanceof Id) rt.org.database.removeRow('CronJobDetail', detail);
}

function valueOf(rt: Runtime, object: string, field: string, key: string, value: unknown): FieldValue | undefined {
    const { records } = rt.org.database.query(`SELECT ${field} FROM ${object} WHERE ${key} = :value`, {
        access: { userId: rt.tx.access.userId, mode: 'system', sharing: false },
        binds: new Map([['value', value]])
    });
    return records[0]?.get(field);
}
