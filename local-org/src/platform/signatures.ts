import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ADDITIONAL_NAMES, additionalType, completed } from './additional-types.ts';
import {
    ACC_ABSTRACT,
    ACC_ENUM,
    ACC_INTERFACE,
    ACC_PUBLIC,
    ACC_STATIC,
    ACC_SYNTHETIC,
    readClassFile,
    type ClassFile,
    type ClassMember
} from './class-file.ts';
import { declaredEnumValues } from './enum-values.ts';
import { Jar } from './jar.ts';
import { apexClassName, classTypes, fieldType, methodTypes } from './java-types.ts';

/**
 * Signatures of every Apex class of the platform, read from the type jar that the PMD engine of Salesforce Code Analyzer
 * ships. The table says what exists; `apex/library` says what runs here. Types are in Apex notation.
 */
export interface PlatformClass {
    /** `System.HttpRequest`, `Database.SaveResult`; `String` and the other types Apex never qualifies carry their namespace too. */
    readonly name: string;
    readonly namespace: string;
    /** `HttpRequest`, `DMLOptions.EmailHeader`. */
    readonly simpleName: string;
    readonly kind: 'class' | 'interface' | 'enum';
    readonly typeParameters: readonly string[];
    readonly superclass: string | undefined;
    readonly interfaces: readonly string[];
    readonly constructors: readonly PlatformMethod[];
    readonly methods: readonly PlatformMethod[];
    readonly properties: readonly PlatformProperty[];
    readonly enumValues: readonly string[];
    /** A class that code may extend; exceptions aside none is unless it says so. */
    readonly isOpen?: boolean;
}

export interface PlatformMethod {
    readonly name: string;
    readonly isStatic: boolean;
    readonly isAbstract: boolean;
    readonly parameters: readonly string[];
    readonly returns: string;
}

export interface PlatformProperty {
    readonly name: string;
    readonly isStatic: boolean;
    readonly type: string;
}

export interface SignatureTable {
    /** By qualified name, any case: `system.string`. */
    type(qualifiedName: string): PlatformClass | undefined;
    /** Namespaces in the platform's spelling. */
    readonly namespaces: readonly string[];
    isNamespace(name: string): boolean;
    /** Qualified names of all types of a namespace. */
    typesOf(namespace: string): readonly string[];
}

const ROOT = 'com/nawforce/runforce/';
const HIDDEN_NAMESPACES = new Set(['Internal', 'SObjects', 'SObjectStubs']);

let table: SignatureTable | undefined;

export function platformTypes(): SignatureTable {
    table ??= openTable();
    return table;
}

/** Folder of the jars inside the installed PMD engine. */
export function typeJarFolder(): string {
    const require = createRequire(import.meta.url);
    return join(dirname(require.resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib');
}

function openTable(): SignatureTable {
    const jar = new Jar(join(typeJarFolder(), 'standard-types-65.0.0.jar'));
    const entries = new Map<string, string>();
    const namespaces = new Map<string, string[]>();
    for (const entry of jar.names()) {
        if (!entry.startsWith(ROOT) || !entry.endsWith('.class')) {
            continue;
        }
        const [namespace = '', ...rest] = entry.slice(ROOT.length, -'.class'.length).split('/');
        if (HIDDEN_NAMESPACES.has(namespace) || rest.length === 0) {
            continue;
        }
        const name = `${namespace}.${rest.join('.').replaceAll('$', '.')}`;
        entries.set(name.toLowerCase(), entry);
        const names = namespaces.get(namespace) ?? [];
        names.push(name);
        namespaces.set(namespace, names);
    }
    for (const name of ADDITIONAL_NAMES) {
        namespaces.get(name.slice(0, name.indexOf('.')))?.push(name);
    }
    const additional = new Map(ADDITIONAL_NAMES.map((name) => [name.toLowerCase(), name]));
    const lowerNamespaces = new Map([...namespaces].map(([name, types]) => [name.toLowerCase(), types]));
    const cache = new Map<string, PlatformClass>();
    return {
        type(qualifiedName) {
            const key = qualifiedName.toLowerCase();
            const known = cache.get(key);
            if (known !== undefined) {
                return known;
            }
            const entry = entries.get(key);
            const type =
                entry === undefined
                    ? additionalType(additional.get(key) ?? '')
                    : completed(toPlatformClass(readClassFile(jar.read(entry) as Buffer)));
            if (type !== undefined) {
                cache.set(key, type);
            }
            return type;
        },
        namespaces: [...namespaces.keys()],
        isNamespace: (name) => lowerNamespaces.has(name.toLowerCase()),
        typesOf: (namespace) => lowerNamespaces.get(namespace.toLowerCase()) ?? []
    };
}

function toPlatformClass(file: ClassFile): PlatformClass {
    const path = file.name.slice(ROOT.length);
    const slash = path.indexOf('/');
    const namespace = path.slice(0, slash);
    const simpleName = path.slice(slash + 1).replaceAll('$', '.');
    const isEnum = (file.accessFlags & ACC_ENUM) !== 0;
    const isInterface = (file.accessFlags & ACC_INTERFACE) !== 0;
    const types = supertypes(file);
    const methods = isEnum ? [] : file.methods.filter(isVisible);
    return {
        name: `${namespace}.${simpleName}`,
        namespace,
        simpleName,
        kind: isEnum ? 'enum' : isInterface ? 'interface' : 'class',
        typeParameters: types.typeParameters,
        superclass: isEnum || types.superclass === 'Object' ? undefined : types.superclass,
        interfaces: types.interfaces,
        constructors: methods.filter((method) => method.name === '<init>').map(toMethod),
        methods: methods.filter((method) => !method.name.startsWith('<')).map(toMethod),
        properties: isEnum ? [] : file.fields.filter(isVisible).map(toProperty),
        enumValues: declaredEnumValues(
            `${namespace}.${simpleName}`,
            file.fields.filter((field) => (field.accessFlags & ACC_ENUM) !== 0).map((field) => field.name)
        )
    };
}

function supertypes(file: ClassFile): ReturnType<typeof classTypes> {
    if (file.signature !== undefined) {
        return classTypes(file.signature);
    }
    return {
        typeParameters: [],
        superclass: file.superName === undefined ? 'Object' : apexClassName(file.superName),
        interfaces: file.interfaces.map(apexClassName)
    };
}

function isVisible(member: ClassMember): boolean {
    // Abstract platform classes (Exception, SObject) declare protected constructors that subclasses call.
    const isProtectedConstructor = member.name === '<init>' && (member.accessFlags & 0x0004) !== 0;
    return (
        ((member.accessFlags & ACC_PUBLIC) !== 0 || isProtectedConstructor) &&
        (member.accessFlags & ACC_SYNTHETIC) === 0
    );
}

function toMethod(member: ClassMember): PlatformMethod {
    return {
        name: withoutDollar(member.name),
        isStatic: (member.accessFlags & ACC_STATIC) !== 0,
        isAbstract: (member.accessFlags & ACC_ABSTRACT) !== 0,
        ...methodTypes(member.type)
    };
}

function toProperty(member: ClassMember): PlatformProperty {
    return {
        name: withoutDollar(member.name),
        isStatic: (member.accessFlags & ACC_STATIC) !== 0,
        type: fieldType(member.type)
    };
}

/** The jar writes `toString$`, `equals$`, `class$` where Java would clash. */
function withoutDollar(name: string): string {
    return name.endsWith('$') ? name.slice(0, -1) : name;
}
