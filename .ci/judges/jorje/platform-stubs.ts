import {
    platformTypes,
    type PlatformClass,
    type PlatformMethod,
    type SignatureTable
} from '../../../local-org/src/platform/signatures.ts';
import { interfacesOf, isOfEveryObject, platformAdditions, returnTypeOf } from './platform-additions.ts';

/** A platform class as Apex source for the compiler; PlatformSymbols.java takes the marks out. */
export interface Stub {
    /** `System.HttpRequest`. */
    readonly name: string;
    readonly namespace: string;
    readonly isException: boolean;
    readonly body: string;
}

const OWN_NAME = '%NAME%';
const RESERVED_MARK = 'reserved_';
/** Names of platform methods that a source may not declare. */
const RESERVED = new Set(['insert', 'update', 'upsert', 'delete', 'undelete', 'merge']);

/** Types that the compiler brings along. */
const BUILT_IN = new Set(
    [
        'Object String Id Boolean Integer Long Double Decimal Date Datetime Time Blob SObject',
        'List Set Map Exception Comparator Label'
    ].flatMap((line) => line.split(' ').map((name) => `System.${name}`))
);

/** All platform classes by lower-case `namespace/name`; inner classes are part of their outer one. */
export function platformStubs(): Record<string, Stub> {
    const table = platformTypes();
    const stubs: Record<string, Stub> = {};
    for (const name of table.namespaces.flatMap((namespace) => table.typesOf(namespace))) {
        const type = table.type(name);
        if (type === undefined || BUILT_IN.has(name) || type.simpleName.includes('.')) continue;
        stubs[`${type.namespace}/${type.simpleName}`.toLowerCase()] = {
            name,
            namespace: type.namespace,
            isException: type.superclass === 'System.Exception',
            body: typeText(type, OWN_NAME, innerTypes(table, type))
        };
    }
    return stubs;
}

function innerTypes(table: SignatureTable, outer: PlatformClass): PlatformClass[] {
    return table
        .typesOf(outer.namespace)
        .filter((name) => name.startsWith(`${outer.name}.`))
        .flatMap((name) => table.type(name) ?? []);
}

function typeText(type: PlatformClass, name: string, inner: readonly PlatformClass[]): string {
    if (type.kind === 'enum') return `global enum ${name} { ${type.enumValues.join(', ')} }`;
    const head = type.typeParameters.length === 0 ? name : `${name}<${type.typeParameters.join(', ')}>`;
    return type.kind === 'interface' ? interfaceText(type, head) : classText(type, name, head, inner);
}

function interfaceText(type: PlatformClass, head: string): string {
    const methods = type.methods.map(
        (method) => `${returnTypeOf(type, method)} ${method.name}(${parameters(method)});`
    );
    return `global interface ${head}${list(' extends ', type.interfaces)} {\n${methods.join('\n')}\n}`;
}

function classText(type: PlatformClass, name: string, head: string, inner: readonly PlatformClass[]): string {
    const members = [
        ...type.constructors.map((constructor) => `global ${name}(${parameters(constructor)}) {}`),
        ...type.methods.filter((method) => !isOfEveryObject(method)).map((method) => methodText(type, method)),
        ...type.properties.map(
            (property) => `global ${property.isStatic ? 'static ' : ''}${property.type} ${property.name} { get; set; }`
        ),
        ...inner.map((one) => typeText(one, one.simpleName.slice(type.simpleName.length + 1), [])),
        ...platformAdditions(type)
    ];
    const isAbstract = type.methods.some((method) => method.isAbstract);
    const supertypes = `${list(' extends ', [type.superclass ?? ''])}${list(' implements ', interfacesOf(type))}`;
    return `global ${isAbstract ? 'abstract' : 'virtual'} class ${head}${supertypes} {\n${members.join('\n')}\n}`;
}

function methodText(type: PlatformClass, method: PlatformMethod): string {
    const { name, returns, isStatic, isAbstract } = method;
    const written = RESERVED.has(name.toLowerCase()) ? `${RESERVED_MARK}${name}` : name;
    const head = `${returns} ${written}(${parameters(method)})`;
    if (isAbstract) return `global abstract ${head};`;
    const modifier = isStatic ? 'static ' : type.isOpen === true ? 'virtual ' : '';
    return `global ${modifier}${head} ${returns === 'void' ? '{}' : '{ return null; }'}`;
}

function parameters(method: PlatformMethod): string {
    return method.parameters.map((type, index) => `${type} p${index}`).join(', ');
}

function list(word: string, names: readonly string[]): string {
    const given = names.filter((name) => name !== '');
    return given.length === 0 ? '' : `${word}${given.join(', ')}`;
}
