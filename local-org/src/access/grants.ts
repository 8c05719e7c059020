import type { FieldPermission, ObjectPermission } from './types.ts';

/** Everything a user's profile and permission sets give, summed up. Names are in lower case. */
export interface Grants {
    readonly objects: Map<string, Set<ObjectPermission>>;
    /** Keyed `object.field`. */
    readonly fields: Map<string, Set<FieldPermission>>;
    /** Objects whose fields are all readable. */
    readonly allFields: Set<string>;
    readonly classes: Set<string>;
    readonly userPermissions: Set<string>;
    readonly customPermissions: Set<string>;
    readonly principals: Set<string>;
}

export function noGrants(): Grants {
    return {
        objects: new Map(),
        fields: new Map(),
        allFields: new Set(),
        classes: new Set(),
        userPermissions: new Set(),
        customPermissions: new Set(),
        principals: new Set()
    };
}

/** What else an object permission includes: edit includes read, modify all includes everything. */
const IMPLIED: Readonly<Record<ObjectPermission, readonly ObjectPermission[]>> = {
    read: [],
    create: ['read'],
    edit: ['read'],
    delete: ['read', 'edit'],
    viewAll: ['read'],
    modifyAll: ['read', 'edit', 'delete', 'viewAll']
};

export function grantObject(grants: Grants, object: string, ...permissions: readonly ObjectPermission[]): void {
    const key = object.toLowerCase();
    const granted = grants.objects.get(key) ?? new Set();
    for (const permission of permissions) {
        granted.add(permission);
        IMPLIED[permission].forEach((implied) => granted.add(implied));
    }
    grants.objects.set(key, granted);
}

/** `field`: `Account.Phone`. */
export function grantField(grants: Grants, field: string, ...permissions: readonly FieldPermission[]): void {
    const key = field.toLowerCase();
    const granted = grants.fields.get(key) ?? new Set();
    for (const permission of permissions) granted.add(permission);
    if (granted.has('edit')) granted.add('read');
    grants.fields.set(key, granted);
}
