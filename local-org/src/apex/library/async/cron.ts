/**
 * Schedules of `System.schedule`: seconds, minutes, hours, day of month, month, day of week and, if given, the year.
 * Source: Apex Developer Guide, Apex Scheduler. Throws SyntaxError for an expression that is none.
 */
export interface CronSchedule {
    /** Next moment after `after` in the terms of a wall clock (milliseconds as if it showed GMT); undefined when none. */
    next(after: number): number | undefined;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** The guide says 1970 to 2099; public code that schedules for 2100 runs on the platform. */
const LAST_YEAR = 2199;
const DAY = 86_400_000;

type Matches = (value: number) => boolean;

interface Range {
    readonly from: number;
    readonly to: number;
    readonly names?: readonly string[];
}

export function parseCron(expression: string): CronSchedule {
    const fields = expression.trim().toUpperCase().split(/\s+/);
    const [second, minute, hour, day, month, weekday, year = '*'] = fields;
    if (fields.length > 7 || weekday === undefined) throw invalid(expression);
    if (day === undefined || month === undefined || (day === '?') === (weekday === '?')) throw invalid(expression);
    const seconds = valuesOf(second, { from: 0, to: 59 });
    const minutes = valuesOf(minute, { from: 0, to: 59 });
    const hours = valuesOf(hour, { from: 0, to: 23 });
    const inMonth = matcher(month, { from: 1, to: 12, names: MONTHS });
    const inYear = matcher(year, { from: 1970, to: LAST_YEAR });
    const onDay = day === '?' ? weekdayRule(weekday) : dayRule(day);
    const times = hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => ((h * 60 + m) * 60 + s) * 1000)));
    return {
        next(after) {
            for (let start = after - (after % DAY); ; start += DAY) {
                const date = new Date(start);
                if (date.getUTCFullYear() > LAST_YEAR) return undefined;
                if (!inYear(date.getUTCFullYear()) || !inMonth(date.getUTCMonth() + 1) || !onDay(date)) continue;
                const time = times.find((candidate) => start + candidate > after);
                if (time !== undefined) return start + time;
            }
        }
    };
}

function invalid(expression: string): SyntaxError {
    return new SyntaxError(`Not a cron expression: ${expression}`);
}

function valuesOf(field: string | undefined, range: Range): number[] {
    const matches = matcher(field ?? '', range);
    return Array.from({ length: range.to - range.from + 1 }, (_, index) => range.from + index).filter(matches);
}

/** `*`, `?`, `5`, `1-5`, `0/15`, lists of them, and names. */
function matcher(field: string, range: Range): Matches {
    const parts = field.split(',').map((part) => partMatcher(part, range));
    return (value) => parts.some((matches) => matches(value));
}

function partMatcher(part: string, range: Range): Matches {
    const [span = '', step] = part.split('/');
    const every = step === undefined ? 1 : wholeNumber(step);
    if (span === '*' || span === '?') return (value) => (value - range.from) % every === 0;
    const [first = '', last] = span.split('-');
    const from = numberIn(first, range);
    const to = last === undefined ? (step === undefined ? from : range.to) : numberIn(last, range);
    return (value) => value >= from && value <= to && (value - from) % every === 0;
}

function numberIn(text: string, { from, to, names }: Range): number {
    const index = names?.indexOf(text) ?? -1;
    const value = index === -1 ? wholeNumber(text) : from + index;
    if (value < from || value > to) throw invalid(text);
    return value;
}

function wholeNumber(text: string): number {
    if (!/^\d+$/.test(text)) throw invalid(text);
    return Number(text);
}

type DayRule = (date: Date) => boolean;

/** Days of the month: `L` is the last, `15W` the working day nearest to the 15th, `LW` the last working day. */
function dayRule(field: string): DayRule {
    if (field === 'L') return (date) => date.getUTCDate() === lastDay(date);
    if (field === 'LW') return (date) => date.getUTCDate() === nearestWorkingDay(date, lastDay(date));
    if (field.endsWith('W')) {
        const wanted = numberIn(field.slice(0, -1), { from: 1, to: 31 });
        return (date) => wanted <= lastDay(date) && date.getUTCDate() === nearestWorkingDay(date, wanted);
    }
    const matches = matcher(field, { from: 1, to: 31 });
    return (date) => matches(date.getUTCDate());
}

/** Days of the week, 1 is Sunday: `6L` is the last Friday of the month, `6#3` the third. */
function weekdayRule(field: string): DayRule {
    const range = { from: 1, to: 7, names: DAYS };
    const [name = '', count] = field.split('#');
    if (count !== undefined) {
        const weekday = numberIn(name, range);
        const week = numberIn(count, { from: 1, to: 5 });
        return (date) => weekdayOf(date) === weekday && Math.ceil(date.getUTCDate() / 7) === week;
    }
    if (field.length > 1 && field.endsWith('L')) {
        const weekday = numberIn(field.slice(0, -1), range);
        return (date) => weekdayOf(date) === weekday && date.getUTCDate() + 7 > lastDay(date);
    }
    const matches = field === 'L' ? (value: number) => value === 7 : matcher(field, range);
    return (date) => matches(weekdayOf(date));
}

function weekdayOf(date: Date): number {
    return date.getUTCDay() + 1;
}

function lastDay(date: Date): number {
    return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Saturday goes back and Sunday goes on, but never into another month. */
function nearestWorkingDay(date: Date, day: number): number {
    const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
    if (weekday === 6) return day === 1 ? 3 : day - 1;
    if (weekday === 0) return day === lastDay(date) ? day - 2 : day + 1;
    return day;
}
