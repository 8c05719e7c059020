import { createHash } from 'node:crypto';
import type { CsvRow } from '../lib/csv.ts';

/** Values by field of the sender in the wire's text form, null for empty. As `SyncText` of the engine writes them. */
export type WireValues = Readonly<Record<string, string | null>>;

export interface FieldType {
    readonly name: string;
    readonly isNumber: boolean;
}

const NUMBERS: ReadonlySet<string> = new Set(['currency', 'double', 'percent']);

export function isNumberType(type: string): boolean {
    return NUMBERS.has(type);
}

/** Values of a row of a bulk query. */
export function wireValues(row: CsvRow, fields: readonly FieldType[]): WireValues {
    return Object.fromEntries(fields.map(({ name, isNumber }) => [name, wireText(row[name] ?? '', isNumber)]));
}

export function wireText(text: string, isNumber: boolean): string | null {
    if (text === '') return null;
    return isNumber ? plainNumber(text) : text;
}

const NUMBER = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** A number without exponent and trailing zeros, digit for digit: `1.390E8` is `139000000`. */
function plainNumber(text: string): string {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
    const digits = whole + fraction;
    if (digits === '') return text;
    const point = whole.length + Number(exponent);
    const left =
        point <= 0
            ? '0'
            : digits
                  .slice(0, point)
                  .padEnd(point, '0')
                  .replace(/^0+(?=\d)/, '');
    const right = (point < 0 ? '0'.repeat(-point) + digits : digits.slice(point)).replace(/0+$/, '');
    const plain = right === '' ? left : `${left}.${right}`;
    return plain === '0' ? '0' : sign + plain;
}

/** As `SyncDigest` of the engine: SHA-256 over `name=value` lines in the order of the names. */
export function digestOf(values: WireValues): string {
    const lines = Object.keys(values)
        .sort()
        .map((name) => `${name}=${values[name] ?? ''}\n`);
    return createHash('sha256').update(lines.join('')).digest('hex');
}
