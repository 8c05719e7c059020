import { ApexDate, Datetime, Decimal, Double, Id, Time } from '../values/index.ts';
import type { FieldDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';

/**
 * One stored record: values by declared field name, absent when null. Never changed in place; an update stores a new
 * row. `Id` is always there.
 */
export type Row = Readonly<Record<string, FieldValue>>;

export function rowId(row: Row): string {
    return (row.Id as Id).value;
}

export function isDeleted(row: Row): boolean {
    return row.IsDeleted === true;
}

/**
 * Key under which an index holds a value; equal values by the rules of SOQL have equal keys. Texts are compared without
 * case unless the field is case-sensitive. undefined for null and for values that no index holds.
 */
export function indexKey(value: FieldValue | undefined, field: FieldDef): string | undefined {
    if (value === null || value === undefined || value === '') return undefined;
    if (value instanceof Id) return value.value;
    if (typeof value === 'string') return field.caseSensitive ? value : value.toLowerCase();
    if (value instanceof Decimal) return value.stripTrailingZeros().toPlainString();
    if (value instanceof Double) return Decimal.fromNumber(value.value).stripTrailingZeros().toPlainString();
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
    if (value instanceof ApexDate) return String(value.days);
    if (value instanceof Datetime || value instanceof Time) return String(value.ms);
    return undefined;
}

/** Hidden value of a row that was taken out of the recycle bin. */
const PURGED = '$Purged';

/** Deleted rows that left the recycle bin stay for ALL ROWS until the platform clears them away; nothing brings them back. */
export function isPurged(row: Row): boolean {
    return row[PURGED] === true;
}

export function purged(row: Row): Row {
    return { ...row, [PURGED]: true };
}
