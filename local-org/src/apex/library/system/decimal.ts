import { Decimal, Double, type RoundingMode } from '../../../values/index.ts';
import { decimalOfDouble } from '../../runtime/cast.ts';
import type { EnumValue } from '../../runtime/enum-value.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { groupThousands } from '../text/number-format.ts';
import { doubleToInteger, doubleToLong, toInteger } from './integer.ts';

/** Largest scale a Decimal may be set to (Apex Reference, Decimal.setScale). */
const MAX_SCALE = 33;

/** A RoundingMode argument; half-even when the overload has none. */
function modeOf(mode: EnumValue | undefined): RoundingMode {
    return (mode?.name ?? 'HALF_EVEN') as RoundingMode;
}

/** Runs BigDecimal arithmetic; what it refuses is a MathException. */
function arithmetic<T>(rt: Runtime, compute: () => T): T {
    try {
        return compute();
    } catch (error) {
        if (error instanceof RangeError) {
            return rt.throwNew('System.MathException', error.message);
        }
        throw error;
    }
}

function setScale(rt: Runtime, value: Decimal, scale: number, mode?: EnumValue): Decimal {
    if (Math.abs(scale) > MAX_SCALE) {
        return rt.throwNew('System.MathException', `Invalid scale: ${scale}`);
    }
    return arithmetic(rt, () => value.setScale(scale, modeOf(mode)));
}

function divide(rt: Runtime, value: Decimal, divisor: Decimal, scale: number, mode?: EnumValue): Decimal {
    return arithmetic(rt, () => value.divideTo(divisor, scale, modeOf(mode)));
}

function pow(rt: Runtime, value: Decimal, exponent: number): Decimal {
    return exponent < 0 || exponent > 32767
        ? rt.throwNew('System.MathException', 'Exponent must be between 0 and 32767')
        : value.pow(exponent);
}

/** Text to Decimal; throws System.TypeException. */
export function parseDecimal(rt: Runtime, text: string): Decimal {
    return Decimal.tryParse(text.trim()) ?? rt.throwNew('System.TypeException', `Invalid decimal: ${text}`);
}

function parseDouble(rt: Runtime, text: string): Double {
    return Double.tryParse(text) ?? rt.throwNew('System.TypeException', `Invalid double: ${text}`);
}

/** Decimal (Apex Reference, System.Decimal). */
export const decimalClass: NativeClass = nativeClass({
    name: 'System.Decimal',
    statics: {
        'valueOf(Double)': noNulls((_rt, value: Double) => decimalOfDouble(value)),
        'valueOf(Long)': noNulls((_rt, value: bigint) => Decimal.of(value)),
        'valueOf(String)': noNulls(parseDecimal)
    },
    methods: {
        'abs()': (_rt, self: Decimal) => self.abs(),
        'divide(Decimal,Integer)': noNulls(divide),
        'divide(Decimal,Integer,Object)': noNulls(divide),
        'doubleValue()': (_rt, self: Decimal) => Double.of(self.toNumber()),
        'format()': (_rt, self: Decimal) => groupThousands(self.toPlainString()),
        'intValue()': (_rt, self: Decimal) => toInteger(self.truncate()),
        'longValue()': (_rt, self: Decimal) => BigInt.asIntN(64, self.truncate()),
        'pow(Integer)': noNulls(pow),
        'precision()': (_rt, self: Decimal) => self.precision(),
        'round()': (_rt, self: Decimal) => BigInt.asIntN(64, self.round()),
        'round(RoundingMode)': noNulls((rt, self: Decimal, mode: EnumValue) =>
            arithmetic(rt, () => BigInt.asIntN(64, self.round(modeOf(mode))))
        ),
        'scale()': (_rt, self: Decimal) => self.scale,
        'setScale(Integer)': noNulls(setScale),
        'setScale(Integer,RoundingMode)': noNulls(setScale),
        'stripTrailingZeros()': (_rt, self: Decimal) => self.stripTrailingZeros(),
        'toPlainString()': (_rt, self: Decimal) => self.toPlainString()
    },
    isInstance: (value) => value instanceof Decimal
});

/** Double (Apex Reference, System.Double). */
export const doubleClass: NativeClass = nativeClass({
    name: 'System.Double',
    statics: {
        'valueOf(String)': noNulls(parseDouble),
        'valueOf(Object)': (rt, value: unknown) => (value === null ? null : doubleOfObject(rt, value))
    },
    methods: {
        'format()': (_rt, self: Double) => groupThousands(decimalOfDouble(self).setScale(3).toPlainString()),
        'intValue()': (_rt, self: Double) => doubleToInteger(self.value),
        'longValue()': (_rt, self: Double) => doubleToLong(self.value),
        'round()': (_rt, self: Double) => BigInt.asIntN(64, decimalOfDouble(self).round())
    },
    isInstance: (value) => value instanceof Double
});

function doubleOfObject(rt: Runtime, value: unknown): Double {
    if (value instanceof Double) {
        return value;
    }
    if (typeof value === 'number' || typeof value === 'bigint') {
        return Double.of(Number(value));
    }
    return value instanceof Decimal ? Double.of(value.toNumber()) : parseDouble(rt, rt.toText(value));
}
