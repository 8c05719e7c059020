import type { ApexType, PlatformType, PrimitiveName, PrimitiveType, SObjectTypeRef, UserType } from './types.ts';

/** The only makers of Apex types. Same type, same object: compare with `===`. */

const primitives = new Map<string, PrimitiveType>();
const sobjects = new Map<string, SObjectTypeRef>();
const platform = new Map<string, PlatformType>();
const users = new Map<string, UserType>();

/** Shown without their namespace. */
const UNQUALIFIED = new Set(
    ['list', 'set', 'map', 'iterable', 'iterator', 'exception'].map((name) => `system.${name}`)
);

function primitive(name: PrimitiveName): PrimitiveType {
    const type: PrimitiveType = { kind: 'primitive', name };
    primitives.set(name.toLowerCase(), type);
    return type;
}

export const BOOLEAN = primitive('Boolean');
export const INTEGER = primitive('Integer');
export const LONG = primitive('Long');
export const DOUBLE = primitive('Double');
export const DECIMAL = primitive('Decimal');
export const STRING = primitive('String');
export const ID = primitive('Id');
export const DATE = primitive('Date');
export const DATETIME = primitive('Datetime');
export const TIME = primitive('Time');
export const BLOB = primitive('Blob');
export const OBJECT = primitive('Object');
export const VOID = primitive('void');
export const NULL = primitive('null');
export const SOBJECT = sobjectType('SObject');
export const EXCEPTION = platformType('System.Exception');
export const AGGREGATE_RESULT = sobjectType('AggregateResult');

/** Case-insensitive; `void` and `null` are types too, though no code can name them. */
export function primitiveType(name: string): PrimitiveType | undefined {
    return primitives.get(name.toLowerCase());
}

/** `name` in the schema's spelling, or `SObject` for the generic type. */
export function sobjectType(name: string): SObjectTypeRef {
    let type = sobjects.get(name);
    if (type === undefined) {
        type = { kind: 'sobject', name };
        sobjects.set(name, type);
    }
    return type;
}

/** `qualifiedName` in the platform's spelling: `System.List`, `Database.SaveResult`. */
export function platformType(qualifiedName: string, args: readonly ApexType[] = []): PlatformType {
    const key = qualifiedName.toLowerCase();
    const shown = UNQUALIFIED.has(key) ? qualifiedName.slice('System.'.length) : qualifiedName;
    const name = args.length === 0 ? shown : `${shown}<${args.map((arg) => arg.name).join(',')}>`;
    const id = identity(key, args);
    let type = platform.get(id);
    if (type === undefined) {
        type = { kind: 'platform', name, key, args };
        platform.set(id, type);
    }
    return type;
}

/** Tells `List<Account>` the object from `List<Account>` the class of that name. */
function identity(key: string, args: readonly ApexType[]): string {
    return `${key}<${args.map((arg) => (arg.kind === 'platform' ? identity(arg.key, arg.args) : `${arg.kind} ${arg.name}`)).join()}>`;
}

/** `name` as declared: `Outer.Inner`. */
export function userType(name: string): UserType {
    let type = users.get(name);
    if (type === undefined) {
        type = { kind: 'user', name, key: name.toLowerCase() };
        users.set(name, type);
    }
    return type;
}

export function listOf(element: ApexType): PlatformType {
    return platformType('System.List', [element]);
}

export function setOf(element: ApexType): PlatformType {
    return platformType('System.Set', [element]);
}

export function mapOf(key: ApexType, value: ApexType): PlatformType {
    return platformType('System.Map', [key, value]);
}

export function iterableOf(element: ApexType): PlatformType {
    return platformType('System.Iterable', [element]);
}

export function iteratorOf(element: ApexType): PlatformType {
    return platformType('System.Iterator', [element]);
}

function elementIfKey(type: ApexType, key: string): ApexType | undefined {
    return type.kind === 'platform' && type.key === key ? type.args[0] : undefined;
}

/** Element type of a List, else undefined. */
export function listElement(type: ApexType): ApexType | undefined {
    return elementIfKey(type, 'system.list');
}

/** Element type of a Set, else undefined. */
export function setElement(type: ApexType): ApexType | undefined {
    return elementIfKey(type, 'system.set');
}

/** Key and value type of a Map, else undefined. */
export function mapEntry(type: ApexType): readonly [key: ApexType, value: ApexType] | undefined {
    return type.kind === 'platform' && type.key === 'system.map' && type.args.length === 2
        ? [type.args[0], type.args[1]]
        : undefined;
}

/** Replaces type parameters, written as platform types without arguments whose key is the parameter's name. */
export function substitute(type: ApexType, parameters: ReadonlyMap<string, ApexType>): ApexType {
    if (type.kind !== 'platform' || parameters.size === 0) {
        return type;
    }
    const replacement = type.args.length === 0 ? parameters.get(type.key) : undefined;
    if (replacement !== undefined) {
        return replacement;
    }
    if (type.args.length === 0) {
        return type;
    }
    const args = type.args.map((arg) => substitute(arg, parameters));
    return platformType(qualifiedName(type), args);
}

/** `System.List` for `List<Account>`. */
export function qualifiedName(type: PlatformType): string {
    const bare = type.args.length === 0 ? type.name : type.name.slice(0, type.name.indexOf('<'));
    return UNQUALIFIED.has(type.key) ? `System.${bare}` : bare;
}

const NUMERIC_RANK: Readonly<Partial<Record<PrimitiveName, number>>> = { Integer: 1, Long: 2, Double: 3, Decimal: 4 };

/** 1 Integer, 2 Long, 3 Double, 4 Decimal; 0 for everything else. */
export function numericRank(type: ApexType): number {
    return type.kind === 'primitive' ? (NUMERIC_RANK[type.name] ?? 0) : 0;
}

export function isNumeric(type: ApexType): boolean {
    return numericRank(type) > 0;
}
