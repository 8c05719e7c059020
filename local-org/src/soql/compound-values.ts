import { SObject } from '../values/index.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';

const ADDRESS_PARTS = [
    ['city', 'City'],
    ['country', 'Country'],
    ['geocodeAccuracy', 'GeocodeAccuracy'],
    ['latitude', 'Latitude'],
    ['longitude', 'Longitude'],
    ['postalCode', 'PostalCode'],
    ['state', 'State'],
    ['street', 'Street']
] as const;

/** `BillingAddress` from its parts, as a record of type Address; null when all parts are. */
export function addressOf(row: Row, field: FieldDef, object: ObjectDef): SObject | null {
    const prefix = field.name.slice(0, -'Address'.length);
    return compound(
        'Address',
        ADDRESS_PARTS.map(([key, part]) => [key, prefix + part] as const),
        row,
        object
    );
}

/** A geolocation from its two parts, as a record of type Location. */
export function locationOf(row: Row, field: FieldDef, object: ObjectDef): SObject | null {
    const stem = field.name.replace(/__c$/i, '');
    const parts = [
        ['latitude', `${stem}__Latitude__s`],
        ['longitude', `${stem}__Longitude__s`]
    ] as const;
    return compound('Location', parts, row, object);
}

function compound(
    type: 'Address' | 'Location',
    parts: readonly (readonly [key: string, field: string])[],
    row: Row,
    object: ObjectDef
): SObject | null {
    const record = new SObject(type);
    let empty = true;
    for (const [key, name] of parts) {
        if (!object.fields.has(name.toLowerCase())) continue;
        const value = row[name] ?? null;
        empty &&= value === null;
        record.fill(key, value);
    }
    return empty ? null : record;
}
