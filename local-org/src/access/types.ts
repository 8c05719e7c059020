/** Who acts and what is enforced. The source of every object, field and record check. */
export interface AccessContext {
    readonly userId: string;
    /** `user`: object, field and record access are enforced. `system`: only what `sharing` says. */
    readonly mode: 'user' | 'system';
    /** Record access is enforced (always true in user mode). */
    readonly sharing: boolean;
    /** A permission set whose object and field permissions count in user mode, besides those of the user. */
    readonly permissionSetId?: string;
}

export type ObjectPermission = 'read' | 'create' | 'edit' | 'delete' | 'viewAll' | 'modifyAll';
export type FieldPermission = 'read' | 'edit';

export interface Access {
    objectAllowed(userId: string, object: string, permission: ObjectPermission): boolean;
    fieldAllowed(userId: string, object: string, field: string, permission: FieldPermission): boolean;
    /** Through a profile or an assigned permission set. */
    classAllowed(userId: string, className: string): boolean;
    userPermission(userId: string, permission: string): boolean;
    customPermission(userId: string, permission: string): boolean;
    /** `<external credential>-<principal>` granted by an assigned permission set. */
    principalAllowed(userId: string, principal: string): boolean;
    /** No record of the object is hidden from the user: `recordVisible` need not be asked. */
    allRecordsVisible(userId: string, object: string): boolean;
    recordVisible(userId: string, object: string, recordId: string): boolean;
    recordEditable(userId: string, object: string, recordId: string): boolean;
    /** The same with the object and field permissions of a permission set for everybody. */
    withPermissionSet(permissionSetId: string): Access;
}
