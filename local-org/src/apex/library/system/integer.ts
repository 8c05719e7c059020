import { Decimal, Double } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { groupThousands } from '../text/number-format.ts';

const MAX_LONG = 2n ** 63n - 1n;

/** Decimal digits with an optional sign, as java.lang.Long.parseLong takes them; undefined otherwise. */
export function parseWhole(text: string): bigint | undefined {
    return /^[+-]?\d+$/.test(text) ? BigInt(text.startsWith('+') ? text.slice(1) : text) : undefined;
}

function integerOfText(rt: Runtime, text: string): number {
    const value = parseWhole(text.trim());
    if (value === undefined || BigInt.asIntN(32, value) !== value) {
        return rt.throwNew('System.TypeException', `Invalid integer: ${text}`);
    }
    return Number(value);
}

function integerOfObject(rt: Runtime, value: unknown): number {
    if (typeof value === 'string') {
        return integerOfText(rt, value);
    }
    if (typeof value === 'number') {
        return value;
    }
    if (typeof value === 'bigint') {
        return toInteger(value);
    }
    if (value instanceof Decimal) {
        return toInteger(value.truncate());
    }
    if (value instanceof Double) {
        return doubleToInteger(value.value);
    }
    return rt.throwNew('System.TypeException', `Invalid integer: ${rt.toText(value)}`);
}

/** Wraps around, as Java's narrowing conversion does. */
export function toInteger(value: bigint): number {
    return Number(BigInt.asIntN(32, value));
}

/** Stops at the ends of the range, as Java's conversion of floating point does. */
export function doubleToInteger(value: number): number {
    return Number.isNaN(value) ? 0 : Math.max(-0x8000_0000, Math.min(0x7fff_ffff, Math.trunc(value)));
}

export function doubleToLong(value: number): bigint {
    if (Number.isNaN(value)) {
        return 0n;
    }
    const limited = Math.max(-(2 ** 63), Math.min(2 ** 63, Math.trunc(value)));
    return limited >= 2 ** 63 ? MAX_LONG : BigInt(limited);
}

/** Integer (Apex Reference, System.Integer). */
export const integerClass: NativeClass = nativeClass({
    name: 'System.Integer',
    statics: {
        'valueOf(String)': noNulls(integerOfText),
        'valueOf(Object)': (rt, value) => (value === null ? null : integerOfObject(rt, value))
    },
    methods: {
        'format()': (_rt, self: number) => groupThousands(String(self)),
        'intValue()': (_rt, self: number) => self,
        'longValue()': (_rt, self: number) => BigInt(self),
        'doubleValue()': (_rt, self: number) => Double.of(self)
    },
    extraSignatures: ['Integer intValue()', 'Long longValue()', 'Double doubleValue()'],
    isInstance: (value) => typeof value === 'number'
});

/** Long (Apex Reference, System.Long). */
export const longClass: NativeClass = nativeClass({
    name: 'System.Long',
    statics: {
        'valueOf(String)': noNulls((rt, text: string) => {
            const value = parseWhole(text.trim());
            return value === undefined || BigInt.asIntN(64, value) !== value
                ? rt.throwNew('System.TypeException', `Invalid long: ${text}`)
                : value;
        })
    },
    methods: {
        'format()': (_rt, self: bigint) => groupThousands(String(self)),
        'intValue()': (_rt, self: bigint) => toInteger(self)
    },
    isInstance: (value) => typeof value === 'bigint'
});
