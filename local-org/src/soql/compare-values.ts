import { ApexDate, Datetime, Decimal, Double, Id, Time } from '../values/index.ts';
import type { FieldDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';

const collator = new Intl.Collator('en', { sensitivity: 'accent' });

/** Order of two values of one field; texts without case. Values are not null. */
export function compareValues(left: NonNullable<FieldValue>, right: NonNullable<FieldValue>): number {
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right);
    if (left instanceof Datetime && right instanceof Datetime) return left.ms - right.ms;
    if (left instanceof ApexDate && right instanceof ApexDate) return left.days - right.days;
    if (left instanceof Time && right instanceof Time) return left.ms - right.ms;
    if (left instanceof Id && right instanceof Id)
        return left.value < right.value ? -1 : Number(left.value > right.value);
    if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
    const [leftNumber, rightNumber] = [toDecimal(left), toDecimal(right)];
    if (leftNumber !== undefined && rightNumber !== undefined) return leftNumber.compareTo(rightNumber);
    return collator.compare(String(left), String(right));
}

export function toDecimal(value: FieldValue): Decimal | undefined {
    if (value instanceof Decimal) return value;
    if (typeof value === 'number') return Decimal.fromNumber(value);
    if (typeof value === 'bigint') return Decimal.of(value);
    return value instanceof Double ? Decimal.fromNumber(value.value) : undefined;
}

/** Sort order of a field: picklists by the place of the value in the list, everything else by value. */
export function sortOrder(field: FieldDef | undefined): (left: FieldValue, right: FieldValue) => number {
    if (field?.type !== 'picklist' || field.picklistValues.length === 0) {
        return (left, right) => compareValues(left as NonNullable<FieldValue>, right as NonNullable<FieldValue>);
    }
    const places = new Map(field.picklistValues.map(({ value }, place) => [value.toLowerCase(), place]));
    const placeOf = (value: FieldValue): number => places.get(String(value).toLowerCase()) ?? places.size;
    return (left, right) => placeOf(left) - placeOf(right) || collator.compare(String(left), String(right));
}
