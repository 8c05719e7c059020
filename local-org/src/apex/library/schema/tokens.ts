import type { Org } from '../../../org/org.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { ApexType } from '../../types/types.ts';

/** A `Schema.SObjectType` token: `Account.SObjectType`. One per object and org, so identity is equality. */
export class SObjectTypeToken extends NativeObject {
    readonly className = 'Schema.SObjectType';
    readonly object: string;

    constructor(object: string) {
        super();
        this.object = object;
    }

    override valueText(): string {
        return this.object;
    }
}

/** A `Schema.SObjectField` token: `Account.Name`. One per field and org. */
export class SObjectFieldToken extends NativeObject {
    readonly className = 'Schema.SObjectField';
    readonly object: string;
    readonly field: string;

    constructor(object: string, field: string) {
        super();
        this.object = object;
        this.field = field;
    }

    override valueText(): string {
        return this.field;
    }
}

interface Tokens {
    readonly types: Map<string, SObjectTypeToken>;
    readonly fields: Map<string, SObjectFieldToken>;
}

const tokensOfOrgs = new WeakMap<Org, Tokens>();

function tokensOf(org: Org): Tokens {
    let tokens = tokensOfOrgs.get(org);
    if (tokens === undefined) {
        tokens = { types: new Map(), fields: new Map() };
        tokensOfOrgs.set(org, tokens);
    }
    return tokens;
}

/** Token of an object in any case; undefined when the org has no such object. */
export function findSObjectType(rt: Runtime, object: string): SObjectTypeToken | undefined {
    const def = rt.org.schema.object(object);
    if (def === undefined) {
        return undefined;
    }
    const { types } = tokensOf(rt.org);
    let token = types.get(def.name);
    if (token === undefined) {
        token = new SObjectTypeToken(def.name);
        types.set(def.name, token);
    }
    return token;
}

/** As `findSObjectType`, for an object that is known to exist. */
export function sObjectType(rt: Runtime, object: string): SObjectTypeToken {
    return findSObjectType(rt, object) ?? missing(object);
}

/** Token of a field in any case; undefined when the object has no such field. */
export function findSObjectField(rt: Runtime, object: string, field: string): SObjectFieldToken | undefined {
    const def = rt.org.schema.object(object);
    const fieldDef = def?.fields.get(field.toLowerCase());
    if (def === undefined || fieldDef === undefined) {
        return undefined;
    }
    const { fields } = tokensOf(rt.org);
    const key = `${def.name}.${fieldDef.name}`;
    let token = fields.get(key);
    if (token === undefined) {
        token = new SObjectFieldToken(def.name, fieldDef.name);
        fields.set(key, token);
    }
    return token;
}

/** As `findSObjectField`, for a field that is known to exist. */
export function sObjectField(rt: Runtime, object: string, field: string): SObjectFieldToken {
    return findSObjectField(rt, object, field) ?? missing(`${object}.${field}`);
}

/** `List.getSObjectType()`: null for a list of SObject or of anything else. */
export function sObjectTypeOfList(rt: Runtime, elementType: ApexType): SObjectTypeToken | null {
    return elementType.kind === 'sobject' ? (findSObjectType(rt, elementType.name) ?? null) : null;
}

export function objectOf(rt: Runtime, token: SObjectTypeToken): ObjectDef {
    return rt.org.schema.object(token.object) ?? missing(token.object);
}

export function fieldOf(rt: Runtime, token: SObjectFieldToken): FieldDef {
    const field = rt.org.schema.object(token.object)?.fields.get(token.field.toLowerCase());
    return field ?? missing(`${token.object}.${token.field}`);
}

function missing(name: string): never {
    throw new RangeError(`The org's schema has no ${name}`);
}
