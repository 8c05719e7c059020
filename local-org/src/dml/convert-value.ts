import { ApexDate, Blob, Datetime, Decimal, Double, Id, Time } from '../values/index.ts';
import type { FieldDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';

/** Marks a value that has no place in the field. */
export const UNCONVERTIBLE = Symbol('unconvertible');

/**
 * The value as the store keeps it for the field: texts without surrounding space, '' as null, numbers of `double`,
 * `currency` and `percent` as Decimal. The field's decimal places concern only what pages show: "Apex and API methods can
 * save records with decimal places beyond the field definition" (Salesforce Help, article 000387302).
 */
export function convertValue(value: FieldValue, field: FieldDef): FieldValue | typeof UNCONVERTIBLE {
    if (value === null) return field.type === 'boolean' ? false : null;
    switch (field.type) {
        case 'boolean':
            return typeof value === 'boolean' ? value : UNCONVERTIBLE;
        case 'int':
            return toInteger(value);
        case 'long':
            return typeof value === 'bigint' ? value : typeof value === 'number' ? BigInt(value) : UNCONVERTIBLE;
        case 'double':
        case 'currency':
        case 'percent':
            return toStoredDecimal(value);
        case 'date':
            if (value instanceof ApexDate) return value;
            return value instanceof Datetime ? value.dateIn('GMT') : UNCONVERTIBLE;
        case 'datetime':
            if (value instanceof Datetime) return value;
            return value instanceof ApexDate ? new Datetime(value.days * 86_400_000) : UNCONVERTIBLE;
        case 'time':
            return value instanceof Time ? value : UNCONVERTIBLE;
        case 'id':
        case 'reference':
            if (value instanceof Id) return value;
            if (value === '') return null;
            return typeof value === 'string' ? (Id.tryParse(value) ?? UNCONVERTIBLE) : UNCONVERTIBLE;
        case 'base64':
            return value instanceof Blob ? value : UNCONVERTIBLE;
        case 'anyType':
            return value;
        default:
            return toText(value, field);
    }
}

function toInteger(value: FieldValue): FieldValue | typeof UNCONVERTIBLE {
    const number = value instanceof Decimal || value instanceof Double ? Number(value.toString()) : value;
    return typeof number === 'number' && Number.isInteger(number) ? number : UNCONVERTIBLE;
}

/** Decimal places the platform stores at most, whatever the field says. */
const MAX_SCALE = 24;

function toStoredDecimal(value: FieldValue): Decimal | typeof UNCONVERTIBLE {
    const decimal = toDecimal(value);
    if (decimal === undefined) return UNCONVERTIBLE;
    return decimal.scale > MAX_SCALE ? decimal.setScale(MAX_SCALE, 'HALF_UP') : decimal;
}

function toDecimal(value: FieldValue): Decimal | undefined {
    if (value instanceof Decimal) return value;
    if (typeof value === 'number') return Decimal.fromNumber(value);
    if (typeof value === 'bigint') return Decimal.of(value);
    return value instanceof Double && Number.isFinite(value.value) ? Decimal.fromNumber(value.value) : undefined;
}

function toText(value: FieldValue, { type }: FieldDef): FieldValue | typeof UNCONVERTIBLE {
    if (value instanceof Id) return value.value;
    if (typeof value !== 'string') return UNCONVERTIBLE;
    const text = type === 'textarea' ? value : value.trim();
    return text === '' ? null : text;
}
