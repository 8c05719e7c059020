import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixedClock } from '../../src/org/clock.ts';
import { createMetadataRegistry } from '../../src/org/create-metadata-registry.ts';
import type { RegistrySnapshot, TransactionalMetadataRegistry } from '../../src/org/metadata-registry.ts';

function newRegistry(): TransactionalMetadataRegistry {
    let next = 0;
    return createMetadataRegistry({
        clock: fixedClock('2026-11-22T10:00:00Z'),
        newId: (prefix) => prefix + String((next += 1)).padStart(12, '0') + 'AAA'
    });
}

function apexClass(fullName: string, text = '') {
    return {
        type: 'ApexClass',
        fullName,
        files: new Map([[`classes/${fullName}.cls`, new TextEncoder().encode(text)]]),
        document: { apiVersion: '67.0' }
    };
}

describe('metadata registry', () => {
    test('gives ids with the key prefix of the type and keeps them over updates', () => {
        const registry = newRegistry();
        const first = registry.put(apexClass('AccountHelper', 'one'));
        const second = registry.put(apexClass('accounthelper', 'two'));
        assert.match(first.id, /^01p/);
        assert.equal(second.id, first.id);
        assert.equal(registry.list('ApexClass').length, 1);
        assert.equal(registry.get('ApexClass', 'ACCOUNTHELPER'), second);
    });

    test('a rollback restores content and raises the version of what it touched', () => {
        const registry = newRegistry();
        const kept = registry.put(apexClass('Kept'));
        registry.put({ type: 'PermissionSet', fullName: 'P', files: new Map(), document: { label: 'P' } });
        const before = registry.version('ApexClass');
        const untouched = registry.version('PermissionSet');
        const savepoint = registry.savepoint();
        registry.put(apexClass('Kept', 'changed'));
        registry.put(apexClass('Added'));
        const changed = registry.version('ApexClass');
        registry.rollback(savepoint);
        assert.equal(registry.get('ApexClass', 'Kept'), kept);
        assert.equal(registry.get('ApexClass', 'Added'), undefined);
        assert.ok(changed > before);
        assert.ok(registry.version('ApexClass') > changed);
        assert.equal(registry.version('PermissionSet'), untouched);
    });

    test('savepoints nest', () => {
        const registry = newRegistry();
        const outer = registry.savepoint();
        registry.put(apexClass('A'));
        const inner = registry.savepoint();
        registry.put(apexClass('B'));
        registry.rollback(inner);
        assert.deepEqual(
            registry.list('ApexClass').map((component) => component.fullName),
            ['A']
        );
        registry.rollback(outer);
        assert.deepEqual(registry.types(), []);
    });

    test('a snapshot survives JSON', () => {
        const registry = newRegistry();
        const stored = registry.put(apexClass('AccountHelper', 'public class AccountHelper {}'));
        const copy = newRegistry();
        copy.restore(JSON.parse(JSON.stringify(registry.snapshot())) as RegistrySnapshot);
        assert.deepEqual(copy.get('ApexClass', 'AccountHelper'), stored);
        assert.ok(copy.version('ApexClass') > 0);
    });
});
