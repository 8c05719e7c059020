import type { Database } from './database.ts';
import type { SObject } from '../values/index.ts';

export interface OrgUser {
    readonly id: string;
    readonly username: string;
    readonly email: string;
    readonly name: string;
    readonly active: boolean;
    readonly profileName: string;
    readonly record: SObject;
}

/** Who can log in, from the org's User rows. */
export interface UserDirectory {
    byId(id: string): OrgUser | undefined;
    /** Cheap: asked for with every request. */
    isActive(id: string): boolean;
    /** Without regard to case. */
    byUsername(username: string): OrgUser | undefined;
    /** Text of any field of a user; null when it is empty or there is none. */
    field(userId: string, name: string): string | null;
    permissionSets(userId: string): readonly AssignedPermissionSet[];
}

export interface AssignedPermissionSet {
    /** API name. */
    readonly name: string;
    readonly label: string;
}

const FIELDS = `Id, Username, Email, Name, FirstName, LastName, Alias, IsActive, UserType, TimeZoneSidKey,
    LocaleSidKey, LanguageLocaleKey, EmailEncodingKey, ProfileId, Profile.Name, LastModifiedDate`;

const ASSIGNMENTS = `SELECT PermissionSet.Name, PermissionSet.Label FROM PermissionSetAssignment
    WHERE AssigneeId = :value`;

export function createUserDirectory(database: Database): UserDirectory {
    function rows(soql: string, value: string): readonly SObject[] {
        const access = { userId: value, mode: 'system', sharing: false } as const;
        return database.query(soql, { access, binds: new Map([['value', value]]) }).records;
    }

    function one(condition: string, value: string): OrgUser | undefined {
        const record = rows(`SELECT ${FIELDS} FROM User WHERE ${condition}`, value)[0];
        return record === undefined ? undefined : toUser(record);
    }

    return {
        byId: (id) => one('Id = :value', id),
        isActive: (id) => rows('SELECT IsActive FROM User WHERE Id = :value', id)[0]?.get('IsActive') === true,
        byUsername: (username) => one('Username = :value', username),
        field(userId, name) {
            const value = rows(`SELECT ${name} FROM User WHERE Id = :value`, userId)[0]?.get(name) ?? null;
            return value === null ? null : String(value);
        },
        permissionSets: (userId) => rows(ASSIGNMENTS, userId).map(toPermissionSet)
    };
}

function toUser(record: SObject): OrgUser {
    const field = (name: string): string => String(record.get(name) ?? '');
    return {
        id: field('Id'),
        username: field('Username'),
        email: field('Email'),
        name: field('Name'),
        active: record.get('IsActive') === true,
        profileName: String(record.parent('Profile')?.get('Name') ?? ''),
        record
    };
}

function toPermissionSet(assignment: SObject): AssignedPermissionSet {
    const field = (name: string): string => String(assignment.parent('PermissionSet')?.get(name) ?? '');
    return { name: field('Name'), label: field('Label') };
}
