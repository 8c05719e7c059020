import type { FieldDef, FieldType } from '../../../schema/types.ts';
import { BLOB, BOOLEAN, DATE, DATETIME, DECIMAL, DOUBLE, ID, INTEGER, OBJECT, TIME } from '../../types/apex-types.ts';
import { apexTypeOfField } from '../../types/field-types.ts';
import type { ApexType } from '../../types/types.ts';

/** `DescribeFieldResult.getType()` by field type. */
export const DISPLAY_TYPES: Readonly<Record<FieldType, string>> = {
    id: 'ID',
    string: 'STRING',
    textarea: 'TEXTAREA',
    boolean: 'BOOLEAN',
    int: 'INTEGER',
    long: 'LONG',
    double: 'DOUBLE',
    currency: 'CURRENCY',
    percent: 'PERCENT',
    date: 'DATE',
    datetime: 'DATETIME',
    time: 'TIME',
    reference: 'REFERENCE',
    picklist: 'PICKLIST',
    multipicklist: 'MULTIPICKLIST',
    combobox: 'COMBOBOX',
    email: 'EMAIL',
    phone: 'PHONE',
    url: 'URL',
    address: 'ADDRESS',
    location: 'LOCATION',
    base64: 'BASE64',
    encryptedstring: 'ENCRYPTEDSTRING',
    anyType: 'ANYTYPE',
    complexvalue: 'COMPLEXVALUE'
};

const SOAP_TYPES: readonly (readonly [type: ApexType, name: string])[] = [
    [ID, 'ID'],
    [BOOLEAN, 'BOOLEAN'],
    [INTEGER, 'INTEGER'],
    [DECIMAL, 'DOUBLE'],
    [DOUBLE, 'DOUBLE'],
    [DATE, 'DATE'],
    [DATETIME, 'DATETIME'],
    [TIME, 'TIME'],
    [BLOB, 'BASE64BINARY'],
    [OBJECT, 'ANYTYPE']
];

/** `DescribeFieldResult.getSoapType()`. */
export function soapTypeOf(field: FieldDef): string {
    const type = apexTypeOfField(field);
    return SOAP_TYPES.find(([candidate]) => candidate === type)?.[1] ?? 'STRING';
}
