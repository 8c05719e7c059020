import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../semantics/symbols.ts';
import type { ApexType, UserType } from '../types/types.ts';
import type { EnumValue } from './enum-value.ts';
import type { RuntimeField } from './runtime.ts';

/** Base of every class of the org that is no exception. */
export class UserObject {
    /** Generated classes with initialisers override it; see `emit/emit-classes.ts`. */
    $initializeAll(): object {
        return this;
    }
}

/** A method as the library and the dispatchers call it: by name and arguments, not by signature. */
export interface RuntimeMethod {
    readonly symbol: MethodSymbol;
    /** Name in the generated class. */
    readonly key: string;
    readonly parameters: readonly ApexType[];
}

/** A field with what was declared about it. */
export interface UserField extends RuntimeField {
    readonly symbol: FieldSymbol;
    /** What is kept for it: null for a property that works out its value. */
    stored(target: object): unknown;
}

/** A class, interface or enum of the org while the program runs. */
export interface RuntimeClass {
    readonly symbol: ClassSymbol;
    readonly type: UserType;
    /** The generated class; undefined for interfaces and enums. */
    readonly constructor_: (new () => UserObject) | undefined;
    readonly superclass: RuntimeClass | undefined;
    /** Its own fields and those of its bases, base first; without statics. */
    readonly fields: readonly UserField[];
    /** Instance methods by `name/count` in lower case, inherited ones too. */
    readonly methods: ReadonlyMap<string, readonly RuntimeMethod[]>;
    /** Of an enum. */
    readonly values: readonly EnumValue[];
    /** Makes an object through the constructor without parameters; undefined when there is none. */
    readonly construct: (() => object) | undefined;
}

const classes = new WeakMap<object, RuntimeClass>();

/** Ties a generated class to what it is, by its prototype. */
export function bindRuntimeClass(prototype: object, runtimeClass: RuntimeClass): void {
    classes.set(prototype, runtimeClass);
}

/** What an object of the org's code is; undefined for every other value. */
export function runtimeClassOf(value: object): RuntimeClass | undefined {
    return classes.get(Object.getPrototypeOf(value) as object);
}
