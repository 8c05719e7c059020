import { ApexDate, Blob, Datetime, Decimal, Double, Id, Time } from '../values/index.ts';
import type { FieldValue } from '../values/index.ts';
import type { Row } from './row.ts';

/** A row as plain JSON: texts, integers and booleans as they are, other values as a pair of tag and text. */
export type EncodedRow = Readonly<Record<string, EncodedValue>>;
type EncodedValue = string | number | boolean | readonly [tag: string, text: string];

export function encodeRow(row: Row): EncodedRow {
    const encoded: Record<string, EncodedValue> = {};
    for (const [field, value] of Object.entries(row)) {
        if (value !== null) encoded[field] = encodeValue(value);
    }
    return encoded;
}

export function decodeRow(encoded: EncodedRow): Row {
    const row: Record<string, FieldValue> = {};
    for (const [field, value] of Object.entries(encoded)) row[field] = decodeValue(value);
    return row;
}

function encodeValue(value: NonNullable<FieldValue>): EncodedValue {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    if (typeof value === 'bigint') return ['long', String(value)];
    if (value instanceof Id) return ['id', value.value];
    if (value instanceof Decimal) return ['decimal', `${value.unscaled}e${value.scale}`];
    if (value instanceof Double) return ['double', String(value.value)];
    if (value instanceof ApexDate) return ['date', String(value.days)];
    if (value instanceof Datetime) return ['datetime', String(value.ms)];
    if (value instanceof Time) return ['time', String(value.ms)];
    return ['blob', Buffer.from(value.bytes).toString('base64')];
}

function decodeValue(value: EncodedValue): FieldValue {
    if (typeof value !== 'object') return value;
    const [tag, text] = value;
    switch (tag) {
        case 'long':
            return BigInt(text);
        case 'id':
            return Id.of(text);
        case 'decimal': {
            const [unscaled = '0', scale = '0'] = text.split('e');
            return new Decimal(BigInt(unscaled), Number(scale));
        }
        case 'double':
            return new Double(Number(text));
        case 'date':
            return new ApexDate(Number(text));
        case 'datetime':
            return new Datetime(Number(text));
        case 'time':
            return new Time(Number(text));
        case 'blob':
            return new Blob(new Uint8Array(Buffer.from(text, 'base64')));
        default:
            throw new RangeError(`Unknown value in a snapshot: ${tag}`);
    }
}
