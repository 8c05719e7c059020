import { ApexDate, Datetime, Decimal, Time } from '../../values/index.ts';
import { ofDate, ofValues, type FormulaFunction } from './formula-arguments.ts';
import { toText } from './evaluate-formula.ts';
import type { FormulaValue } from './evaluate-formula.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS_A_WEEK = 7;

function ofTime(part: number, modulus: number): FormulaFunction {
    return ofValues(([time]) => (time instanceof Time ? Decimal.of(Math.floor(time.ms / part) % modulus) : null));
}

function datetimeValue(value: FormulaValue): FormulaValue {
    if (value instanceof Datetime) return value;
    if (value instanceof ApexDate) return new Datetime(value.days * DAY);
    const text = toText(value).trim();
    return text === '' ? null : (Datetime.tryParseIso(`${text.replace(' ', 'T')}Z`) ?? null);
}

function timeValue(value: FormulaValue, zone: string): FormulaValue {
    if (value instanceof Time) return value;
    return value instanceof Datetime ? value.timeIn(zone) : (Time.tryParse(toText(value).trim()) ?? null);
}

/** The Thursday of a date's week, which decides its ISO year. */
function thursday(date: ApexDate): ApexDate {
    const fromMonday = (date.dayOfWeek + DAYS_A_WEEK - 1) % DAYS_A_WEEK;
    return date.addDays(3 - fromMonday);
}

const dayOfYear = (date: ApexDate): number => date.days - ApexDate.of(date.year, 1, 1).days + 1;

function unixTimestamp(value: FormulaValue): FormulaValue {
    if (value instanceof ApexDate) return Decimal.of(value.days * (DAY / SECOND));
    if (value instanceof Datetime) return Decimal.of(Math.floor(value.ms / SECOND));
    return value instanceof Time ? Decimal.of(Math.floor(value.ms / SECOND)) : null;
}

/** `FORMATDURATION(seconds [, withDays])`, or of the distance between two times. */
function formatDuration(first: FormulaValue, second: FormulaValue): FormulaValue {
    const isSpan =
        (first instanceof Datetime && second instanceof Datetime) || (first instanceof Time && second instanceof Time);
    const seconds = isSpan
        ? Math.abs(first.ms - second.ms) / SECOND
        : first instanceof Decimal
          ? Math.abs(first.toNumber())
          : undefined;
    if (seconds === undefined) return null;
    const whole = Math.floor(seconds);
    const withDays = second === true || isSpan;
    const parts = [
        Math.floor(whole / 3600) % (withDays ? 24 : Number.MAX_SAFE_INTEGER),
        Math.floor(whole / 60) % 60,
        whole % 60
    ];
    const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
    return withDays ? `${Math.floor((whole * SECOND) / DAY)}:${text}` : text;
}

/** Functions of times and of calendars (Salesforce Help, "Formula Operators and Functions"). */
export const TIME_FUNCTIONS: readonly (readonly [string, FormulaFunction])[] = [
    ['DATETIMEVALUE', ofValues(([value = null]) => datetimeValue(value))],
    ['DAYOFYEAR', ofDate(dayOfYear)],
    ['FORMATDURATION', ofValues(([first = null, second = null]) => formatDuration(first, second))],
    [
        'FROMUNIXTIME',
        ofValues(([value]) => (value instanceof Decimal ? new Datetime(value.toNumber() * SECOND) : null))
    ],
    ['HOUR', ofTime(HOUR, 24)],
    ['ISOWEEK', ofDate((date) => Math.ceil(dayOfYear(thursday(date)) / DAYS_A_WEEK))],
    ['ISOYEAR', ofDate((date) => thursday(date).year)],
    ['MILLISECOND', ofTime(1, SECOND)],
    ['MINUTE', ofTime(MINUTE, 60)],
    ['SECOND', ofTime(SECOND, 60)],
    ['TIMENOW', (_, scope) => new Datetime(scope.now).timeIn('GMT')],
    ['TIMEVALUE', ofValues(([value = null]) => timeValue(value, 'GMT'))],
    ['UNIXTIMESTAMP', ofValues(([value = null]) => unixTimestamp(value))]
];
