import { notSupportedLocally, platformError } from '../../http/api-error.ts';
import { JsonNumber } from '../../http/json-body.ts';
import { ApexDate, Blob, Datetime, Decimal, Double, Id, Time, type FieldValue } from '../../values/index.ts';
import type { ApiError } from '../../http/api-error.ts';
import type { FieldDef, FieldType } from '../../schema/types.ts';

/** A number written digit by digit; newer than the library typings of JSON. */
const rawJson = (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON;

/** A field value for `JSON.stringify`. */
export function fieldToJson(value: FieldValue | undefined): unknown {
    if (value === undefined || value === null) {
        return null;
    }
    if (value instanceof Decimal) {
        return rawJson(value.toPlainString());
    }
    if (typeof value === 'bigint' || value instanceof Double) {
        return rawJson(value.toString());
    }
    if (value instanceof Datetime) {
        return value.toRest();
    }
    if (value instanceof Blob) {
        throw notSupportedLocally('fields of type base64 in REST answers');
    }
    return value;
}

type Reader = (value: unknown, field: FieldDef) => FieldValue;

const text: Reader = (value, field) => {
    if (typeof value === 'string') {
        return value;
    }
    if (value instanceof JsonNumber) {
        return value.source;
    }
    return typeof value === 'boolean' ? String(value) : refuse('string', value, field);
};

const decimal: Reader = (value, field) => Decimal.tryParse(numberText(value)) ?? refuse('double', value, field);

const READERS: Readonly<Record<FieldType, Reader>> = {
    id: reference,
    reference,
    string: text,
    textarea: text,
    picklist: text,
    multipicklist: text,
    combobox: text,
    email: text,
    phone: text,
    url: text,
    encryptedstring: text,
    currency: decimal,
    percent: decimal,
    double: decimal,
    int: (value, field) => integer(value, field),
    long: (value, field) => BigInt(integer(value, field)),
    boolean: (value, field) => readBoolean(value, field),
    date: (value, field) => ApexDate.tryParse(dateText(value)) ?? refuse('date', value, field),
    datetime: (value, field) => readDatetime(dateText(value)) ?? refuse('datetime', value, field),
    time: (value, field) => Time.tryParse(dateText(value)) ?? refuse('time', value, field),
    address: (_value, field) => unsupported(field),
    location: (_value, field) => unsupported(field),
    base64: (value, field) => readBase64(value) ?? refuse('base64', value, field),
    anyType: (_value, field) => unsupported(field),
    complexvalue: (_value, field) => unsupported(field)
};

/** The value that a request gives a field. Throws JSON_PARSER_ERROR or MALFORMED_ID as the platform does. */
export function fieldFromJson(value: unknown, field: FieldDef): FieldValue {
    return value === null ? null : READERS[field.type](value, field);
}

function reference(value: unknown, field: FieldDef): FieldValue {
    if (typeof value !== 'string') {
        return refuse('string', value, field);
    }
    if (value === '') {
        return null;
    }
    const id = Id.tryParse(value);
    if (id === undefined) {
        throw malformedFieldId(field, value);
    }
    return id;
}

function malformedFieldId(field: FieldDef, value: string): ApiError {
    return platformError(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
}

function readBase64(value: unknown): Blob | undefined {
    return typeof value === 'string' ? new Blob(Buffer.from(value, 'base64')) : undefined;
}

function integer(value: unknown, field: FieldDef): number {
    const number = Number(numberText(value));
    return Number.isInteger(number) ? number : refuse('int', value, field);
}

function readBoolean(value: unknown, field: FieldDef): boolean {
    if (typeof value === 'boolean') {
        return value;
    }
    return value === 'true' || value === 'false' ? value === 'true' : refuse('boolean', value, field);
}

/** Numbers may come as JSON strings. */
function numberText(value: unknown): string {
    return value instanceof JsonNumber ? value.source : typeof value === 'string' ? value.trim() : '';
}

function dateText(value: unknown): string {
    return typeof value === 'string' ? value : '';
}

/** The platform also takes a date alone for a date and time: midnight GMT. */
function readDatetime(source: string): Datetime | undefined {
    return Datetime.tryParseIso(source) ?? Datetime.tryParseIso(`${source}T00:00:00.000Z`);
}

function unsupported(field: FieldDef): never {
    throw notSupportedLocally(`writing fields of type ${field.type} (${field.name})`);
}

function refuse(target: string, value: unknown, field: FieldDef): never {
    const { token, shown } = tokenOf(value);
    const message =
        `Cannot deserialize instance of ${target} from ${token} value ${shown} ` +
        `or request may be missing a required field at field ${field.name}`;
    throw platformError(400, 'JSON_PARSER_ERROR', message);
}

/** Token names of the platform's JSON parser. */
function tokenOf(value: unknown): { token: string; shown: string } {
    if (value instanceof JsonNumber) {
        const whole = Number.isInteger(Number(value.source));
        return { token: whole ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT', shown: value.source };
    }
    if (typeof value === 'string') {
        return { token: 'VALUE_STRING', shown: value };
    }
    if (typeof value === 'boolean') {
        return { token: value ? 'VALUE_TRUE' : 'VALUE_FALSE', shown: String(value) };
    }
    return Array.isArray(value) ? { token: 'START_ARRAY', shown: '[' } : { token: 'START_OBJECT', shown: '{' };
}
