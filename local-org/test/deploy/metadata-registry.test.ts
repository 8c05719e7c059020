import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from '../support/fast-check.ts';
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

    test('is what a plain map would be after any puts, removals and rollbacks', () => {
        const name = fc.constantFrom('A', 'a', 'B', 'C');
        const step = fc.oneof(
            fc.record({ kind: fc.constant('put' as const), name, text: fc.string() }),
            fc.record({ kind: fc.constant('remove' as const), name }),
            fc.record({ kind: fc.constant('undo' as const) })
        );
        const content = (registry: TransactionalMetadataRegistry) =>
            new Map(registry.list('ApexClass').map((item) => [item.fullName.toLowerCase(), [...item.files.values()]]));
        fc.assert(
            fc.property(fc.array(step), (steps) => {
                const registry = newRegistry();
                const model = new Map<string, Uint8Array[]>();
                let saved = { at: registry.savepoint(), model: new Map(model) };
                for (const change of steps) {
                    if (change.kind === 'undo') {
                        registry.rollback(saved.at);
                        model.clear();
                        saved.model.forEach((value, key) => model.set(key, value));
                        continue;
                    }
                    saved = { at: registry.savepoint(), model: new Map(model) };
                    const before = registry.version('ApexClass');
                    const key = change.name.toLowerCase();
                    const isChange = change.kind === 'put' || model.has(key);
                    if (change.kind === 'put') {
                        registry.put(apexClass(change.name, change.text));
                        model.set(key, [new TextEncoder().encode(change.text)]);
                    } else {
                        registry.remove('ApexClass', change.name);
                        model.delete(key);
                    }
                    assert.equal(registry.version('ApexClass') > before, isChange);
                }
                assert.deepEqual(content(registry), model);
            })
        );
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
