import { ApexDate, Datetime, Time } from '../values/index.ts';
import { formatInstant } from '../values/date-format.ts';
import { toDecimal } from './compare-values.ts';
import type { FieldDef } from '../schema/types.ts';
import type { FieldValue } from '../values/index.ts';

const DAY = 86_400_000;

/** FORMAT(field): the value as a user reads it, in the locale en_US and the org's currency, US dollars (SOQL Reference, "FORMAT ()"). */
export function formatValue(value: FieldValue, field: FieldDef, timeZone: string): FieldValue {
    if (value === null) return null;
    if (value instanceof ApexDate) return formatInstant(value.days * DAY, 'M/d/yyyy', 'GMT');
    if (value instanceof Datetime) return formatInstant(value.ms, 'M/d/yyyy, h:mm a', timeZone);
    if (value instanceof Time) return formatInstant(value.ms, 'h:mm a', 'GMT');
    const number = toDecimal(value);
    return number === undefined ? value : formatNumber(number.toPlainString(), field);
}

function formatNumber(plain: string, { type, scale }: FieldDef): string {
    const places = type === 'int' || type === 'long' ? 0 : scale;
    const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
    // The text, not a floating-point number: all digits of it count.
    const number = plain as unknown as number;
    if (type === 'currency') {
        return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', ...digits }).format(number);
    }
    const text = new Intl.NumberFormat('en-US', digits).format(number);
    return type === 'percent' ? `${text}%` : text;
}
