import { ApexDate, Datetime, Id, Time } from '../../../values/index.ts';
import { instantOf, offsetAt } from '../../../values/time-zone.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Days that are looked through for the end of an interval; hours that are never open have none. */
const LONGEST = 366 * 100;

/** A stretch of open time: milliseconds since 1970-01-01 UTC. */
interface Window {
    readonly start: number;
    readonly end: number;
}

interface Hours {
    readonly zone: string;
    /** By day of the week, Sunday first: milliseconds of the day; undefined for a closed day. */
    readonly days: readonly (Window | undefined)[];
}

function hoursOf(rt: Runtime, id: unknown): Hours {
    const fields = DAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]).join(', ');
    const key = Id.tryParse(rt.toText(id));
    const { records } = rt.org.database.query(`SELECT TimeZoneSidKey, ${fields} FROM BusinessHours WHERE Id = :id`, {
        access: { userId: rt.tx.access.userId, mode: 'system', sharing: false },
        binds: new Map([['id', key ?? null]])
    });
    const [row] = records;
    if (row === undefined) {
        return rt.throwNew('System.InvalidParameterValueException', `Invalid business hours id: ${rt.toText(id)}`);
    }
    const days = DAYS.map((day): Window | undefined => {
        const [start, end] = [row.get(`${day}StartTime`), row.get(`${day}EndTime`)];
        if (!(start instanceof Time) || !(end instanceof Time)) return undefined;
        // Midnight at the end is that of the next day.
        return { start: start.ms, end: end.ms === 0 ? DAY : end.ms };
    });
    return { zone: String(row.get('TimeZoneSidKey') ?? 'GMT'), days };
}

function localDay({ zone }: Hours, instant: number): number {
    return Math.floor((instant + offsetAt(zone, instant)) / DAY);
}

function windowOf({ zone, days }: Hours, day: number): Window | undefined {
    const window = days[new ApexDate(day).dayOfWeek];
    if (window === undefined) return undefined;
    return { start: instantOf(zone, day * DAY + window.start), end: instantOf(zone, day * DAY + window.end) };
}

function openTime(hours: Hours, start: number, end: number): number {
    let open = 0;
    for (let day = localDay(hours, start); day <= localDay(hours, end); day += 1) {
        const window = windowOf(hours, day);
        if (window !== undefined) open += Math.max(0, Math.min(window.end, end) - Math.max(window.start, start));
    }
    return open;
}

function diff(rt: Runtime, id: string, start: Datetime, end: Datetime): bigint {
    const hours = hoursOf(rt, id);
    const isBackwards = end.ms < start.ms;
    const open = isBackwards ? openTime(hours, end.ms, start.ms) : openTime(hours, start.ms, end.ms);
    return BigInt(isBackwards ? -open : open);
}

/** Walks through open time, back for a negative interval. Parts of a minute are ignored (Apex Reference, BusinessHours.add). */
function add(rt: Runtime, id: Id, start: Datetime, interval: bigint): Datetime {
    const hours = hoursOf(rt, id);
    const step = interval < 0n ? -1 : 1;
    let left = Math.floor(Math.abs(Number(interval)) / MINUTE) * MINUTE;
    const first = localDay(hours, start.ms);
    for (let count = 0; count < LONGEST; count += 1) {
        const window = windowOf(hours, first + count * step);
        if (window === undefined) continue;
        const from = step > 0 ? Math.max(window.start, start.ms) : Math.min(window.end, start.ms);
        const room = step > 0 ? window.end - from : from - window.start;
        if (room < 0 || (room === 0 && left > 0)) continue;
        if (left <= room) return new Datetime(from + step * left);
        left -= room;
    }
    return neverOpen(rt);
}

function isOpen(hours: Hours, target: Datetime): boolean {
    const window = windowOf(hours, localDay(hours, target.ms));
    return window !== undefined && target.ms >= window.start && target.ms < window.end;
}

function nextStartDate(rt: Runtime, id: Id, target: Datetime): Datetime {
    const hours = hoursOf(rt, id);
    if (isOpen(hours, target)) return target;
    const first = localDay(hours, target.ms);
    for (let day = first; day < first + LONGEST; day += 1) {
        const window = windowOf(hours, day);
        if (window !== undefined && window.start >= target.ms) return new Datetime(window.start);
    }
    return neverOpen(rt);
}

function neverOpen(rt: Runtime): never {
    return rt.throwNew('System.InvalidParameterValueException', 'The business hours are never open');
}

/** BusinessHours (Apex Reference, System.BusinessHours). Holidays of hours cannot be told over the API, and are none here. */
export const businessHoursClass: NativeClass = nativeClass({
    name: 'System.BusinessHours',
    statics: {
        'add(Id,Datetime,Long)': noNulls(add),
        'addGmt(Id,Datetime,Long)': noNulls(add),
        'diff(String,Datetime,Datetime)': noNulls(diff),
        'isWithin(String,Datetime)': noNulls((rt, id: string, target: Datetime) => isOpen(hoursOf(rt, id), target)),
        'nextStartDate(Id,Datetime)': noNulls(nextStartDate)
    }
});
