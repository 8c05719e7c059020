import { documentOf, documentsOf, flagOf, numberOf, textOf } from '../document.ts';
import { defineField, labelOf, relationshipNameOf } from '../field.ts';
import type { MetadataDocument, MetadataRegistry } from '../../org/metadata-registry.ts';
import type { FieldDef, FieldType, PicklistValue, SummaryDef } from '../types.ts';

/** Metadata API field types (Metadata API Guide, "CustomField") and the describe type each becomes. */
const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
    AutoNumber: 'string',
    Checkbox: 'boolean',
    Currency: 'currency',
    Date: 'date',
    DateTime: 'datetime',
    Email: 'email',
    EncryptedText: 'encryptedstring',
    ExternalLookup: 'reference',
    Hierarchy: 'reference',
    Html: 'textarea',
    IndirectLookup: 'reference',
    Location: 'location',
    LongTextArea: 'textarea',
    Lookup: 'reference',
    MasterDetail: 'reference',
    MetadataRelationship: 'reference',
    MultiselectPicklist: 'multipicklist',
    Number: 'double',
    Percent: 'percent',
    Phone: 'phone',
    Picklist: 'picklist',
    Text: 'string',
    TextArea: 'textarea',
    Time: 'time',
    Url: 'url'
};

const TEXT_LENGTHS: Readonly<Record<string, number>> = {
    AutoNumber: 30,
    Email: 80,
    MultiselectPicklist: 4099,
    Phone: 40,
    Picklist: 255,
    TextArea: 255,
    Url: 255
};

/** Fields that a deployed CustomField adds to its object: one, or three for a geolocation. */
export function customFields(name: string, document: MetadataDocument, metadata: MetadataRegistry): FieldDef[] {
    const kind = textOf(document, 'type');
    if (kind === 'Summary') return [summaryField(name, document, metadata)];
    const type = kind === undefined ? undefined : namesDefinition(document) ? 'string' : FIELD_TYPES[kind];
    if (kind === undefined || type === undefined) return [];
    if (kind === 'Location') return locationFields(name, document);
    const required = flagOf(document, 'required') || kind === 'MasterDetail';
    const calculated = textOf(document, 'formula') !== undefined;
    const writable = !calculated && kind !== 'AutoNumber';
    const reparentable = kind !== 'MasterDetail' || flagOf(document, 'reparentableMasterDetail');
    const field = defineField({
        ...commonProperties(name, document),
        type,
        length: textLength(kind, type, document),
        ...numberProperties(type, document),
        nillable: !required && type !== 'boolean',
        createable: writable,
        updateable: writable && reparentable,
        defaultedOnCreate:
            type === 'boolean' || kind === 'AutoNumber' || textOf(document, 'defaultValue') !== undefined,
        autoNumber: kind === 'AutoNumber',
        calculated,
        ...keyProperties(document),
        ...picklistProperties(kind, document, metadata),
        ...referenceProperties(kind, name, document)
    });
    return [field];
}

/** A relationship to an object or field holds its API name, not the id of a record. */
function namesDefinition(document: MetadataDocument): boolean {
    const target = textOf(document, 'referenceTo');
    return target === 'EntityDefinition' || target === 'FieldDefinition' || target === 'EntityParticle';
}

/** Roll-up summaries are read-only; the type is that of the field they look at, a number for a count. */
function summaryField(name: string, document: MetadataDocument, metadata: MetadataRegistry): FieldDef {
    const summary = summaryOf(document);
    const source = metadata.get('CustomField', textOf(document, 'summarizedField') ?? '')?.document;
    const kind = textOf(source, 'type') ?? 'Currency';
    const type = summary.operation === 'count' ? 'double' : (FIELD_TYPES[kind] ?? 'currency');
    const numbers = numberProperties(type, source ?? { precision: '18', scale: '2' });
    return defineField({
        ...commonProperties(name, document),
        type,
        precision: 18,
        ...numbers,
        ...(summary.operation === 'count' && { scale: 0 }),
        createable: false,
        updateable: false,
        calculated: true,
        summary
    });
}

/** Names in metadata carry their object: `Session__c.Slots__c`. */
function summaryOf(document: MetadataDocument): SummaryDef {
    const [childObject = '', foreignKey = ''] = (textOf(document, 'summaryForeignKey') ?? '').split('.');
    const filters = documentsOf(document, 'summaryFilterItems').map((item) => ({
        field: memberOf(textOf(item, 'field') ?? ''),
        operation: textOf(item, 'operation') ?? 'equals',
        values: (textOf(item, 'value') ?? '').split(',').map((value) => value.trim())
    }));
    const summarized = textOf(document, 'summarizedField');
    return {
        operation: (textOf(document, 'summaryOperation') ?? 'sum') as SummaryDef['operation'],
        childObject,
        foreignKey,
        field: summarized === undefined ? undefined : memberOf(summarized),
        filters
    };
}

