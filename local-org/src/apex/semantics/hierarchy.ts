import { DATE, DATETIME, EXCEPTION, ID, NULL, OBJECT, SOBJECT, STRING, VOID } from '../types/apex-types.ts';
import { widensElements } from '../types/element-widening.ts';
import type { ApexType } from '../types/types.ts';
import type { ClassSymbol } from './symbols.ts';
import { ERROR_TYPE, type World } from './world.ts';

/** Direct superclass and interfaces of a class type, with type arguments. */
export function supertypes(world: World, type: ApexType): readonly ApexType[] {
    if (type.kind === 'user') {
        const symbol = world.class(type.key);
        if (symbol === undefined) return world.stubbed(type);
        return symbol.superclass === undefined ? symbol.interfaces : [symbol.superclass, ...symbol.interfaces];
    }
    return type.kind === 'platform' ? world.members.supertypes(type) : [];
}

/**
 * True when a value of `type` can stand where `base` is expected without a change of its representation. Type arguments
 * of platform types may be subtypes (`List<Account>` is a `List<SObject>`), and lists and maps of generic SObjects pass
 * for concrete ones, as the platform allows.
 */
export function isSubtype(world: World, type: ApexType, base: ApexType): boolean {
    if (type === base || type === ERROR_TYPE || base === ERROR_TYPE) return true;
    if (type === VOID || base === VOID) return false;
    if (type === NULL || base === OBJECT) return true;
    if (type.kind === 'sobject') return base === SOBJECT;
    if (type.kind === 'platform' && base.kind === 'platform' && type.key === base.key) {
        // The platform takes an Iterable or Iterator of Objects for one of any type.
        const isLoose = LOOSE.has(type.key) && type.args.every((arg) => arg === OBJECT);
        return isLoose || type.args.every((arg, index) => isArgumentSubtype(world, arg, base.args[index]));
    }
    return supertypes(world, type).some((supertype) => isSubtype(world, supertype, base));
}

const LOOSE: ReadonlySet<string> = new Set(['system.iterable', 'system.iterator']);

function isArgumentSubtype(world: World, arg: ApexType, base: ApexType | undefined): boolean {
    if (base === undefined || isSubtype(world, arg, base)) return true;
    return arg === SOBJECT && base.kind === 'sobject';
}

export function isException(world: World, type: ApexType): boolean {
    return type !== NULL && isSubtype(world, type, EXCEPTION);
}

/** The class and its bases among the org's classes, nearest first. */
export function* chain(world: World, symbol: ClassSymbol): Generator<ClassSymbol> {
    for (let current: ClassSymbol | undefined = symbol; current !== undefined; current = world.superclass(current)) {
        yield current;
    }
}

export function isSubclass(world: World, symbol: ClassSymbol, base: ClassSymbol): boolean {
    for (const current of chain(world, symbol)) {
        if (current === base) return true;
    }
    return false;
}

/** All interfaces of a class, its bases' and their bases' too. */
export function allInterfaces(world: World, symbol: ClassSymbol): ApexType[] {
    const found = new Set<ApexType>();
    const visit = (type: ApexType): void => {
        if (found.has(type)) return;
        found.add(type);
        supertypes(world, type).forEach(visit);
    };
    symbol.interfaces.forEach(visit);
    if (symbol.superclass !== undefined) visit(symbol.superclass);
    return [...found].filter((type) => isInterface(world, type));
}

export function isInterface(world: World, type: ApexType): boolean {
    if (type.kind === 'user') return world.class(type.key)?.kind === 'interface';
    return type.kind === 'platform' && world.members.info(type.key)?.kind === 'interface';
}

export function isEnum(world: World, type: ApexType): boolean {
    if (type.kind === 'user') return world.class(type.key)?.kind === 'enum';
    return type.kind === 'platform' && world.members.info(type.key)?.kind === 'enum';
}

/** True when some value could be of both types, so that a cast or instanceof makes sense. */
export function mayBeBoth(world: World, left: ApexType, right: ApexType): boolean {
    if (isSubtype(world, left, right) || isSubtype(world, right, left)) return true;
    if (widensElements(left, right) || widensElements(right, left)) return true;
    if (left.kind === 'platform' && right.kind === 'platform' && left.key === right.key) {
        return left.args.every((arg, index) => mayBeBoth(world, arg, right.args[index] ?? OBJECT));
    }
    // The compiler takes a Date for a kind of Datetime; the cast of one that is none fails when it runs.
    if (left === DATETIME && right === DATE) return true;
    // Text may be an Id, and every Id is text.
    if ((left === ID && right === STRING) || (left === STRING && right === ID)) return true;
    return isOpen(world, left, right) || isOpen(world, right, left);
}

/** An interface and a class that a subclass could make implement it. */
function isOpen(world: World, type: ApexType, other: ApexType): boolean {
    if (!isInterface(world, type)) return false;
    return other.kind === 'user' || isInterface(world, other);
}
