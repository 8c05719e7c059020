import type { FieldDef, FieldType } from '../../schema/types.ts';
import {
    BLOB,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    ID,
    INTEGER,
    LONG,
    OBJECT,
    platformType,
    STRING,
    TIME
} from './apex-types.ts';
import type { ApexType } from './types.ts';

const APEX_TYPES: Readonly<Partial<Record<FieldType, ApexType>>> = {
    id: ID,
    reference: ID,
    boolean: BOOLEAN,
    int: INTEGER,
    long: LONG,
    double: DECIMAL,
    currency: DECIMAL,
    percent: DECIMAL,
    date: DATE,
    datetime: DATETIME,
    time: TIME,
    base64: BLOB,
    anyType: OBJECT,
    complexvalue: OBJECT,
    address: platformType('System.Address'),
    location: platformType('System.Location')
};

const CHANGE_EVENT_HEADER = platformType('eventbus.ChangeEventHeader');

/** Apex type of a record field. Values of number fields are Decimal. */
export function apexTypeOfField(field: FieldDef): ApexType {
    if (field.name === 'ChangeEventHeader') return CHANGE_EVENT_HEADER;
    return APEX_TYPES[field.type] ?? STRING;
}
