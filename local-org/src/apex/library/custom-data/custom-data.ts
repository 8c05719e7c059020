import { textOf } from '../../../schema/document.ts';
import { Id, SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { sobjectType, STRING } from '../../types/apex-types.ts';
import { mapFrom, noNulls } from '../arguments.ts';
import type { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import type { SObjectTypeToken } from '../schema/tokens.ts';
import { objectOf } from '../schema/tokens.ts';
import { userField } from '../system/user-context.ts';

/**
 * Rows of a custom metadata type or custom setting with all their fields. They come from the platform's cache: neither
 * limits nor permissions apply (Apex Reference, Custom Metadata Type Methods and Custom Settings Methods).
 */
function rows(rt: Runtime, token: SObjectTypeToken, field?: string, value?: unknown): SObject[] {
    const { name, fields } = objectOf(rt, token);
    const selected = Array.from(fields.values(), (def) => def.name).join(', ');
    const where = field === undefined ? '' : ` WHERE ${field} = :value`;
    const { records } = rt.org.database.query(`SELECT ${selected} FROM ${name}${where}`, {
        access: { userId: rt.tx.access.userId, mode: 'system', sharing: false },
        binds: new Map([['value', value]])
    });
    return [...records];
}

function isHierarchy(rt: Runtime, { object }: SObjectTypeToken): boolean {
    const document = rt.org.metadata.get('CustomObject', object)?.document;
    return textOf(document, 'customSettingsType') === 'Hierarchy';
}

function getAll(rt: Runtime, token: SObjectTypeToken): ApexMap {
    const key = objectOf(rt, token).kind === 'customMetadata' ? 'DeveloperName' : 'Name';
    const entries = rows(rt, token).map((record) => [record.get(key) ?? null, record] as const);
    return mapFrom(rt, STRING, sobjectType(token.object), entries);
}

/** `getInstance(key)`: a record by its name or id, or what a hierarchy gives a user or profile. */
function getInstance(rt: Runtime, token: SObjectTypeToken, key: string): SObject | null {
    if (objectOf(rt, token).kind === 'customMetadata') {
        const field = Id.tryParse(key) === undefined ? 'QualifiedApiName' : 'Id';
        return rows(rt, token, field, key)[0] ?? null;
    }
    return isHierarchy(rt, token) ? merged(rt, token, key) : (rows(rt, token, 'Name', key)[0] ?? null);
}

/** Only what is stored for exactly that owner or name. */
function getValues(rt: Runtime, token: SObjectTypeToken, key: string): SObject | null {
    const field = isHierarchy(rt, token) ? 'SetupOwnerId' : 'Name';
    return rows(rt, token, field, key)[0] ?? null;
}

function ownInstance(rt: Runtime, token: SObjectTypeToken): SObject {
    return merged(rt, token, rt.tx.access.userId);
}

function orgDefaults(rt: Runtime, token: SObjectTypeToken): SObject {
    return rows(rt, token, 'SetupOwnerId', rt.org.id)[0] ?? empty(token, rt.org.id);
}

/** What no level stores is empty but for its owner. */
function empty({ object }: SObjectTypeToken, owner: string): SObject {
    const record = new SObject(object);
    record.set('SetupOwnerId', Id.of(owner));
    return record;
}

/** The lowest level that has a row, with the fields it leaves empty filled from the levels above. */
function merged(rt: Runtime, token: SObjectTypeToken, owner: string): SObject {
    const levels = ownersAbove(rt, owner).flatMap((level) => rows(rt, token, 'SetupOwnerId', level));
    const [lowest, ...others] = levels;
    if (lowest === undefined) return empty(token, owner);
    for (const record of others) {
        for (const [name, value] of record.entries()) {
            if ((lowest.get(name) ?? null) === null) lowest.set(name, value);
        }
    }
    return lowest;
}

/** The user or profile itself, the profile of a user, and the org. */
function ownersAbove(rt: Runtime, owner: string): string[] {
    const isUser = owner.startsWith('005');
    const profile = isUser ? profileOf(rt, owner) : null;
    return [owner, ...(profile === null ? [] : [profile]), rt.org.id];
}

function profileOf(rt: Runtime, userId: string): string | null {
    if (userId === rt.tx.access.userId) return userField(rt, 'ProfileId');
    const { records } = rt.org.database.query('SELECT ProfileId FROM User WHERE Id = :id', {
        access: { userId: rt.tx.access.userId, mode: 'system', sharing: false },
        binds: new Map([['id', userId]])
    });
    return records[0]?.get('ProfileId')?.toString() ?? null;
}

/**
 * Static methods that custom metadata types and custom settings have: `Config__mdt.getInstance('Main')`. The compiler
 * adds the object's token; no name of Apex reaches this class.
 */
export const customDataClass: NativeClass = nativeClass({
    name: '$CustomData',
    statics: {
        'getAll/1': getAll,
        'getInstance/1': ownInstance,
        'getInstance/2': noNulls(getInstance),
        'getOrgDefaults/1': orgDefaults,
        'getValues/2': noNulls(getValues)
    }
});
