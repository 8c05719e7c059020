import { documentsOf, flagOf, textOf } from '../schema/document.ts';
import { isDeleted } from '../store/row.ts';
import { Id } from '../values/index.ts';
import { grantField, grantObject, noGrants } from './grants.ts';
import { builtInProfile, PROFILE_METADATA_NAMES } from './profiles.ts';
import type { MetadataDocument, MetadataRegistry } from '../org/metadata-registry.ts';
import type { Schema } from '../schema/types.ts';
import type { Store } from '../store/store.ts';
import type { Row } from '../store/row.ts';
import type { FieldDef } from '../schema/types.ts';
import type { Grants } from './grants.ts';
import type { BuiltInProfile } from './profiles.ts';
import type { FieldPermission, ObjectPermission } from './types.ts';

export interface UserGrants extends Grants {
    readonly profile: BuiltInProfile;
}

export interface GrantSources {
    readonly metadata: MetadataRegistry;
    readonly store: Store;
    readonly schema: Schema;
}

const METADATA_SOURCES = [
    'PermissionSet',
    'PermissionSetGroup',
    'Profile',
    'ApexClass',
    'CustomPermission',
    'ExternalCredentialParameter'
];
const TABLE_SOURCES = [
    'User',
    'Profile',
    'PermissionSet',
    'PermissionSetAssignment',
    'PermissionSetGroupComponent',
    'ObjectPermissions',
    'FieldPermissions',
    'SetupEntityAccess'
];

/** Answers a number that rises whenever somebody's grants may have changed. */
export function grantsVersion({ metadata, store, schema }: GrantSources): () => number {
    const tables = TABLE_SOURCES.map((object) => store.table(object));
    return () => {
        let version = schema.version;
        for (const type of METADATA_SOURCES) version += metadata.version(type);
        for (const table of tables) version += table.revision;
        return version;
    };
}

export function grantsOf(userId: string, sources: GrantSources): UserGrants {
    const { store, metadata } = sources;
    const profileId = store.table('User').get(userId)?.ProfileId;
    const profileRow = profileId instanceof Id ? store.table('Profile').get(profileId.value) : undefined;
    const label = String(profileRow?.Name ?? '');
    const grants: UserGrants = { ...noGrants(), profile: builtInProfile(label) };
    const name = PROFILE_METADATA_NAMES[label] ?? label;
    const document = metadata.get('Profile', name)?.document ?? metadata.get('Profile', label)?.document;
    if (document !== undefined) addDocument(grants, document);
    if (profileId instanceof Id) {
        for (const row of childrenOf('PermissionSet', 'ProfileId', profileId.value, sources))
            addSet(grants, row, sources);
    }
    for (const id of assignedSets(userId, sources)) {
        const row = store.table('PermissionSet').get(id);
        if (row !== undefined && row.HasActivationRequired !== true) addSet(grants, row, sources);
    }
    return grants;
}

/** Permission sets assigned to the user by themselves or in a group. */
function assignedSets(userId: string, sources: GrantSources): Set<string> {
    const ids = new Set<string>();
    for (const assignment of childrenOf('PermissionSetAssignment', 'AssigneeId', userId, sources)) {
        if (assignment.PermissionSetId instanceof Id) ids.add(assignment.PermissionSetId.value);
        const group = assignment.PermissionSetGroupId;
        if (!(group instanceof Id)) continue;
        for (const member of childrenOf('PermissionSetGroupComponent', 'PermissionSetGroupId', group.value, sources)) {
            ids.add((member.PermissionSetId as Id).value);
        }
    }
    return ids;
}

function childrenOf(object: string, lookup: string, id: string, { store, schema }: GrantSources): Row[] {
    const field = schema.object(object)?.fields.get(lookup.toLowerCase()) as FieldDef;
    const table = store.table(object);
    const rows = [...table.find(field, id)].map((child) => table.get(child));
    return rows.filter((row): row is Row => row !== undefined && !isDeleted(row));
}

