import { isLeapYear, daysInMonth } from '../../../values/calendar.ts';
import { ApexDate, Datetime } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { firstDayOfWeek } from '../../../values/locale-week.ts';
import { now, userField, userTimeZone } from './user-context.ts';

function invalidDate(rt: Runtime, text: string): never {
    return rt.throwNew('System.TypeException', `Invalid date: ${text}`);
}

function dateOfObject(rt: Runtime, value: unknown): ApexDate {
    if (value instanceof ApexDate) {
        return value;
    }
    if (value instanceof Datetime) {
        return value.dateIn(userTimeZone(rt));
    }
    return typeof value === 'string'
        ? (ApexDate.tryParse(value) ?? invalidDate(rt, value))
        : invalidDate(rt, rt.toText(value));
}

function newInstance(_rt: Runtime, year: number, month: number, day: number): ApexDate {
    return ApexDate.of(year, month, day);
}

export function today(rt: Runtime): ApexDate {
    return now(rt).dateIn(userTimeZone(rt));
}

/** Date (Apex Reference, System.Date). Texts are those of the en_US locale. */
export const dateClass: NativeClass = nativeClass({
    name: 'System.Date',
    statics: {
        ...allNoNulls({
            'daysInMonth(Integer,Integer)': (_rt, year: number, month: number) => daysInMonth(year, month),
            'isLeapYear(Integer)': (_rt, year: number) => isLeapYear(year),
            'newInstance(Integer,Integer,Integer)': newInstance,
            'parse(String)': (rt, text: string) => ApexDate.tryParseLocal(text) ?? invalidDate(rt, text),
            'valueOf(String)': (rt, text: string) => ApexDate.tryParse(text.trim()) ?? invalidDate(rt, text)
        }),
        'today()': today,
        'valueOf(Object)': (rt, value) => (value === null ? null : dateOfObject(rt, value))
    },
    methods: allNoNulls({
        'addDays(Integer)': (_rt, self: ApexDate, days: number) => self.addDays(days),
        'addMonths(Integer)': (_rt, self: ApexDate, months: number) => self.addMonths(months),
        'addYears(Integer)': (_rt, self: ApexDate, years: number) => self.addYears(years),
        'day()': (_rt, self: ApexDate) => self.day,
        'dayOfYear()': (_rt, self: ApexDate) => self.days - ApexDate.of(self.year, 1, 1).days + 1,
        'daysBetween(Date)': (_rt, self: ApexDate, other: ApexDate) => other.days - self.days,
        'format()': (_rt, self: ApexDate) => self.format(),
        'isSameDay(Date)': (_rt, self: ApexDate, other: ApexDate) => self.days === other.days,
        'month()': (_rt, self: ApexDate) => self.month,
        'monthsBetween(Date)': (_rt, self: ApexDate, other: ApexDate) =>
            (other.year - self.year) * 12 + other.month - self.month,
        'toStartOfMonth()': (_rt, self: ApexDate) => ApexDate.of(self.year, self.month, 1),
        'toStartOfWeek()': (rt, self: ApexDate) => {
            const first = firstDayOfWeek(userField(rt, 'LocaleSidKey') ?? '');
            return self.addDays(-((self.dayOfWeek - first + 7) % 7));
        },
        'year()': (_rt, self: ApexDate) => self.year
    }),
    isInstance: (value) => value instanceof ApexDate
});
