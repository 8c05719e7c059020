import { Id } from '../values/index.ts';
import { HIDDEN_FIELDS, WITHHELD_FROM_ADMINISTRATORS, WITHHELD_OBJECTS } from './profiles.ts';
import { Sharing } from './sharing.ts';
import { addRecordPermissions, grantsOf, grantsVersion } from './user-grants.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { Access, FieldPermission, ObjectPermission } from './types.ts';
import type { GrantSources, UserGrants } from './user-grants.ts';

/** Permissions of the users of one org, from the rows and documents that say them; see `user-grants.ts`. */
export function createAccess(metadata: MetadataRegistry, store: Store, schema: Schema): Access {
    return new OrgAccess({ metadata, store, schema });
}

/** No profile takes these from a user; which of their fields it shows still differs. */
const ACTIVITIES: ReadonlySet<string> = new Set(['event', 'task']);

/** Files and attachments have no permissions of their own: who has the record has them. */
const FILES: ReadonlySet<string> = new Set(['attachment', 'contentdocument', 'contentdocumentlink', 'contentversion']);

class OrgAccess implements Access {
    readonly #sources: GrantSources;
    readonly #sharing: Sharing;
    readonly #currentVersion: () => number;
    #version = -1;
    readonly #grants = new Map<string, UserGrants>();
    readonly #extended = new Map<string, OrgAccess>();
    readonly #permissionSetId: string | undefined;

    constructor(sources: GrantSources, permissionSetId?: string) {
        this.#sources = sources;
        this.#permissionSetId = permissionSetId;
        this.#currentVersion = grantsVersion(sources);
        this.#sharing = new Sharing(sources.store, sources.schema);
    }

    objectAllowed(userId: string, object: string, permission: ObjectPermission): boolean {
        const grants = this.#of(userId);
        const key = object.toLowerCase();
        if (grants.objects.get(key)?.has(permission)) return true;
        if ((ACTIVITIES.has(key) || FILES.has(key)) && permission !== 'viewAll' && permission !== 'modifyAll')
            return true;
        if (grants.profile.everything && !WITHHELD_OBJECTS.has(key)) return true;
        const all = permission === 'read' || permission === 'viewAll' ? 'viewalldata' : 'modifyalldata';
        if (grants.userPermissions.has(all) || grants.userPermissions.has('modifyalldata')) {
            return !WITHHELD_OBJECTS.has(key);
        }
        const def = this.#sources.schema.object(object);
        if (def === undefined) return false;
        if (permission === 'read' && isOpenToAll(def)) return true;
        return grants.profile.objects[def.name]?.includes(permission) ?? this.#throughMaster(userId, def, permission);
    }

