import { ApexDate } from '../values/index.ts';

/** Days from `start` up to, not including, `end`. */
export interface DateRange {
    readonly start: ApexDate;
    readonly end: ApexDate;
}

type RangeOf = (today: ApexDate, count: number, weekStart: number) => DateRange;
type Shift = (date: ApexDate, count: number) => ApexDate;

interface Unit {
    readonly start: (date: ApexDate, weekStart: number) => ApexDate;
    readonly shift: Shift;
}

/** Weeks start as the user's locale has it, on Sunday in en_US; the fiscal year is the calendar year. */
const WEEK: Unit = {
    start: (date, weekStart) => date.addDays(-((date.dayOfWeek - weekStart + 7) % 7)),
    shift: (date, count) => date.addDays(7 * count)
};
const MONTH: Unit = {
    start: (date) => ApexDate.of(date.year, date.month, 1),
    shift: (date, count) => date.addMonths(count)
};
const QUARTER: Unit = {
    start: (date) => ApexDate.of(date.year, date.month - ((date.month - 1) % 3), 1),
    shift: (date, count) => date.addMonths(3 * count)
};
const YEAR: Unit = {
    start: (date) => ApexDate.of(date.year, 1, 1),
    shift: (date, count) => date.addYears(count)
};

/** `count` units from the one that lies `from` units behind the current one. */
function units(unit: Unit, today: ApexDate, from: number, count: number, weekStart: number): DateRange {
    const start = unit.shift(unit.start(today, weekStart), from);
    return { start, end: unit.shift(start, count) };
}

function days(today: ApexDate, from: number, count: number): DateRange {
    return { start: today.addDays(from), end: today.addDays(from + count) };
}

const ranges = new Map<string, RangeOf>([
    ['YESTERDAY', (today) => days(today, -1, 1)],
    ['TODAY', (today) => days(today, 0, 1)],
    ['TOMORROW', (today) => days(today, 1, 1)],
    ['LAST_90_DAYS', (today) => days(today, -90, 91)],
    ['NEXT_90_DAYS', (today) => days(today, 1, 90)],
    ['LAST_N_DAYS', (today, n) => days(today, -n, n + 1)],
    ['NEXT_N_DAYS', (today, n) => days(today, 1, n)],
    ['N_DAYS_AGO', (today, n) => days(today, -n, 1)]
]);

const NAMED_UNITS: readonly (readonly [name: string, unit: Unit])[] = [
    ['WEEK', WEEK],
    ['MONTH', MONTH],
    ['QUARTER', QUARTER],
    ['YEAR', YEAR],
    ['FISCAL_QUARTER', QUARTER],
    ['FISCAL_YEAR', YEAR]
];

for (const [name, unit] of NAMED_UNITS) {
    ranges.set(`LAST_${name}`, (today, _, week) => units(unit, today, -1, 1, week));
    ranges.set(`THIS_${name}`, (today, _, week) => units(unit, today, 0, 1, week));
    ranges.set(`NEXT_${name}`, (today, _, week) => units(unit, today, 1, 1, week));
    ranges.set(`LAST_N_${name}S`, (today, n, week) => units(unit, today, -n, n, week));
    ranges.set(`NEXT_N_${name}S`, (today, n, week) => units(unit, today, 1, n, week));
    ranges.set(`N_${name}S_AGO`, (today, n, week) => units(unit, today, -n, 1, week));
}

const WITH_COUNT = /(^|_)N_/;

/** Names of date literals, and of those that take `:n` (SOQL Reference, "Date Formats and Date Literals"). */
export const DATE_LITERALS: ReadonlySet<string> = new Set([...ranges.keys()].filter((name) => !WITH_COUNT.test(name)));
export const DATE_LITERALS_WITH_COUNT: ReadonlySet<string> = new Set(
    [...ranges.keys()].filter((name) => WITH_COUNT.test(name))
);

/** `weekStart`: 0 Sunday to 6 Saturday. */
export function dateRange(name: string, count: number, today: ApexDate, weekStart: number): DateRange {
    const range = ranges.get(name);
    if (range === undefined) throw new RangeError(`No such date literal: ${name}`);
    return range(today, count, weekStart);
}
