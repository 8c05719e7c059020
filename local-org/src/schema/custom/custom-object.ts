import { documentOf, textOf } from '../document.ts';
import { defineField, labelOf, SYSTEM_FIELDS } from '../field.ts';
import type { MetadataComponent, MetadataDocument } from '../../org/metadata-registry.ts';
import type { FieldDef, ObjectKind, SharingModel } from '../types.ts';

/** What a deployed CustomObject document gives its object, without the fields deployed separately. */
export interface CustomObject {
    readonly name: string;
    readonly label: string;
    readonly labelPlural: string;
    readonly keyPrefix: string;
    readonly kind: ObjectKind;
    readonly sharingModel: SharingModel;
    readonly fields: readonly FieldDef[];
}

const KIND_BY_SUFFIX: readonly (readonly [suffix: string, kind: ObjectKind])[] = [
    ['__mdt', 'customMetadata'],
    ['__e', 'platformEvent'],
    ['__c', 'custom']
];

export function customObject(component: MetadataComponent, hasMaster: boolean): CustomObject | undefined {
    const { fullName: name, document } = component;
    const suffix = KIND_BY_SUFFIX.find(([ending]) => name.toLowerCase().endsWith(ending));
    if (suffix === undefined || document === undefined) return undefined;
    const kind = textOf(document, 'customSettingsType') === undefined ? suffix[1] : 'customSetting';
    const label = textOf(document, 'label') ?? labelOf(name.slice(0, name.lastIndexOf('__')));
    return {
        name,
        label,
        labelPlural: textOf(document, 'pluralLabel') ?? label,
        keyPrefix: keyPrefixOf(component.id, kind),
        kind,
        sharingModel: hasMaster ? 'ControlledByParent' : sharingModelOf(document),
        fields: ownFields(kind, document, hasMaster)
    };
}

/** `sharingModel` of a CustomObject document; public read and write when it names none. */
export function sharingModelOf(document: MetadataDocument): SharingModel {
    const model = textOf(document, 'sharingModel');
    return model === 'Read' || model === 'Private' || model === 'ControlledByParent' ? model : 'ReadWrite';
}

/** `a`, `e` or `m` and two characters that follow from the id of the component, so that they stay over redeploys. */
function keyPrefixOf(componentId: string, kind: ObjectKind): string {
    const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const head = kind === 'customMetadata' ? 'm' : kind === 'platformEvent' ? 'e' : 'a';
    const tail = [...componentId.slice(13, 15)].map((char) => (digits.includes(char) ? char : '0'));
    return head + tail.join('').padStart(2, '0');
}

function ownFields(kind: ObjectKind, document: MetadataDocument, hasMaster: boolean): FieldDef[] {
    switch (kind) {
        case 'customMetadata':
            return customMetadataFields();
        case 'platformEvent':
            return platformEventFields();
        case 'customSetting':
            return customSettingFields();
        default:
            return customObjectFields(document, hasMaster);
    }
}

function customObjectFields(document: MetadataDocument, hasMaster: boolean): FieldDef[] {
    const owner = defineField({
        name: 'OwnerId',
        label: 'Owner ID',
        type: 'reference',
        length: 18,
        nillable: false,
        defaultedOnCreate: true,
        referenceTo: ['Group', 'User'],
        relationshipName: 'Owner'
    });
    const activity = [SYSTEM_FIELDS.LastActivityDate, SYSTEM_FIELDS.LastViewedDate, SYSTEM_FIELDS.LastReferencedDate];
    return defined([
        SYSTEM_FIELDS.Id,
        hasMaster ? undefined : owner,
        SYSTEM_FIELDS.IsDeleted,
        nameFieldOf(documentOf(document, 'nameField')),
        ...auditFields(),
        ...activity
    ]);
}

function nameFieldOf(document: MetadataDocument | undefined): FieldDef {
    const autoNumber = textOf(document, 'type') === 'AutoNumber';
    const format = textOf(document, 'displayFormat');
    return defineField({
        name: 'Name',
        label: textOf(document, 'label') ?? 'Name',
        type: 'string',
        length: 80,
        nameField: true,
        idLookup: true,
        autoNumber,
        nillable: !autoNumber,
        createable: !autoNumber,
        updateable: !autoNumber,
        defaultedOnCreate: true,
        // The display format of the number: `INV-{0000}`.
        ...(autoNumber && format !== undefined && { defaultValue: format })
    });
}

function customMetadataFields(): FieldDef[] {
    const readOnly = { createable: false, updateable: false } as const;
    const text = { type: 'string', ...readOnly } as const;
    return defined([
        SYSTEM_FIELDS.Id,
        defineField({ name: 'DeveloperName', ...text, length: 40, nillable: false, idLookup: true }),
        defineField({ name: 'MasterLabel', label: 'Label', ...text, length: 40, nillable: false, nameField: true }),
        defineField({ name: 'Language', type: 'picklist', length: 40, nillable: false, ...readOnly }),
        defineField({ name: 'NamespacePrefix', ...text, length: 15 }),
        defineField({ name: 'Label', ...text, length: 40, nillable: false }),
        defineField({ name: 'QualifiedApiName', ...text, length: 70, nillable: false }),
        SYSTEM_FIELDS.SystemModstamp
    ]);
}

function platformEventFields(): FieldDef[] {
    const readOnly = { createable: false, updateable: false } as const;
    return defined([
        defineField({ name: 'ReplayId', type: 'string', length: 1000, ...readOnly }),
        SYSTEM_FIELDS.CreatedDate,
        SYSTEM_FIELDS.CreatedById,
        defineField({ name: 'EventUuid', type: 'string', length: 36, ...readOnly })
    ]);
}

function customSettingFields(): FieldDef[] {
    const owner = { type: 'reference', length: 18, referenceTo: ['Organization', 'Profile', 'User'] } as const;
    return defined([
        SYSTEM_FIELDS.Id,
        SYSTEM_FIELDS.IsDeleted,
        defineField({ name: 'Name', type: 'string', length: 80, nameField: true, idLookup: true }),
        defineField({ name: 'SetupOwnerId', ...owner, relationshipName: 'SetupOwner', defaultedOnCreate: true }),
        ...auditFields()
    ]);
}

function auditFields(): (FieldDef | undefined)[] {
    const { CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp } = SYSTEM_FIELDS;
    return [CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp];
}

function defined(fields: readonly (FieldDef | undefined)[]): FieldDef[] {
    return fields.filter((field) => field !== undefined);
}
