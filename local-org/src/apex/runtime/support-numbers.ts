import { ApexDate, Datetime, Decimal, Double, Id, Time } from '../../values/index.ts';
import { EnumValue } from './enum-value.ts';
import { decimalOfDouble } from './cast.ts';
import type { Runtime } from './runtime.ts';

/** What generated code calls for operators and static conversions. Conversions pass null on. */

function passNull<A, B>(convert: (value: A) => B): (value: A | null) => B | null {
    return (value) => (value === null ? null : convert(value));
}

export const integerToLong = passNull((value: number) => BigInt(value));
export const integerToDouble = passNull((value: number) => Double.of(value));
export const integerToDecimal = passNull((value: number) => Decimal.of(value));
export const longToDouble = passNull((value: bigint) => Double.of(Number(value)));
export const longToDecimal = passNull((value: bigint) => Decimal.of(value));
export const doubleToDecimal = passNull((value: Double) => decimalOfDouble(value));
export const decimalToDouble = passNull((value: Decimal) => Double.of(value.toNumber()));
export const longToInteger = passNull((value: bigint) => Number(BigInt.asIntN(32, value)));
export const doubleToInteger = passNull((value: Double) => clamp(value.value, -2147483648, 2147483647));
export const doubleToLong = passNull((value: Double) => BigInt.asIntN(64, BigInt(Math.trunc(value.value))));
export const decimalToInteger = passNull((value: Decimal) => Number(BigInt.asIntN(32, value.truncate())));
export const decimalToLong = passNull((value: Decimal) => BigInt.asIntN(64, value.truncate()));
export const idToString = passNull((value: Id) => value.value);
export const dateToDatetime = passNull((value: ApexDate) => Datetime.ofDate(value, Time.of(0, 0, 0, 0)));

/** As a cast of a Java double to int: towards zero, within the range. */
function clamp(value: number, lowest: number, highest: number): number {
    return Math.min(Math.max(Math.trunc(value), lowest), highest) | 0;
}

/** Throws System.StringException for text that is no id. */
export function stringToId(rt: Runtime, value: string | null): Id | null {
    if (value === null) return null;
    return Id.tryParse(value) ?? rt.throwNew('System.StringException', `Invalid id: ${value}`);
}

export function double(value: number): Double {
    return Double.of(value);
}

function divideByZero(rt: Runtime): never {
    return rt.throwNew('System.MathException', 'Divide by 0');
}

export function divideInteger(rt: Runtime, left: number, right: number): number {
    return right === 0 ? divideByZero(rt) : (left / right) | 0;
}

export function divideLong(rt: Runtime, left: bigint, right: bigint): bigint {
    return right === 0n ? divideByZero(rt) : BigInt.asIntN(64, left / right);
}

export function divideDecimal(rt: Runtime, left: Decimal, right: Decimal): Decimal {
    return right.signum() === 0 ? divideByZero(rt) : left.divide(right);
}

export function divideDouble(rt: Runtime, left: Double, right: Double): Double {
    return right.value === 0 ? divideByZero(rt) : Double.of(left.value / right.value);
}

export function negate(value: Double | Decimal): Double | Decimal {
    return value instanceof Decimal ? value.negate() : Double.of(-value.value);
}

export function shiftLong(value: bigint, by: number | bigint, operator: '<<' | '>>' | '>>>'): bigint {
    const distance = BigInt.asUintN(6, BigInt(by));
    if (operator === '<<') return BigInt.asIntN(64, value << distance);
    if (operator === '>>') return value >> distance;
    return BigInt.asIntN(64, BigInt.asUintN(64, value) >> distance);
}

const DAY = 86_400_000;

export function moveDate(date: ApexDate, days: bigint, sign: 1 | -1): ApexDate {
    return date.addDays(Number(days) * sign);
}

/** A day has 24 hours here, whatever the clocks do. */
export function moveDatetime(time: Datetime, days: Double, sign: 1 | -1): Datetime {
    return time.add(Math.round(days.value * DAY) * sign);
}

export function moveTime(time: Time, milliseconds: bigint, sign: 1 | -1): Time {
    return time.add(Number(milliseconds) * sign);
}

// A comparison with null is false (Apex Developer Guide, Expression Operators).

type Ordered = number | bigint;

export function less(left: Ordered | null, right: Ordered | null): boolean {
    return left !== null && right !== null && left < right;
}

export function greater(left: Ordered | null, right: Ordered | null): boolean {
    return left !== null && right !== null && left > right;
}

export function lessOrEqual(left: Ordered | null, right: Ordered | null): boolean {
    return left !== null && right !== null && left <= right;
}

export function greaterOrEqual(left: Ordered | null, right: Ordered | null): boolean {
    return left !== null && right !== null && left >= right;
}

type OrderedValue = Decimal | Double | ApexDate | Datetime | Time | EnumValue;

function order(left: OrderedValue, right: OrderedValue): number {
    if (left instanceof Decimal) return left.compareTo(right as Decimal);
    if (left instanceof Double) return left.value - (right as Double).value;
    if (left instanceof EnumValue) return left.ordinal - (right as EnumValue).ordinal;
    return left instanceof ApexDate ? left.days - (right as ApexDate).days : left.ms - (right as Datetime | Time).ms;
}

export function lessValue(left: OrderedValue | null, right: OrderedValue | null): boolean {
    return left !== null && right !== null && order(left, right) < 0;
}

export function greaterValue(left: OrderedValue | null, right: OrderedValue | null): boolean {
    return left !== null && right !== null && order(left, right) > 0;
}

export function lessOrEqualValue(left: OrderedValue | null, right: OrderedValue | null): boolean {
    return left !== null && right !== null && order(left, right) <= 0;
}

export function greaterOrEqualValue(left: OrderedValue | null, right: OrderedValue | null): boolean {
    return left !== null && right !== null && order(left, right) >= 0;
}

/** Order of text by `<` and `>`: without regard to case, null first. */
export function compareText(left: string | Id | null, right: string | Id | null): number {
    if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
    const first = left.toString().toLowerCase();
    const second = right.toString().toLowerCase();
    return first < second ? -1 : first > second ? 1 : 0;
}

/** `==` on text ignores case. */
export function equalText(left: string | null, right: string | null): boolean {
    if (left === right) return true;
    if (left === null || right === null || left.length !== right.length) return false;
    return left.toLowerCase() === right.toLowerCase();
}
