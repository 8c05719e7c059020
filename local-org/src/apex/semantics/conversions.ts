import {
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE,
    ID,
    INTEGER,
    listElement,
    LONG,
    NULL,
    numericRank,
    OBJECT,
    SOBJECT,
    STRING
} from '../types/apex-types.ts';
import { widensElements } from '../types/element-widening.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import { isSubtype, supertypes } from './hierarchy.ts';
import { ERROR_TYPE, type World } from './world.ts';

/** How a value changes its representation where a conversion stands; `none` when it keeps it. */
export type Conversion =
    | 'none'
    | 'integerToLong'
    | 'integerToDouble'
    | 'integerToDecimal'
    | 'longToDouble'
    | 'longToDecimal'
    | 'doubleToDecimal'
    | 'decimalToDouble'
    | 'longToInteger'
    | 'doubleToInteger'
    | 'decimalToInteger'
    | 'doubleToLong'
    | 'decimalToLong'
    | 'idToString'
    | 'stringToId'
    | 'dateToDatetime'
    | 'idsToStrings'
    | 'stringsToIds'
    | 'widenElements';

const NUMERIC = new Map<ApexType, ReadonlyMap<ApexType, Conversion>>([
    [
        INTEGER,
        new Map([
            [LONG, 'integerToLong'],
            [DOUBLE, 'integerToDouble'],
            [DECIMAL, 'integerToDecimal']
        ])
    ],
    [
        LONG,
        new Map([
            [DOUBLE, 'longToDouble'],
            [DECIMAL, 'longToDecimal']
        ])
    ],
    [DOUBLE, new Map([[DECIMAL, 'doubleToDecimal']])],
    [DECIMAL, new Map([[DOUBLE, 'decimalToDouble']])]
] as [ApexType, ReadonlyMap<ApexType, Conversion>][]);

const NARROWING = new Map<ApexType, ReadonlyMap<ApexType, Conversion>>([
    [LONG, new Map([[INTEGER, 'longToInteger']])],
    [
        DOUBLE,
        new Map([
            [INTEGER, 'doubleToInteger'],
            [LONG, 'doubleToLong']
        ])
    ],
    [
        DECIMAL,
        new Map([
            [INTEGER, 'decimalToInteger'],
            [LONG, 'decimalToLong']
        ])
    ]
] as [ApexType, ReadonlyMap<ApexType, Conversion>][]);

/** Conversion of an assignment, a return or an argument; undefined when the platform refuses it. */
export function assignment(world: World, from: ApexType, to: ApexType): Conversion | undefined {
    if (isSubtype(world, from, to)) return 'none';
    const numeric = NUMERIC.get(from)?.get(to);
    if (numeric !== undefined) return numeric;
    if (from === ID && to === STRING) return 'idToString';
    if (from === STRING && to === ID) return 'stringToId';
    if (from === DATE && to === DATETIME) return 'dateToDatetime';
    if (listElement(from) === ID && listElement(to) === STRING) return 'idsToStrings';
    if (listElement(from) === STRING && listElement(to) === ID) return 'stringsToIds';
    return widensElements(from, to) ? 'widenElements' : undefined;
}

/** Conversion of a number by a cast; undefined when the types are not both numbers. */
export function narrowing(from: ApexType, to: ApexType): Conversion | undefined {
    return NARROWING.get(from)?.get(to);
}

/**
 * How far an argument is from a parameter: 0 for the same type, more for each step away, undefined when it does not fit.
 * A Decimal argument does not fit a Double parameter, though it may be assigned to a Double variable.
 */
export function argumentDistance(world: World, from: ApexType, to: ApexType): number | undefined {
    if (from === to || from === ERROR_TYPE || to === ERROR_TYPE) return 0;
    if (from === DECIMAL && to === DOUBLE) return 30;
    const conversion = assignment(world, from, to);
    if (conversion === undefined) return undefined;
    if (conversion !== 'none') return conversion === 'stringToId' ? 25 : 10 + numericRank(to) - numericRank(from);
    if (from === NULL) return to === OBJECT ? 2 : 1;
    if (to === OBJECT) return 100;
    if (to === SOBJECT) return 5;
    return 1 + supertypeDistance(world, from, to);
}

function supertypeDistance(world: World, from: ApexType, to: ApexType): number {
    if (from === to) return 0;
    if (from.kind === 'platform' && to.kind === 'platform' && from.key === to.key) return elementDistance(to);
    const distances = supertypes(world, from)
        .filter((supertype) => isSubtype(world, supertype, to))
        .map((supertype) => 1 + supertypeDistance(world, supertype, to));
    return distances.length === 0 ? 1 : Math.min(...distances);
}

/** A list of records fits one of SObjects better than one of Objects. */
function elementDistance({ args }: PlatformType): number {
    if (args.includes(OBJECT)) return 3;
    return args.includes(SOBJECT) ? 2 : 1;
}

/** Narrowest type that both branches of a conditional convert to; undefined when there is none. */
export function commonType(world: World, left: ApexType, right: ApexType): ApexType | undefined {
    if (left === right || right === NULL || right === ERROR_TYPE) return left;
    if (left === NULL || left === ERROR_TYPE) return right;
    if (numericRank(left) > 0 && numericRank(right) > 0) return numericRank(left) > numericRank(right) ? left : right;
    if (left.kind === 'sobject' && right.kind === 'sobject') return SOBJECT;
    if (assignment(world, right, left) !== undefined) return left;
    if (assignment(world, left, right) !== undefined) return right;
    return sharedSupertype(world, left, right);
}

function sharedSupertype(world: World, left: ApexType, right: ApexType): ApexType | undefined {
    for (const supertype of supertypes(world, left)) {
        if (isSubtype(world, right, supertype)) return supertype;
    }
    for (const supertype of supertypes(world, left)) {
        const shared = sharedSupertype(world, supertype, right);
        if (shared !== undefined) return shared;
    }
    return undefined;
}
