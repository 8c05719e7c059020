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
    /** Without regard to case. */
    byUsername(username: string): OrgUser | undefined;
    /** API names of the permission sets assigned to the user. */
    permissionSets(userId: string): readonly string[];
}

const FIELDS = `Id, Username, Email, Name, FirstName, LastName, Alias, IsActive, UserType, TimeZoneSidKey,
    LocaleSidKey, LanguageLocaleKey, EmailEncodingKey, ProfileId, Profile.Name, LastModifiedDate`;

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
        byUsername: (username) => one('Username = :value', username),
        permissionSets: (userId) =>
            rows('SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = :value', userId).map(
                (row) => String(row.parent('PermissionSet')?.get('Name') ?? '')
            )
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
