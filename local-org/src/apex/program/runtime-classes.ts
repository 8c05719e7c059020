import { constructorName, fieldName, getterName, methodName, setterName } from '../emit/names.ts';
import { EnumValue } from '../runtime/enum-value.ts';
import {
    bindRuntimeClass,
    type RuntimeClass,
    type UserObject,
    type RuntimeMethod,
    type UserField
} from '../runtime/runtime-class.ts';
import { allInterfaces } from '../semantics/hierarchy.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from '../semantics/symbols.ts';
import type { World } from '../semantics/world.ts';

/** What a generated class has besides the members of Apex. */
export interface GeneratedClass {
    new (): UserObject;
    readonly prototype: object;
    $statics(): object;
    $initialize(state: object): void;
}

/** Its methods are those that a stub answers. */
export function interfaceClass(world: World, symbol: ClassSymbol): RuntimeClass {
    const methods = new Map<string, readonly RuntimeMethod[]>();
    for (const type of allInterfaces(world, symbol)) {
        if (type.kind === 'user') addMethods(methods, world.classOf(type));
    }
    addMethods(methods, symbol);
    return { ...plainClass(symbol), methods };
}

function plainClass(symbol: ClassSymbol): RuntimeClass {
    return {
        symbol,
        type: symbol.type,
        constructor_: undefined,
        superclass: undefined,
        fields: [],
        methods: new Map(),
        values: [],
        construct: undefined
    };
}

export function enumClass(symbol: ClassSymbol): RuntimeClass {
    const values = symbol.enumValues.map((name, ordinal) => new EnumValue(symbol.name, name, ordinal));
    return { ...plainClass(symbol), values };
}

export function userClass(
    world: World,
    symbol: ClassSymbol,
    generated: GeneratedClass,
    superclass: RuntimeClass | undefined
): RuntimeClass {
    const own = [...symbol.fields.values()].filter((field) => !field.isStatic).map(runtimeField);
    const runtimeClass: RuntimeClass = {
        symbol,
        type: symbol.type,
        constructor_: generated,
        superclass,
        fields: [...(superclass?.fields ?? []), ...own],
        methods: methodTable(symbol, superclass),
        values: [],
        construct: defaultConstructor(symbol, generated)
    };
    bindRuntimeClass(generated.prototype, runtimeClass);
    return runtimeClass;
}

function runtimeField(field: FieldSymbol): UserField {
    const isPlain =
        field.property === undefined || (field.property.getter?.body ?? field.property.setter?.body) === undefined;
    const storage = fieldName(field);
    const getter = getterName(field);
    const setter = setterName(field);
    return {
        symbol: field,
        name: field.name,
        type: field.type,
        isTransient: field.isTransient,
        stored: (target) => (target as Record<string, unknown>)[storage] ?? null,
        get: (target) => {
            const object = target as Record<string, unknown>;
            return isPlain || field.property?.getter === undefined
                ? object[storage]
                : (object[getter] as () => unknown).call(target);
        },
        set: (target, value) => {
            const object = target as Record<string, unknown>;
            if (isPlain || field.property?.setter === undefined) {
                object[storage] = value;
            } else {
                (object[setter] as (value: unknown) => void).call(target, value);
            }
        }
    };
}

function methodTable(symbol: ClassSymbol, superclass: RuntimeClass | undefined): Map<string, readonly RuntimeMethod[]> {
    const table = new Map(superclass?.methods);
    addMethods(table, symbol);
    return table;
}

function addMethods(table: Map<string, readonly RuntimeMethod[]>, symbol: ClassSymbol): void {
    // Static methods may stand for those of an interface, so they are callable by name too.
    for (const method of [...symbol.methods.values()].flat()) {
        const key = `${method.name.toLowerCase()}/${method.parameters.length}`;
        const entry = runtimeMethod(method);
        const others = (table.get(key) ?? []).filter((other) => other.key !== entry.key);
        table.set(key, [entry, ...others]);
    }
}

export function runtimeMethod(method: MethodSymbol): RuntimeMethod {
    return {
        symbol: method,
        key: methodName(method),
        parameters: method.parameters.map((parameter) => parameter.type)
    };
}

function defaultConstructor(symbol: ClassSymbol, generated: GeneratedClass): (() => object) | undefined {
    const constructor = symbol.constructors.find(({ parameters }) => parameters.length === 0);
    if (symbol.isAbstract || (constructor === undefined && symbol.constructors.length > 0)) return undefined;
    const name = constructorName(symbol, constructor);
    return () => (new generated().$initializeAll() as Record<string, () => object>)[name]?.();
}
