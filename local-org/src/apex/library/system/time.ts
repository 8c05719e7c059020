import { Time } from '../../../values/index.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

/** Time (Apex Reference, System.Time). */
export const timeClass: NativeClass = nativeClass({
    name: 'System.Time',
    statics: allNoNulls({
        'newInstance(Integer,Integer,Integer,Integer)': (
            _rt,
            hour: number,
            minute: number,
            second: number,
            millisecond: number
        ) => Time.of(hour, minute, second, millisecond)
    }),
    methods: allNoNulls({
        'addHours(Integer)': (_rt, self: Time, count: number) => self.add(count * 3_600_000),
        'addMilliseconds(Integer)': (_rt, self: Time, count: number) => self.add(count),
        'addMinutes(Integer)': (_rt, self: Time, count: number) => self.add(count * 60_000),
        'addSeconds(Integer)': (_rt, self: Time, count: number) => self.add(count * 1000),
        'hour()': (_rt, self: Time) => self.hour,
        'millisecond()': (_rt, self: Time) => self.millisecond,
        'minute()': (_rt, self: Time) => self.minute,
        'second()': (_rt, self: Time) => self.second
    }),
    isInstance: (value) => value instanceof Time
});
