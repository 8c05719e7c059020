import { civilFromDays, daysFromCivil, pad } from './calendar.ts';
import { offsetAt, zoneName } from './time-zone.ts';

const MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December'
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MS_PER_DAY = 86_400_000;

interface WallClock {
    readonly instant: number;
    readonly zone: string;
    readonly offset: number;
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly dayOfYear: number;
    /** 0 is Sunday. */
    readonly weekday: number;
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
    readonly millisecond: number;
}

/**
 * Formats an instant with a pattern of java.text.SimpleDateFormat in the en_US locale (Apex Reference,
 * Datetime.format). Throws RangeError for a letter that SimpleDateFormat does not have and for an open quote.
 */
export function formatInstant(instant: number, pattern: string, zone: string): string {
    const clock = wallClock(instant, zone);
    let text = '';
    for (let index = 0; index < pattern.length;) {
        const char = pattern[index];
        if (char === "'") {
            const quoted = readQuoted(pattern, index);
            text += quoted.text;
            index = quoted.end;
            continue;
        }
        if (!/[A-Za-z]/.test(char)) {
            text += char;
            index++;
            continue;
        }
        let count = 1;
        while (pattern[index + count] === char) {
            count++;
        }
        text += formatField(clock, char, count);
        index += count;
    }
    return text;
}

function readQuoted(pattern: string, start: number): { text: string; end: number } {
    if (pattern[start + 1] === "'") {
        return { text: "'", end: start + 2 };
    }
    let text = '';
    for (let index = start + 1; index < pattern.length; index++) {
        if (pattern[index] !== "'") {
            text += pattern[index];
        } else if (pattern[index + 1] === "'") {
            text += "'";
            index++;
        } else {
            return { text, end: index + 1 };
        }
    }
    throw new RangeError('Unterminated quote');
}

function wallClock(instant: number, zone: string): WallClock {
    const offset = offsetAt(zone, instant);
    const wall = instant + offset;
    const days = Math.floor(wall / MS_PER_DAY);
    const time = wall - days * MS_PER_DAY;
    const { year, month, day } = civilFromDays(days);
    return {
        instant,
        zone,
        offset,
        year,
        month,
        day,
        dayOfYear: days - daysFromCivil(year, 1, 1) + 1,
        weekday: (((days + 4) % 7) + 7) % 7,
        hour: Math.floor(time / 3_600_000),
        minute: Math.floor(time / 60_000) % 60,
        second: Math.floor(time / 1000) % 60,
        millisecond: time % 1000
    };
}

type FieldFormatter = (clock: WallClock, count: number) => string;

function number(read: (clock: WallClock) => number): FieldFormatter {
    return (clock, count) => pad(read(clock), count);
}

const FIELDS: Readonly<Record<string, FieldFormatter>> = {
    G: (clock) => (clock.year > 0 ? 'AD' : 'BC'),
    y: (clock, count) => formatYear(clock.year > 0 ? clock.year : 1 - clock.year, count),
    Y: (clock, count) => formatYear(weekYear(clock), count),
    M: (clock, count) => formatMonth(clock.month, count),
    L: (clock, count) => formatMonth(clock.month, count),
    w: number(weekOfYear),
    W: number((clock) => Math.floor((clock.day + 6 + firstWeekdayOfMonth(clock)) / 7)),
    D: number((clock) => clock.dayOfYear),
    d: number((clock) => clock.day),
    F: number((clock) => Math.floor((clock.day - 1) / 7) + 1),
    E: (clock, count) => (count >= 4 ? DAYS[clock.weekday] : DAYS[clock.weekday].slice(0, 3)),
    u: number((clock) => (clock.weekday === 0 ? 7 : clock.weekday)),
    a: (clock) => (clock.hour < 12 ? 'AM' : 'PM'),
    H: number((clock) => clock.hour),
    k: number((clock) => (clock.hour === 0 ? 24 : clock.hour)),
    K: number((clock) => clock.hour % 12),
    h: number((clock) => (clock.hour % 12 === 0 ? 12 : clock.hour % 12)),
    m: number((clock) => clock.minute),
    s: number((clock) => clock.second),
    S: number((clock) => clock.millisecond),
    z: (clock, count) => zoneName(clock.zone, clock.instant, count >= 4 ? 'long' : 'short'),
    Z: (clock) => offsetText(clock.offset, ''),
    X: (clock, count) => isoOffset(clock.offset, count)
};

function formatField(clock: WallClock, letter: string, count: number): string {
    const format = FIELDS[letter];
    if (format === undefined) {
        throw new RangeError(`Illegal pattern character '${letter}'`);
    }
    return format(clock, count);
}

function formatYear(year: number, count: number): string {
    return count === 2 ? pad(year % 100, 2) : pad(year, count);
}

function formatMonth(month: number, count: number): string {
    if (count < 3) {
        return pad(month, count);
    }
    const name = MONTHS[month - 1];
    return count === 3 ? name.slice(0, 3) : name;
}

function firstWeekdayOfMonth(clock: WallClock): number {
    return (((clock.weekday - clock.day + 1) % 7) + 7) % 7;
}

// The en_US calendar: weeks start on Sunday and the week with January 1 is the first.
function weekOfYear(clock: WallClock): number {
    return weekYear(clock) > clock.year ? 1 : Math.floor((clock.dayOfYear + 6 + firstWeekdayOfYear(clock)) / 7);
}

function firstWeekdayOfYear(clock: WallClock): number {
    return (((clock.weekday - clock.dayOfYear + 1) % 7) + 7) % 7;
}

function weekYear(clock: WallClock): number {
    const saturday = daysFromCivil(clock.year, clock.month, clock.day) + 6 - clock.weekday;
    return civilFromDays(saturday).year;
}

function offsetText(offset: number, separator: string): string {
    const minutes = Math.floor(Math.abs(offset) / 60_000);
    return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${separator}${pad(minutes % 60, 2)}`;
}

function isoOffset(offset: number, count: number): string {
    if (offset === 0) {
        return 'Z';
    }
    return count === 1 ? offsetText(offset, '').slice(0, 3) : offsetText(offset, count === 2 ? '' : ':');
}
