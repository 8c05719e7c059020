import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLibraryCatalog } from '../../src/apex/library/catalog.ts';
import { NATIVE_CLASSES } from '../../src/apex/library/index.ts';
import { parseSignature } from '../../src/platform/parse-signature.ts';
import { platformTypes } from '../../src/platform/signatures.ts';

interface Signature {
    readonly name: string;
    readonly parameters: readonly string[];
    readonly isStatic: boolean;
}

function signaturesOf(className: string): { methods: Signature[]; constructors: Signature[]; properties: Set<string> } {
    const type = platformTypes().type(className);
    assert.ok(type, `the platform has no ${className}`);
    const extra = createLibraryCatalog().extraSignatures(className).map(parseSignature);
    const properties = [...type.properties, ...extra.filter((signature) => signature.kind === 'property')];
    return {
        methods: [...type.methods, ...extra.filter((signature) => signature.kind === 'method')],
        constructors: [...type.constructors, ...extra.filter((signature) => signature.kind === 'constructor')],
        properties: new Set(properties.map((property) => `${property.isStatic} ${property.name.toLowerCase()}`))
    };
}

test('every implemented method and constructor is one of the platform', () => {
    const catalog = createLibraryCatalog();
    const unknown: string[] = [];
    for (const { name } of NATIVE_CLASSES) {
        const definition = catalog.find(name);
        const { methods, constructors } = signaturesOf(name);
        const reached = new Set<string>();
        for (const method of methods) {
            const key = catalog.method(name, method.name, method.parameters, method.isStatic);
            reached.add(`${method.isStatic ? 'statics' : 'methods'} ${key}`);
        }
        for (const constructor of constructors) {
            reached.add(`constructors ${catalog.constructor_(name, constructor.parameters)}`);
        }
        for (const table of ['statics', 'methods', 'constructors'] as const) {
            const keys = Object.keys(definition?.[table] ?? {});
            unknown.push(
                ...keys.filter((key) => !reached.has(`${table} ${key}`)).map((key) => `${name} ${table} ${key}`)
            );
        }
    }
    assert.deepEqual(unknown, []);
});

test('every implemented property is one of the platform', () => {
    const unknown = NATIVE_CLASSES.flatMap((definition) => {
        const { properties } = signaturesOf(definition.name);
        const own = [
            ...Object.keys(definition.staticProperties ?? {}).map((name) => `true ${name.toLowerCase()}`),
            ...Object.keys(definition.properties ?? {}).map((name) => `false ${name.toLowerCase()}`)
        ];
        return own.filter((name) => !properties.has(name)).map((name) => `${definition.name} ${name}`);
    });
    assert.deepEqual(unknown, []);
});

test('no class is implemented twice', () => {
    const names = NATIVE_CLASSES.map((definition) => definition.name.toLowerCase());
    assert.equal(new Set(names).size, names.length);
});

test('an exact key wins over a count', () => {
    const catalog = createLibraryCatalog();
    assert.equal(catalog.method('system.math', 'abs', ['Integer'], true), 'abs(Integer)');
    assert.equal(catalog.method('System.List', 'addAll', ['Set<T>'], false), 'addAll/1');
    assert.equal(catalog.method('System.String', 'addError', ['String'], false), undefined);
});