const OBJECT_PERMISSION_FIELDS: readonly (readonly [field: string, permission: ObjectPermission])[] = [
    ['PermissionsRead', 'read'],
    ['PermissionsCreate', 'create'],
    ['PermissionsEdit', 'edit'],
    ['PermissionsDelete', 'delete'],
    ['PermissionsViewAllRecords', 'viewAll'],
    ['PermissionsModifyAllRecords', 'modifyAll']
];

/** What a permission set says of objects and fields. */
export function addRecordPermissions(grants: Grants, id: string, sources: GrantSources): void {
    for (const row of childrenOf('ObjectPermissions', 'ParentId', id, sources)) {
        const object = String(row.SobjectType);
        const granted = OBJECT_PERMISSION_FIELDS.filter(([field]) => row[field] === true);
        grantObject(grants, object, ...granted.map(([, permission]) => permission));
        if (row.PermissionsViewAllFields === true) grants.allFields.add(object.toLowerCase());
    }
    for (const row of childrenOf('FieldPermissions', 'ParentId', id, sources)) {
        grantField(grants, String(row.Field), ...fieldPermissions(row.PermissionsRead, row.PermissionsEdit));
    }
}

function addSet(grants: Grants, set: Row, sources: GrantSources): void {
    const id = (set.Id as Id).value;
    addRecordPermissions(grants, id, sources);
    for (const [field, value] of Object.entries(set)) {
        if (field.startsWith('Permissions') && value === true) {
            grants.userPermissions.add(field.slice('Permissions'.length).toLowerCase());
        }
    }
    for (const row of childrenOf('SetupEntityAccess', 'ParentId', id, sources)) addEntity(grants, row, sources);
}

function fieldPermissions(read: unknown, edit: unknown): FieldPermission[] {
    return [...(read === true ? ['read' as const] : []), ...(edit === true ? ['edit' as const] : [])];
}

function addEntity(grants: Grants, row: Row, { metadata, store }: GrantSources): void {
    const entity = row.SetupEntityId;
    if (!(entity instanceof Id)) return;
    const apexClass = store.table('ApexClass').get(entity.value);
    if (apexClass !== undefined) grants.classes.add(String(apexClass.Name).toLowerCase());
    const permission = metadata.list('CustomPermission').find((component) => component.id === entity.value);
    if (permission !== undefined) grants.customPermissions.add(permission.fullName.toLowerCase());
    const principal = metadata.list('ExternalCredentialParameter').find((component) => component.id === entity.value);
    if (principal !== undefined) grants.principals.add(principal.fullName.toLowerCase());
}

/** A deployed profile, which has the elements of a permission set. */
function addDocument(grants: Grants, document: MetadataDocument): void {
    for (const entry of documentsOf(document, 'objectPermissions')) {
        const flags: readonly (readonly [string, ObjectPermission])[] = [
            ['allowRead', 'read'],
            ['allowCreate', 'create'],
            ['allowEdit', 'edit'],
            ['allowDelete', 'delete'],
            ['viewAllRecords', 'viewAll'],
            ['modifyAllRecords', 'modifyAll']
        ];
        const granted = flags.filter(([flag]) => flagOf(entry, flag)).map(([, permission]) => permission);
        grantObject(grants, textOf(entry, 'object') ?? '', ...granted);
    }
    for (const entry of documentsOf(document, 'fieldPermissions')) {
        const granted = fieldPermissions(flagOf(entry, 'readable'), flagOf(entry, 'editable'));
        grantField(grants, textOf(entry, 'field') ?? '', ...granted);
    }
    addEnabled(grants.classes, document, 'classAccesses', 'apexClass');
    addEnabled(grants.userPermissions, document, 'userPermissions', 'name');
    addEnabled(grants.customPermissions, document, 'customPermissions', 'name');
    addEnabled(grants.principals, document, 'externalCredentialPrincipalAccesses', 'externalCredentialPrincipal');
}

function addEnabled(names: Set<string>, document: MetadataDocument, element: string, key: string): void {
    for (const entry of documentsOf(document, element)) {
        const name = textOf(entry, key);
        if (name !== undefined && flagOf(entry, 'enabled')) names.add(name.toLowerCase());
    }
}