function memberOf(path: string): string {
    return path.slice(path.indexOf('.') + 1);
}

function locationFields(name: string, document: MetadataDocument): FieldDef[] {
    const common = commonProperties(name, document);
    const part = { ...common, type: 'double', precision: 18, scale: numberOf(document, 'scale') ?? 5 } as const;
    const stem = name.slice(0, -'__c'.length);
    return [
        defineField({ ...part, name: `${stem}__Latitude__s`, label: `${common.label} (Latitude)` }),
        defineField({ ...part, name: `${stem}__Longitude__s`, label: `${common.label} (Longitude)` }),
        defineField({ ...common, type: 'location', createable: false, updateable: false, filterable: false })
    ];
}

function commonProperties(name: string, document: MetadataDocument) {
    const format = textOf(document, 'type') === 'AutoNumber' ? textOf(document, 'displayFormat') : undefined;
    const defaultValue = format ?? textOf(document, 'defaultValue');
    const formula = textOf(document, 'formula');
    const helpText = textOf(document, 'inlineHelpText');
    return {
        name,
        label: textOf(document, 'label') ?? labelOf(name),
        custom: name.toLowerCase().endsWith('__c'),
        ...(defaultValue !== undefined && { defaultValue }),
        ...(formula !== undefined && { formula }),
        ...(helpText !== undefined && { helpText })
    };
}

function textLength(kind: string, type: FieldType, document: MetadataDocument): number {
    if (type === 'reference') return 18;
    if (kind === 'MetadataRelationship') return 255;
    if (textOf(document, 'formula') !== undefined) return type === 'string' ? 1300 : 0;
    return TEXT_LENGTHS[kind] ?? numberOf(document, 'length') ?? 0;
}

function numberProperties(type: FieldType, document: MetadataDocument): Partial<FieldDef> {
    if (type !== 'double' && type !== 'currency' && type !== 'percent') return {};
    return { precision: numberOf(document, 'precision') ?? 18, scale: numberOf(document, 'scale') ?? 0 };
}

function keyProperties(document: MetadataDocument): Partial<FieldDef> {
    const unique = flagOf(document, 'unique');
    const externalId = flagOf(document, 'externalId');
    return { unique, externalId, idLookup: externalId, caseSensitive: flagOf(document, 'caseSensitive') };
}

function picklistProperties(kind: string, document: MetadataDocument, metadata: MetadataRegistry): Partial<FieldDef> {
    if (kind !== 'Picklist' && kind !== 'MultiselectPicklist') return {};
    const valueSet = documentOf(document, 'valueSet');
    const global = textOf(valueSet, 'valueSetName');
    const shared = global === undefined ? undefined : metadata.get('GlobalValueSet', global)?.document;
    const own = documentsOf(documentOf(valueSet, 'valueSetDefinition'), 'value');
    const picklistValues = (shared === undefined ? own : documentsOf(shared, 'customValue')).map(customValue);
    const defaultValue = picklistValues.find((value) => value.defaultValue)?.value;
    return {
        picklistValues,
        restrictedPicklist: flagOf(valueSet, 'restricted') || global !== undefined,
        ...(defaultValue !== undefined && { defaultedOnCreate: true })
    };
}

function customValue(document: MetadataDocument): PicklistValue {
    const value = textOf(document, 'fullName') ?? '';
    return {
        value,
        label: textOf(document, 'label') ?? value,
        active: textOf(document, 'isActive') !== 'false',
        defaultValue: flagOf(document, 'default')
    };
}

function referenceProperties(kind: string, name: string, document: MetadataDocument): Partial<FieldDef> {
    if (FIELD_TYPES[kind] !== 'reference') return {};
    const target = kind === 'Hierarchy' ? 'User' : textOf(document, 'referenceTo');
    return {
        referenceTo: target === undefined ? [] : [target],
        relationshipName: relationshipNameOf(name),
        cascadeDelete: kind === 'MasterDetail' || textOf(document, 'deleteConstraint') === 'Cascade',
        writeRequiresMasterRead: flagOf(document, 'writeRequiresMasterRead')
    };
}
