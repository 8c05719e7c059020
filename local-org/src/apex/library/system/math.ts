import { Decimal, Double } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import { doubleToInteger, doubleToLong, toInteger } from './integer.ts';

type DoubleFunction = (value: number) => number;

/** Functions of one number: on Double by IEEE arithmetic, on Decimal by way of it. */
const DOUBLE_FUNCTIONS: Readonly<Record<string, DoubleFunction>> = {
    acos: Math.acos,
    asin: Math.asin,
    atan: Math.atan,
    cbrt: Math.cbrt,
    cos: Math.cos,
    cosh: Math.cosh,
    exp: Math.exp,
    log: Math.log,
    log10: Math.log10,
    sin: Math.sin,
    sinh: Math.sinh,
    sqrt: Math.sqrt,
    tan: Math.tan,
    tanh: Math.tanh
};

function onDouble(compute: DoubleFunction): NativeStatic {
    return (_rt, value: Double) => Double.of(compute(value.value));
}

function onDecimal(compute: DoubleFunction): NativeStatic {
    return (rt, value: Decimal) => decimalOf(rt, compute(value.toNumber()));
}

function decimalOf(rt: Runtime, value: number): Decimal {
    return Number.isFinite(value)
        ? Decimal.parse(Double.of(value).toString())
        : rt.throwNew('System.MathException', 'Result is not a number');
}

function doubleFunctions(): Record<string, NativeStatic> {
    const natives: Record<string, NativeStatic> = {};
    for (const [name, compute] of Object.entries(DOUBLE_FUNCTIONS)) {
        natives[`${name}(Double)`] = onDouble(compute);
        natives[`${name}(Decimal)`] = onDecimal(compute);
    }
    return natives;
}

/** java.lang.Math.rint: to the even neighbour on a tie. */
function rint(value: number): number {
    const floor = Math.floor(value);
    const fraction = value - floor;
    if (fraction !== 0.5) {
        return Math.round(value);
    }
    return floor % 2 === 0 ? floor : floor + 1;
}

function modInteger(rt: Runtime, dividend: number, divisor: number): number {
    return divisor === 0 ? rt.throwNew('System.MathException', 'Divide by 0') : (dividend % divisor) | 0;
}

function modLong(rt: Runtime, dividend: bigint, divisor: bigint): bigint {
    return divisor === 0n ? rt.throwNew('System.MathException', 'Divide by 0') : dividend % divisor;
}

function larger(_rt: Runtime, left: Decimal, right: Decimal): Decimal {
    return left.compareTo(right) >= 0 ? left : right;
}

function smaller(_rt: Runtime, left: Decimal, right: Decimal): Decimal {
    return left.compareTo(right) <= 0 ? left : right;
}

function withDouble(choose: (rt: Runtime, left: Decimal, right: Decimal) => Decimal): NativeStatic {
    return (rt, left: Decimal, right: Double) => choose(rt, left, Decimal.parse(right.toString()));
}

/** Math (Apex Reference, System.Math). Rounding of Decimal is half-even; `round` of Double too. */
export const mathClass: NativeClass = nativeClass({
    name: 'System.Math',
    staticProperties: {
        E: { get: () => Double.of(Math.E) },
        PI: { get: () => Double.of(Math.PI) }
    },
    statics: {
        ...allNoNulls({
            ...doubleFunctions(),
            'abs(Decimal)': (_rt, value: Decimal) => value.abs(),
            'abs(Double)': onDouble(Math.abs),
            'abs(Integer)': (_rt, value: number) => Math.abs(value) | 0,
            'abs(Long)': (_rt, value: bigint) => BigInt.asIntN(64, value < 0n ? -value : value),
            'atan2(Decimal,Decimal)': (rt, y: Decimal, x: Decimal) =>
                decimalOf(rt, Math.atan2(y.toNumber(), x.toNumber())),
            'atan2(Double,Double)': (_rt, y: Double, x: Double) => Double.of(Math.atan2(y.value, x.value)),
            'ceil(Decimal)': (_rt, value: Decimal) => value.setScale(0, 'CEILING'),
            'ceil(Double)': onDouble(Math.ceil),
            'floor(Decimal)': (_rt, value: Decimal) => value.setScale(0, 'FLOOR'),
            'floor(Double)': onDouble(Math.floor),
            'max(Decimal,Decimal)': larger,
            'max(Decimal,Double)': withDouble(larger),
            'max(Double,Double)': (_rt, left: Double, right: Double) => Double.of(Math.max(left.value, right.value)),
            'max(Integer,Integer)': (_rt, left: number, right: number) => (left > right ? left : right),
            'max(Long,Long)': (_rt, left: bigint, right: bigint) => (left > right ? left : right),
            'min(Decimal,Decimal)': smaller,
            'min(Decimal,Double)': withDouble(smaller),
            'min(Double,Double)': (_rt, left: Double, right: Double) => Double.of(Math.min(left.value, right.value)),
            'min(Integer,Integer)': (_rt, left: number, right: number) => (left < right ? left : right),
            'min(Long,Long)': (_rt, left: bigint, right: bigint) => (left < right ? left : right),
            'mod(Integer,Integer)': modInteger,
            'mod(Long,Long)': modLong,
            'pow(Double,Double)': (_rt, base: Double, exponent: Double) => Double.of(base.value ** exponent.value),
            'rint(Decimal)': (_rt, value: Decimal) => value.setScale(0),
            'rint(Double)': onDouble(rint),
            'round(Decimal)': (_rt, value: Decimal) => toInteger(value.round()),
            'round(Double)': (_rt, value: Double) => doubleToInteger(rint(value.value)),
            'roundToLong(Decimal)': (_rt, value: Decimal) => BigInt.asIntN(64, value.round()),
            'roundToLong(Double)': (_rt, value: Double) => doubleToLong(rint(value.value)),
            'signum(Decimal)': (_rt, value: Decimal) => Decimal.of(value.signum()),
            'signum(Double)': onDouble(Math.sign)
        }),
        'random()': () => Double.of(Math.random())
    }
});
