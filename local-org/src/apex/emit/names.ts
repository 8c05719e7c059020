import type { Local } from '../semantics/bound.ts';
import { methodKey, type ClassSymbol, type FieldSymbol, type MethodSymbol } from '../semantics/symbols.ts';

/** Names in generated code. Apex identifiers are letters, digits and `_`, so `$` keeps ours apart from theirs. */

export function localName(local: Local): string {
    return `v$${local.name.toLowerCase()}${local.id === 0 ? '' : `$${local.id}`}`;
}

function className(symbol: ClassSymbol): string {
    return symbol.key.replaceAll('.', '$');
}

/** A field's storage; the owner's name keeps private fields of one name in base and subclass apart. */
export function fieldName(field: FieldSymbol): string {
    return `f$${className(field.owner)}$${field.name.toLowerCase()}`;
}

export function getterName(field: FieldSymbol): string {
    return `g$${field.name.toLowerCase()}`;
}

export function setterName(field: FieldSymbol): string {
    return `s$${field.name.toLowerCase()}`;
}

/** The same for a method and what overrides it. */
export function methodName(method: MethodSymbol): string {
    return methodKey(method.name, method.parameters);
}

export function constructorName(symbol: ClassSymbol, constructor: MethodSymbol | undefined): string {
    return `k$${className(symbol)}$${methodKey('', constructor?.parameters ?? [])}`;
}

/** Constructor of an exception that stands for the ones it did not write. */
export function exceptionConstructorName(symbol: ClassSymbol): string {
    return `b$${className(symbol)}`;
}

export function initializerName(symbol: ClassSymbol): string {
    return `i$${className(symbol)}`;
}

/** Runs the initialisers of an object and of its bases; every class of the org inherits one. */
export const INITIALIZE = '$initializeAll';
