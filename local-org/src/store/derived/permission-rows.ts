import { Id } from '../../values/index.ts';
import { documentsOf, flagOf, textOf, textsOf } from '../../schema/document.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from '../../org/metadata-registry.ts';
import type { FieldValue } from '../../values/index.ts';
import type { Row } from '../row.ts';

/** Gives the derived rows that are no components of their own an id that stays. */
export type KeyedId = (keyPrefix: string, key: string) => Id;

export function* permissionSetRows(metadata: MetadataRegistry): Iterable<Row> {
    for (const component of metadata.list('PermissionSet')) {
        yield {
            Id: Id.of(component.id),
            Name: component.fullName,
            Label: textOf(component.document, 'label') ?? component.fullName,
            Description: textOf(component.document, 'description') ?? null,
            IsCustom: true,
            IsOwnedByProfile: false,
            HasActivationRequired: flagOf(component.document, 'hasActivationRequired'),
            Type: flagOf(component.document, 'hasActivationRequired') ? 'Session' : 'Regular',
            ...userPermissionFields(component.document)
        };
    }
}

/** `ApiEnabled` is the field `PermissionsApiEnabled` of a PermissionSet row. */
function userPermissionFields(document: MetadataDocument | undefined): Record<string, FieldValue> {
    const fields: Record<string, FieldValue> = {};
    for (const permission of documentsOf(document, 'userPermissions')) {
        if (flagOf(permission, 'enabled')) fields[`Permissions${textOf(permission, 'name') ?? ''}`] = true;
    }
    return fields;
}

export function* permissionSetGroupRows(metadata: MetadataRegistry): Iterable<Row> {
    for (const component of metadata.list('PermissionSetGroup')) {
        const MasterLabel = textOf(component.document, 'label') ?? component.fullName;
        yield { Id: Id.of(component.id), DeveloperName: component.fullName, MasterLabel, Status: 'Updated' };
    }
}

export function* permissionSetGroupComponentRows(metadata: MetadataRegistry, id: KeyedId): Iterable<Row> {
    for (const group of metadata.list('PermissionSetGroup')) {
        for (const name of textsOf(group.document, 'permissionSets')) {
            const set = metadata.get('PermissionSet', name);
            if (set === undefined) continue;
            const Id18 = id('0PM', `${group.id}/${set.id}`);
            yield { Id: Id18, PermissionSetGroupId: Id.of(group.id), PermissionSetId: Id.of(set.id) };
        }
    }
}

export function* objectPermissionRows(metadata: MetadataRegistry, id: KeyedId): Iterable<Row> {
    for (const [set, entry] of entriesOf(metadata, 'objectPermissions')) {
        const object = textOf(entry, 'object') ?? '';
        yield {
            Id: id('110', `${set.id}/${object}`),
            ParentId: Id.of(set.id),
            SobjectType: object,
            PermissionsRead: flagOf(entry, 'allowRead'),
            PermissionsCreate: flagOf(entry, 'allowCreate'),
            PermissionsEdit: flagOf(entry, 'allowEdit'),
            PermissionsDelete: flagOf(entry, 'allowDelete'),
            PermissionsViewAllRecords: flagOf(entry, 'viewAllRecords'),
            PermissionsModifyAllRecords: flagOf(entry, 'modifyAllRecords'),
            PermissionsViewAllFields: flagOf(entry, 'viewAllFields')
        };
    }
}

export function* fieldPermissionRows(metadata: MetadataRegistry, id: KeyedId): Iterable<Row> {
    for (const [set, entry] of entriesOf(metadata, 'fieldPermissions')) {
        const field = textOf(entry, 'field') ?? '';
        yield {
            Id: id('01k', `${set.id}/${field}`),
            ParentId: Id.of(set.id),
            SobjectType: field.slice(0, field.indexOf('.')),
            Field: field,
            PermissionsRead: flagOf(entry, 'readable'),
            PermissionsEdit: flagOf(entry, 'editable')
        };
    }
}

interface EntityAccess {
    readonly element: string;
    readonly name: string;
    readonly entityType: string;
    readonly metadataType: string;
}

/** What a permission set opens besides objects, fields and user permissions, as SetupEntityAccess shows it. */
const ENTITY_ACCESSES: readonly EntityAccess[] = [
    { element: 'classAccesses', name: 'apexClass', entityType: 'ApexClass', metadataType: 'ApexClass' },
    { element: 'pageAccesses', name: 'apexPage', entityType: 'ApexPage', metadataType: 'ApexPage' },
    { element: 'customPermissions', name: 'name', entityType: 'CustomPermission', metadataType: 'CustomPermission' },
    {
        element: 'externalCredentialPrincipalAccesses',
        name: 'externalCredentialPrincipal',
        entityType: 'ExternalCredentialParameter',
        metadataType: 'ExternalCredentialParameter'
    }
];

/** Metadata types of what SetupEntityAccess names. */
export const SETUP_ENTITY_TYPES: readonly string[] = ENTITY_ACCESSES.map(({ metadataType }) => metadataType);

export function* setupEntityAccessRows(metadata: MetadataRegistry, id: KeyedId): Iterable<Row> {
    for (const { element, name, entityType, metadataType } of ENTITY_ACCESSES) {
        for (const [set, entry] of entriesOf(metadata, element)) {
            const entity = metadata.get(metadataType, textOf(entry, name) ?? '');
            if (entity === undefined || !flagOf(entry, 'enabled')) continue;
            yield {
                Id: id('0J0', `${set.id}/${entity.id}`),
                ParentId: Id.of(set.id),
                SetupEntityId: Id.of(entity.id),
                SetupEntityType: entityType
            };
        }
    }
}

function* entriesOf(metadata: MetadataRegistry, element: string): Iterable<[MetadataComponent, MetadataDocument]> {
    for (const set of metadata.list('PermissionSet')) {
        for (const entry of documentsOf(set.document, element)) yield [set, entry];
    }
}
