import { ApexDate, Blob, Datetime, Decimal, Double, Id, SObject, Time } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import { isSubtype } from '../semantics/hierarchy.ts';
import type { World } from '../semantics/world.ts';
import {
    BLOB,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE,
    ID,
    INTEGER,
    listElement,
    listOf,
    LONG,
    mapOf,
    NULL,
    numericRank,
    OBJECT,
    platformType,
    setElement,
    setOf,
    sobjectType,
    STRING,
    TIME
} from '../types/apex-types.ts';
import { widensElements } from '../types/element-widening.ts';
import type { ApexType } from '../types/types.ts';
import { ApexException } from './apex-exception.ts';
import { EnumValue } from './enum-value.ts';
import { NativeObject } from './native-object.ts';
import { resolveTypeName } from './resolve-type.ts';
import { runtimeClassOf } from './runtime-class.ts';

/** The type a value tells of itself. */
export function typeOf(world: World, value: unknown): ApexType {
    switch (typeof value) {
        case 'string':
            return STRING;
        case 'number':
            return INTEGER;
        case 'boolean':
            return BOOLEAN;
        case 'bigint':
            return LONG;
        default:
            return value === null || value === undefined ? NULL : typeOfObject(world, value);
    }
}

/** Compound fields are records of their parts. */
const COMPOUND_TYPES: ReadonlyMap<string, ApexType> = new Map(
    ['Address', 'Location'].map((name) => [name, platformType(`System.${name}`)])
);

function typeOfObject(world: World, value: object): ApexType {
    if (value instanceof SObject) return COMPOUND_TYPES.get(value.type) ?? sobjectType(value.type);
    if (value instanceof ApexException) return value.apexType;
    if (value instanceof ApexList) return listOf(value.elementType);
    if (value instanceof ApexSet) return setOf(value.elementType);
    if (value instanceof ApexMap) return mapOf(value.keyType, value.valueType);
    const own = runtimeClassOf(value);
    if (own !== undefined) return own.type;
    if (value instanceof EnumValue) return resolveTypeName(world, value.typeName) ?? OBJECT;
    if (value instanceof NativeObject) return platformType(value.className);
    return VALUE_TYPES.find(([type]) => value instanceof type)?.[1] ?? OBJECT;
}

const VALUE_TYPES: readonly (readonly [new (...args: never[]) => object, ApexType])[] = [
    [Decimal, DECIMAL],
    [Double, DOUBLE],
    [Id as unknown as new () => Id, ID],
    [ApexDate, DATE],
    [Datetime, DATETIME],
    [Time, TIME],
    [Blob, BLOB]
];

/** `value instanceof type`. */
export function isInstance(world: World, value: unknown, type: ApexType): boolean {
    if (value === null || value === undefined) return false;
    if (type === OBJECT) return true;
    const actual = typeOf(world, value);
    if (isSubtype(world, actual, type) || isWiderNumber(actual, type)) return true;
    if (actual === DATE && type === DATETIME) return true;
    if (listElement(actual) === ID && listElement(type) === STRING) return true;
    if (widensElements(actual, type)) return true;
    if (setElement(actual) === ID && setElement(type) === STRING) return true;
    // An Id is text, and text that could be an Id is one.
    return (actual === ID && type === STRING) || (type === ID && typeof value === 'string' && Id.isValid(value));
}

/** A number is an instance of the types it widens to: 12 is a Long and a Decimal; Double and Decimal are each other's. */
function isWiderNumber(actual: ApexType, type: ApexType): boolean {
    const rank = numericRank(actual);
    return rank > 0 && (rank <= numericRank(type) || (actual === DECIMAL && type === DOUBLE));
}
