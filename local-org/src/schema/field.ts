import type { FieldDef, FieldType, PicklistValue } from './types.ts';

const UNFILTERABLE: ReadonlySet<FieldType> = new Set(['base64', 'complexvalue', 'encryptedstring']);
const UNGROUPABLE: ReadonlySet<FieldType> = new Set([
    ...UNFILTERABLE,
    'datetime',
    'double',
    'currency',
    'percent',
    'multipicklist',
    'address',
    'location',
    'textarea'
]);
/** Texts beyond this length cannot be filtered or sorted by. */
const LONG_TEXT = 255;

/** The row's own id. Other columns may be of the type too: `SetupEntityAccess.SetupEntityId` names a component. */
export function isRecordId({ name }: Pick<FieldDef, 'name'>): boolean {
    return name === 'Id';
}

/** Kept as a record of its parts: an address or a geolocation. */
export function isCompound({ type }: Pick<FieldDef, 'type'>): boolean {
    return type === 'address' || type === 'location';
}

export function isLongText({ type, length = 0 }: Pick<FieldDef, 'type'> & Partial<FieldDef>): boolean {
    return type === 'textarea' && length > LONG_TEXT;
}

/** A field with the given properties and the platform's usual values for the others. */
export function defineField(given: Partial<FieldDef> & Pick<FieldDef, 'name' | 'type'>): FieldDef {
    const long = isLongText(given);
    return {
        label: labelOf(given.name),
        custom: false,
        length: 0,
        precision: 0,
        scale: 0,
        nillable: true,
        createable: true,
        updateable: true,
        defaultedOnCreate: given.type === 'boolean',
        unique: false,
        caseSensitive: false,
        externalId: false,
        idLookup: false,
        nameField: false,
        autoNumber: false,
        calculated: false,
        filterable: !long && !UNFILTERABLE.has(given.type),
        sortable: !long && !UNFILTERABLE.has(given.type) && given.type !== 'multipicklist',
        groupable: !UNGROUPABLE.has(given.type),
        restrictedPicklist: false,
        picklistValues: [],
        referenceTo: [],
        cascadeDelete: false,
        writeRequiresMasterRead: false,
        ...given
    };
}

const READ_ONLY = { createable: false, updateable: false, nillable: false, defaultedOnCreate: true } as const;
const SYSTEM_USER = { type: 'reference', length: 18, referenceTo: ['User'], ...READ_ONLY } as const;

/** Fields the platform keeps itself, keyed by name. */
export const SYSTEM_FIELDS: Readonly<Record<string, FieldDef>> = Object.fromEntries(
    [
        defineField({ name: 'Id', label: 'Record ID', type: 'id', length: 18, ...READ_ONLY, idLookup: true }),
        defineField({ name: 'IsDeleted', label: 'Deleted', type: 'boolean', ...READ_ONLY }),
        defineField({ name: 'CreatedDate', type: 'datetime', ...READ_ONLY }),
        defineField({ name: 'CreatedById', label: 'Created By ID', relationshipName: 'CreatedBy', ...SYSTEM_USER }),
        defineField({ name: 'LastModifiedDate', type: 'datetime', ...READ_ONLY }),
        defineField({
            name: 'LastModifiedById',
            label: 'Last Modified By ID',
            relationshipName: 'LastModifiedBy',
            ...SYSTEM_USER
        }),
        defineField({ name: 'SystemModstamp', type: 'datetime', ...READ_ONLY }),
        defineField({ name: 'LastActivityDate', type: 'date', ...READ_ONLY, nillable: true, defaultedOnCreate: false }),
        defineField({ name: 'LastViewedDate', type: 'datetime', ...READ_ONLY, nillable: true }),
        defineField({ name: 'LastReferencedDate', type: 'datetime', ...READ_ONLY, nillable: true })
    ].map((field) => [field.name, field])
);

/** `AnnualRevenue` is labelled `Annual Revenue`. */
export function labelOf(name: string): string {
    const words = name.replace(/Id$/, ' ID').replace(/([a-z0-9])([A-Z])/g, '$1 $2');
    return words.replace(/  +/g, ' ').trim();
}

export function picklistValue(value: string, defaultValue: boolean): PicklistValue {
    return { value, label: value, active: true, defaultValue };
}

/** The relationship name of a reference field: `OwnerId` gives `Owner`, `Account__c` gives `Account__r`. */
export function relationshipNameOf(field: string): string {
    if (field.endsWith('__c')) return `${field.slice(0, -3)}__r`;
    return field.replace(/Id$/, '');
}