    /** Objects without permissions of their own follow the object they are attached to: shares, line items. */
    #throughMaster(userId: string, def: ObjectDef, permission: ObjectPermission): boolean {
        if (!followsMaster(def) || permission === 'viewAll' || permission === 'modifyAll') return false;
        const [master] = this.#sharing.masters(def);
        const [parent] = master?.referenceTo ?? [];
        return parent !== undefined && this.objectAllowed(userId, parent, permission === 'read' ? 'read' : 'edit');
    }

    fieldAllowed(userId: string, object: string, field: string, permission: FieldPermission): boolean {
        const def = this.#sources.schema.object(object);
        const fieldDef = def?.fields.get(field.toLowerCase());
        if (def === undefined || fieldDef === undefined) return false;
        // `Name` stands for whatever a polymorphic lookup points to; it has no permissions of its own.
        if (def.name === 'Name') return permission === 'read';
        if (!this.objectAllowed(userId, object, 'read')) return false;
        const grants = this.#of(userId);
        if (grants.profile.everything || isAlwaysReadable(def, fieldDef)) return true;
        if (isOpenToAll(def) && permission === 'read') return true;
        if (FILES.has(def.name.toLowerCase())) return true;
        if (def.name === COMMENT) return this.objectAllowed(userId, object, permission);
        const isHidden = HIDDEN_FIELDS.has(`${def.name}.${fieldDef.name}`);
        const byProfile = !fieldDef.custom && !isHidden && grants.profile.objects[def.name] !== undefined;
        if (byProfile || (permission === 'read' && grants.allFields.has(def.name.toLowerCase()))) return true;
        return permissionFields(fieldDef, def).some((name) =>
            grants.fields.get(`${def.name}.${name}`.toLowerCase())?.has(permission)
        );
    }

    classAllowed(userId: string, className: string): boolean {
        const grants = this.#of(userId);
        return grants.profile.everything || grants.classes.has(className.toLowerCase());
    }

    userPermission(userId: string, permission: string): boolean {
        const { profile, userPermissions } = this.#of(userId);
        const key = permission.replace(/^Permissions/, '').toLowerCase();
        if (userPermissions.has(key)) return true;
        if (profile.everything) return !WITHHELD_FROM_ADMINISTRATORS.has(key);
        return profile.userPermissions.some((name) => name.toLowerCase() === key);
    }

    customPermission(userId: string, permission: string): boolean {
        return this.#of(userId).customPermissions.has(permission.toLowerCase());
    }

    principalAllowed(userId: string, principal: string): boolean {
        return this.#of(userId).principals.has(principal.toLowerCase());
    }

    allRecordsVisible(userId: string, object: string): boolean {
        const def = this.#sources.schema.object(object);
        return def !== undefined && this.#openTo(userId, def, 'read');
    }

    recordVisible(userId: string, object: string, recordId: string): boolean {
        return this.#recordAllowed(userId, object, recordId, 'read');
    }

    recordEditable(userId: string, object: string, recordId: string): boolean {
        return this.#recordAllowed(userId, object, recordId, 'edit');
    }

    withPermissionSet(permissionSetId: string): Access {
        const known = this.#extended.get(permissionSetId);
        if (known !== undefined) return known;
        const extended = new OrgAccess(this.#sources, permissionSetId);
        this.#extended.set(permissionSetId, extended);
        return extended;
    }

    #recordAllowed(userId: string, object: string, recordId: string, wanted: 'read' | 'edit'): boolean {
        const def = this.#sources.schema.object(object);
        const row = def && this.#sources.store.table(def.name).get(recordId);
        if (def === undefined || row === undefined) return false;
        if (this.#openTo(userId, def, wanted)) return true;
        if (def.sharingModel === 'ControlledByParent') return this.#masterAllows(userId, def, row, wanted);
        return this.#sharing.sharedWith(userId, def, row, wanted);
    }

    #masterAllows(userId: string, def: ObjectDef, row: Row, wanted: 'read' | 'edit'): boolean {
        const masters = this.#sharing.masters(def).filter((field) => row[field.name] instanceof Id);
        return masters.every((field) => {
            const id = row[field.name] as Id;
            const parent = this.#sources.schema.objectByKeyPrefix(id.prefix);
            const needed = field.writeRequiresMasterRead ? 'read' : wanted;
            return parent === undefined || this.#recordAllowed(userId, parent.name, id.value, needed);
        });
    }

    /** Every record of the object is open to the user, by the org-wide default or by a permission over all. */
    #openTo(userId: string, def: ObjectDef, wanted: 'read' | 'edit'): boolean {
        if (def.kind === 'setup' || def.kind === 'customMetadata' || def.kind === 'customSetting') return true;
        if (def.sharingModel === 'ReadWrite' || (def.sharingModel === 'Read' && wanted === 'read')) return true;
        if (this.objectAllowed(userId, def.name, wanted === 'read' ? 'viewAll' : 'modifyAll')) return true;
        if (def.sharingModel !== 'ControlledByParent') return false;
        const parents = this.#sharing.masters(def).flatMap((field) => field.referenceTo);
        return parents.every((name) => {
            const parent = this.#sources.schema.object(name);
            return parent === undefined || parent === def || this.#openTo(userId, parent, wanted);
        });
    }

    #of(userId: string): UserGrants {
        const version = this.#currentVersion();
        if (version !== this.#version) {
            this.#version = version;
            this.#grants.clear();
        }
        let grants = this.#grants.get(userId);
        if (grants === undefined) {
            grants = grantsOf(userId, this.#sources);
            if (this.#permissionSetId !== undefined) addRecordPermissions(grants, this.#permissionSetId, this.#sources);
            this.#grants.set(userId, grants);
        }
        return grants;
    }
}

/** Users, profiles, record types and other setup data, metadata records and settings are readable by everybody. */
function isOpenToAll(def: ObjectDef): boolean {
    return def.kind === 'setup' || def.kind === 'customMetadata' || def.kind === 'customSetting';
}

/** Fields without field-level security: system fields, names, and fields that are required. */
function isAlwaysReadable(def: ObjectDef, field: FieldDef): boolean {
    return !field.nillable && (field.type !== 'boolean' || !field.createable || def.kind === 'setup')
        ? true
        : field.nameField || UNSECURED.has(field.name);
}

/** Help, "Case Comments": who may edit a case may comment it; comments have no permissions of their own. */
const COMMENT = 'CaseComment';

function followsMaster({ name }: ObjectDef): boolean {
    return name.endsWith('Share') || name === COMMENT;
}

/** Fields that may be empty and that field-level security leaves alone. Record types are assigned, not granted. */
const UNSECURED = new Set([
    'FirstName',
    'LastName',
    'LastViewedDate',
    'LastReferencedDate',
    'LastActivityDate',
    'RecordTypeId'
]);

/** Whether permission sets may name the field. Every user who may read records may read the others. */
export function isPermissionable(def: ObjectDef, field: FieldDef): boolean {
    return !isAlwaysReadable(def, field);
}

/** The compound field of which a field is a part. */
export function compoundOf(def: ObjectDef, field: FieldDef): FieldDef | undefined {
    if (field.type === 'address' || !isAddressPart(field)) return undefined;
    return [...def.fields.values()].find(
        ({ name, type }) => type === 'address' && field.name.startsWith(name.replace(/Address$/, ''))
    );
}

/** Names under which a field may be granted: parts of an address by the address, a person's name by `Name`. */
function permissionFields(field: FieldDef, def: ObjectDef): string[] {
    const address = compoundOf(def, field);
    return address === undefined ? [field.name] : [field.name, address.name];
}

function isAddressPart(field: FieldDef): boolean {
    return /(Street|City|State|PostalCode|Country|Latitude|Longitude|GeocodeAccuracy|StateCode|CountryCode)$/.test(
        field.name
    );
}
