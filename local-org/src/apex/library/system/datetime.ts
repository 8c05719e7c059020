import { ApexDate, Datetime, Time } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeMethod, type NativeStatic } from '../native.ts';
import { now, userTimeZone } from './user-context.ts';

type ZoneOf = (rt: Runtime) => string;
const GMT: ZoneOf = () => 'GMT';
const MS_PER_DAY = 86_400_000;

function invalidDatetime(rt: Runtime, text: string): never {
    return rt.throwNew('System.TypeException', `Invalid date/time: ${text}`);
}

/** `yyyy-MM-dd HH:mm:ss` on the clock of the zone. */
function valueOf(zoneOf: ZoneOf): NativeStatic {
    return (rt, text: string) => {
        // Whatever stands behind the seconds is passed over, an offset too.
        const [plain = text] = /^\s*\d+-\d+-\d+[ T]\d+:\d+:\d+/.exec(text) ?? [];
        return Datetime.tryParse(plain.trim().replace('T', ' '), zoneOf(rt)) ?? invalidDatetime(rt, text);
    };
}

function valueOfObject(rt: Runtime, value: unknown): Datetime | null {
    if (value === null || value instanceof Datetime) {
        return value;
    }
    // Milliseconds, as `getTime` gives them.
    if (typeof value === 'number' || typeof value === 'bigint') return new Datetime(Number(value));
    if (value instanceof ApexDate) {
        return Datetime.ofDate(value, Time.of(0, 0, 0, 0), userTimeZone(rt));
    }
    return typeof value === 'string'
        ? (valueOf(userTimeZone)(rt, value) as Datetime)
        : invalidDatetime(rt, rt.toText(value));
}

/** `M/d/yyyy h:mm a`, the en_US form, with and without a comma. */
function parse(rt: Runtime, text: string): Datetime {
    const match = /^(\d{1,2}\/\d{1,2}\/\d{4}),? (\d{1,2}):(\d{2}) ?([AaPp][Mm])$/.exec(
        text.trim().replace('\u202f', ' ')
    );
    const date = ApexDate.tryParseLocal(match?.[1] ?? '');
    if (match === null || date === undefined) {
        return invalidDatetime(rt, text);
    }
    const hour = (Number(match[2]) % 12) + (match[4]?.toLowerCase() === 'pm' ? 12 : 0);
    return Datetime.ofDate(date, Time.of(hour, Number(match[3]), 0, 0), userTimeZone(rt));
}

function format(rt: Runtime, value: Datetime, pattern: string, zone: string): string {
    try {
        return value.format(pattern, zone);
    } catch (error) {
        if (error instanceof RangeError) {
            return rt.throwNew('System.StringException', error.message);
        }
        throw error;
    }
}

/** The constructors of one clock: `newInstance` of the user's, `newInstanceGmt`. */
function constructorsOf(name: string, zoneOf: ZoneOf): Record<string, NativeStatic> {
    return {
        [`${name}(Date,Time)`]: (rt, date: ApexDate, time: Time) => Datetime.ofDate(date, time, zoneOf(rt)),
        [`${name}(Integer,Integer,Integer)`]: (rt, year: number, month: number, day: number) =>
            Datetime.of(year, month, day, 0, 0, 0, zoneOf(rt)),
        [`${name}/6`]: (rt, ...parts: number[]) => {
            const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
            return Datetime.of(year, month, day, hour, minute, second, zoneOf(rt));
        }
    };
}

/** The readers of one clock: `hour()` of the user's, `hourGmt()`. */
function readersOf(suffix: string, zoneOf: ZoneOf): Record<string, NativeMethod> {
    const date = (rt: Runtime, self: Datetime): ApexDate => self.dateIn(zoneOf(rt));
    const time = (rt: Runtime, self: Datetime): Time => self.timeIn(zoneOf(rt));
    return {
        [`date${suffix}()`]: date,
        [`day${suffix}()`]: (rt, self: Datetime) => date(rt, self).day,
        [`dayOfYear${suffix}()`]: (rt, self: Datetime) => {
            const day = date(rt, self);
            return day.days - ApexDate.of(day.year, 1, 1).days + 1;
        },
        [`hour${suffix}()`]: (rt, self: Datetime) => time(rt, self).hour,
        [`millisecond${suffix}()`]: (rt, self: Datetime) => time(rt, self).millisecond,
        [`minute${suffix}()`]: (rt, self: Datetime) => time(rt, self).minute,
        [`month${suffix}()`]: (rt, self: Datetime) => date(rt, self).month,
        [`second${suffix}()`]: (rt, self: Datetime) => time(rt, self).second,
        [`time${suffix}()`]: time,
        [`year${suffix}()`]: (rt, self: Datetime) => date(rt, self).year
    };
}

/** Datetime (Apex Reference, System.Datetime). Texts are those of the en_US locale. */
export const datetimeClass: NativeClass = nativeClass({
    name: 'System.Datetime',
    statics: {
        ...allNoNulls({
            ...constructorsOf('newInstance', userTimeZone),
            ...constructorsOf('newInstanceGmt', GMT),
            'newInstance(Long)': (_rt, ms: bigint) => new Datetime(Number(ms)),
            'parse(String)': parse,
            'valueOf(String)': valueOf(userTimeZone),
            'valueOfGmt(String)': valueOf(GMT)
        }),
        'now()': now,
        'valueOf(Object)': valueOfObject
    },
    methods: {
        ...readersOf('', userTimeZone),
        ...readersOf('Gmt', GMT),
        ...allNoNulls({
            'addDays(Integer)': (_rt, self: Datetime, count: number) => self.add(count * MS_PER_DAY),
            'addHours(Integer)': (_rt, self: Datetime, count: number) => self.add(count * 3_600_000),
            'addMinutes(Integer)': (_rt, self: Datetime, count: number) => self.add(count * 60_000),
            'addMonths(Integer)': (rt, self: Datetime, count: number) => self.addMonths(count, userTimeZone(rt)),
            'addSeconds(Integer)': (_rt, self: Datetime, count: number) => self.add(count * 1000),
            'addYears(Integer)': (rt, self: Datetime, count: number) => self.addMonths(count * 12, userTimeZone(rt)),
            'format()': (rt, self: Datetime) => format(rt, self, 'M/d/yyyy, h:mm a', userTimeZone(rt)),
            'format(String)': (rt, self: Datetime, pattern: string) => format(rt, self, pattern, userTimeZone(rt)),
            'formatGmt(String)': (rt, self: Datetime, pattern: string) => format(rt, self, pattern, 'GMT'),
            'formatLong()': (rt, self: Datetime) => format(rt, self, 'M/d/yyyy, h:mm:ss a z', userTimeZone(rt)),
            'getTime()': (_rt, self: Datetime) => BigInt(self.ms),
            'isSameDay(Datetime)': (rt, self: Datetime, other: Datetime) =>
                self.dateIn(userTimeZone(rt)).equals(other.dateIn(userTimeZone(rt)))
        }),
        'format(String,String)': (rt, self: Datetime, pattern: string | null, zone: string | null) =>
            pattern === null ? rt.nullPointer() : format(rt, self, pattern, zone ?? userTimeZone(rt))
    },
    isInstance: (value) => value instanceof Datetime
});
