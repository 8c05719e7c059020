import { ApexDate, Blob, Datetime, Decimal, Id, Time } from '../values/index.ts';
import type { FieldValue } from '../values/index.ts';
import type { FieldDef } from './types.ts';

/** The value a text stands for in a field, in the forms of XML and JSON. undefined when the text has another form. */
export function valueOfText(field: Pick<FieldDef, 'type'>, text: string): FieldValue | undefined {
    switch (field.type) {
        case 'boolean':
            return text === 'true' ? true : text === 'false' ? false : undefined;
        case 'int': {
            const decimal = Decimal.tryParse(text);
            const number = decimal?.toNumber();
            return number !== undefined && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : undefined;
        }
        case 'long':
            return /^[+-]?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
        case 'double':
        case 'currency':
        case 'percent':
            return Decimal.tryParse(text);
        case 'date':
            return ApexDate.tryParse(text);
        case 'datetime':
            return Datetime.tryParseIso(text);
        case 'time':
            return Time.tryParse(text);
        case 'id':
        case 'reference':
            return Id.tryParse(text);
        case 'base64':
            return new Blob(new Uint8Array(Buffer.from(text, 'base64')));
        default:
            return text;
    }
}
