import { isCompound } from '../../schema/field.ts';
import { fieldToJson } from '../rest/field-json.ts';
import { ApexDate, Datetime, Decimal, Double, type FieldValue, type SObject } from '../../values/index.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';

export interface FieldRepresentation {
    readonly displayValue: string | null;
    readonly value: unknown;
}

/** Fields of a record by API name, parents as `Owner: {value: record}`. Source: UI API Developer Guide, Record. */
export function recordRepresentation(record: SObject, schema: Schema): Record<string, unknown> {
    const object = schema.object(record.type);
    const fields: Record<string, FieldRepresentation> = {};
    for (const { kind, name } of record.selection ?? []) {
        if (kind === 'field') {
            const field = object?.fields.get(name.toLowerCase());
            fields[field?.name ?? name] = fieldRepresentation(record.get(name) ?? null, field);
        } else if (kind === 'parent') {
            const parent = record.parent(name) ?? null;
            const displayValue = parent === null ? null : String(parent.get('Name') ?? '') || null;
            fields[name] = { displayValue, value: parent === null ? null : recordRepresentation(parent, schema) };
        }
    }
    const modified = record.get('LastModifiedDate');
    const stamp = record.get('SystemModstamp');
    return {
        apiName: record.type,
        childRelationships: {},
        eTag: `"${record.id?.value ?? ''}-${stamp instanceof Datetime ? stamp.ms : 0}"`,
        fields,
        id: record.id,
        lastModifiedById: record.get('LastModifiedById') ?? null,
        lastModifiedDate: modified instanceof Datetime ? modified.toRest() : null,
        recordTypeId: record.get('RecordTypeId') ?? null,
        recordTypeInfo: null,
        systemModstamp: stamp instanceof Datetime ? stamp.toRest() : null,
        weakEtag: stamp instanceof Datetime ? stamp.ms : 0
    };
}

export function fieldRepresentation(value: FieldValue, field: FieldDef | undefined): FieldRepresentation {
    return { displayValue: displayValue(value, field), value: fieldToJson(value) };
}

/** What the platform shows in the user's locale, en_US here; null where the value itself is what it shows. */
function displayValue(value: FieldValue, field: FieldDef | undefined): string | null {
    if (value === null || field === undefined) {
        return null;
    }
    if (field.type === 'picklist') {
        return field.picklistValues.find((option) => option.value === value)?.label ?? String(value);
    }
    if (value instanceof Decimal || value instanceof Double || typeof value === 'number' || typeof value === 'bigint') {
        return numberText(Number(value.toString()), field);
    }
    if (value instanceof ApexDate) {
        return `${value.month}/${value.day}/${value.year}`;
    }
    return value instanceof Datetime ? DATE_TIME.format(value.ms) : null;
}

const DATE_TIME = new Intl.DateTimeFormat('en-US', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'UTC'
});

function numberText(value: number, { type, scale }: FieldDef): string {
    const digits = { minimumFractionDigits: scale, maximumFractionDigits: scale };
    if (type === 'currency') {
        return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', ...digits }).format(value);
    }
    const text = new Intl.NumberFormat('en-US', digits).format(value);
    return type === 'percent' ? `${text}%` : text;
}

/** GET /ui-api/object-info/<object>. */
export function objectInfoRepresentation(
    object: ObjectDef,
    allowed: (permission: 'read' | 'create' | 'edit' | 'delete') => boolean,
    fields: readonly FieldDef[],
    editable: (field: FieldDef) => boolean
): Record<string, unknown> {
    const representations = fields.map((field) => [
        field.name,
        {
            apiName: field.name,
            calculated: field.calculated,
            compound: isCompound(field),
            createable: field.createable && editable(field),
            custom: field.custom,
            dataType: dataType(field),
            externalId: field.externalId,
            filterable: field.filterable,
            inlineHelpText: field.helpText ?? null,
            label: field.label,
            length: field.length,
            nameField: field.nameField,
            precision: field.precision,
            reference: field.type === 'reference',
            referenceToInfos: field.referenceTo.map((apiName) => ({ apiName, nameFields: ['Name'] })),
            relationshipName: field.relationshipName ?? null,
            required: !field.nillable && !field.defaultedOnCreate,
            scale: field.scale,
            sortable: field.sortable,
            unique: field.unique,
            updateable: field.updateable && editable(field)
        }
    ]);
    return {
        apiName: object.name,
        createable: object.createable && allowed('create'),
        custom: object.kind === 'custom',
        deletable: object.deletable && allowed('delete'),
        fields: Object.fromEntries(representations) as Record<string, unknown>,
        keyPrefix: object.keyPrefix,
        label: object.label,
        labelPlural: object.labelPlural,
        nameFields: object.nameField === undefined ? [] : [object.nameField.name],
        queryable: object.queryable,
        updateable: object.updateable && allowed('edit')
    };
}

const DATA_TYPES: Readonly<Record<string, string>> = {
    anyType: 'AnyType',
    base64: 'Base64',
    combobox: 'ComboBox',
    complexvalue: 'ComplexValue',
    datetime: 'DateTime',
    encryptedstring: 'EncryptedString',
    id: 'Reference',
    multipicklist: 'MultiPicklist',
    textarea: 'TextArea'
};

function dataType({ type }: FieldDef): string {
    return DATA_TYPES[type] ?? type.charAt(0).toUpperCase() + type.slice(1);
}
