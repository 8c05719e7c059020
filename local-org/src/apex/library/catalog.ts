import { derivedClass } from './holders/derived-classes.ts';
import { COMPILER_CLASSES, NATIVE_CLASSES } from './index.ts';
import type { NativeClass } from './native.ts';

/** Lookup of the library by class and signature. Names match without regard to case. */
export interface LibraryCatalog {
    find(className: string): NativeClass | undefined;
    /** Key of the implementation of an overload whose parameters are written as in the signature table. */
    method(className: string, name: string, parameters: readonly string[], isStatic: boolean): string | undefined;
    constructor_(className: string, parameters: readonly string[]): string | undefined;
    property(className: string, name: string, isStatic: boolean): PropertyImplementation | undefined;
    extraSignatures(className: string): readonly string[];
}

export interface PropertyImplementation {
    readonly key: string;
    readonly get: boolean;
    readonly set: boolean;
}

type MemberTable = 'statics' | 'methods' | 'constructors' | 'staticProperties' | 'properties';

/** What every object has (Apex Developer Guide, "Classes and Casting"); added where a class does not say more. */
const OBJECT_METHODS: Readonly<Record<string, string>> = {
    toString: 'String toString()',
    equals: 'Boolean equals(Object other)',
    hashCode: 'Integer hashCode()'
};

const OBJECT_IMPLEMENTATIONS: NonNullable<NativeClass['methods']> = {
    'toString()': (rt, self) => rt.toText(self),
    'equals(Object)': (rt, self, other) => rt.equals(self, other),
    'hashCode()': (rt, self) => rt.hashCode(self)
};

/** `Schema.SObjectField` is `SObjectField` in a key, `List<Account>` is `List`. */
function keyType(type: string): string {
    const bare = type.includes('<') ? type.slice(0, type.indexOf('<')) : type;
    return bare.slice(bare.lastIndexOf('.') + 1);
}

export function createLibraryCatalog(
    classes: readonly NativeClass[] = [...NATIVE_CLASSES, ...COMPILER_CLASSES]
): LibraryCatalog {
    const declared = new Map(classes.map((type) => [type.name.toLowerCase(), type]));
    const prepared = new Map<string, NativeClass | undefined>();
    const keys = new Map<object, ReadonlyMap<string, string>>();

    /** A class is made ready when it is first asked for: a program uses few of them. */
    function find(className: string): NativeClass | undefined {
        const lower = className.toLowerCase();
        if (!prepared.has(lower)) {
            const type = declared.get(lower) ?? derivedClass(className);
            prepared.set(lower, type === undefined ? undefined : withObjectMethods(type));
        }
        return prepared.get(lower);
    }

    function keyIn(className: string, table: MemberTable, ...candidates: readonly string[]): string | undefined {
        const members = find(className)?.[table];
        if (members === undefined) {
            return undefined;
        }
        let index = keys.get(members);
        if (index === undefined) {
            index = new Map(Object.keys(members).map((key) => [key.toLowerCase(), key]));
            keys.set(members, index);
        }
        const found = candidates.find((candidate) => index.has(candidate.toLowerCase()));
        return found === undefined ? undefined : index.get(found.toLowerCase());
    }

    return {
        find,
        method(className, name, parameters, isStatic) {
            const exact = `${name}(${parameters.map(keyType).join(',')})`;
            return keyIn(className, isStatic ? 'statics' : 'methods', exact, `${name}/${parameters.length}`);
        },
        constructor_(className, parameters) {
            const exact = `(${parameters.map(keyType).join(',')})`;
            return keyIn(className, 'constructors', exact, `/${parameters.length}`);
        },
        property(className, name, isStatic) {
            const table = isStatic ? 'staticProperties' : 'properties';
            const key = keyIn(className, table, name);
            const property = key === undefined ? undefined : find(className)?.[table]?.[key];
            return key === undefined || property === undefined
                ? undefined
                : { key, get: property.get !== undefined, set: property.set !== undefined };
        },
        extraSignatures: (className) => find(className)?.extraSignatures ?? []
    };
}

function withObjectMethods(type: NativeClass): NativeClass {
    const has = (name: string): boolean =>
        Object.keys(type.methods ?? {}).some((key) => key.toLowerCase().startsWith(`${name.toLowerCase()}(`));
    const missing = Object.keys(OBJECT_METHODS).filter((name) => !has(name));
    const added = Object.entries(OBJECT_IMPLEMENTATIONS).filter(([key]) =>
        missing.some((name) => key.startsWith(name))
    );
    return {
        ...type,
        methods: { ...type.methods, ...Object.fromEntries(added) },
        extraSignatures: [...(type.extraSignatures ?? []), ...missing.map((name) => OBJECT_METHODS[name])]
    };
}
