import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodTypes } from '../../src/platform/java-types.ts';
import { platformTypes } from '../../src/platform/signatures.ts';
import { standardObjectFields, standardObjectName, standardObjectNames } from '../../src/platform/standard-objects.ts';

function signatures(type: string, method: string): string[] {
    const found =
        platformTypes()
            .type(type)
            ?.methods.filter((candidate) => candidate.name === method) ?? [];
    return found.map((m) => `${m.isStatic ? 'static ' : ''}${m.returns} ${m.name}(${m.parameters.join(', ')})`);
}

test('reads overloads with their types in Apex notation', () => {
    assert.deepEqual(signatures('system.JSON', 'serialize'), [
        'static String serialize(Object)',
        'static String serialize(Object, Boolean)'
    ]);
    assert.deepEqual(signatures('System.Map', 'keySet'), ['Set<K> keySet()']);
    assert.deepEqual(signatures('System.Map', 'putAll'), ['void putAll(Map<K, V>)', 'void putAll(List<SObject>)']);
    assert.deepEqual(signatures('System.SObject', 'clone')[0], 'SObject clone()');
});

test('knows type parameters, supertypes, interfaces and enums', () => {
    const list = platformTypes().type('System.List');
    assert.deepEqual(list?.typeParameters, ['T']);
    assert.deepEqual(list?.interfaces, ['Iterable<T>']);
    assert.equal(platformTypes().type('System.HttpCalloutMock')?.kind, 'interface');
    assert.equal(platformTypes().type('System.DmlException')?.superclass, 'System.Exception');
    const operation = platformTypes().type('system.triggeroperation');
    assert.equal(operation?.kind, 'enum');
    assert.ok(operation.enumValues.includes('BEFORE_INSERT'));
    assert.deepEqual(operation.methods, []);
});

test('names nested types with dots and answers undefined for what the platform lacks', () => {
    assert.equal(platformTypes().type('Database.DMLOptions.EmailHeader')?.simpleName, 'DMLOptions.EmailHeader');
    assert.equal(platformTypes().type('System.Strin'), undefined);
    assert.ok(platformTypes().isNamespace('connectapi'));
    assert.equal(platformTypes().isNamespace('Internal'), false);
});

test('every class of the table can be read', () => {
    let count = 0;
    for (const namespace of platformTypes().namespaces) {
        for (const name of platformTypes().typesOf(namespace)) {
            assert.ok(platformTypes().type(name), name);
            count += 1;
        }
    }
    assert.ok(count > 1700, `only ${count} classes`);
});

test('lists the fields, parents and children of a standard object', () => {
    const fields = new Map(standardObjectFields('account')?.map((field) => [field.name, field]));
    assert.deepEqual(fields.get('AnnualRevenue'), { name: 'AnnualRevenue', apexType: 'Decimal', role: 'field' });
    assert.deepEqual(fields.get('Owner'), { name: 'Owner', apexType: 'User', role: 'parent' });
    assert.deepEqual(fields.get('Contacts'), { name: 'Contacts', apexType: 'List<Contact>', role: 'children' });
    assert.deepEqual(fields.get('BillingAddress'), { name: 'BillingAddress', apexType: 'Address', role: 'compound' });
    assert.equal(standardObjectName('ACCOUNT'), 'Account');
    assert.equal(standardObjectFields('Nope__c'), undefined);
    assert.ok([...standardObjectNames()].length > 4000);
});

test('a signature with an unknown tag is refused', () => {
    assert.throws(() => methodTypes('(Q)V'), /Unknown type tag "Q"/);
});
