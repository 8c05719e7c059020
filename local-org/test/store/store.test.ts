import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createRecordIds } from '../../src/store/record-ids.ts';
import { purged } from '../../src/store/row.ts';
import { createStore } from '../../src/store/store.ts';
import type { Id } from '../../src/values/index.ts';
import { ApexDate, Blob, Datetime, Decimal, Double, Time } from '../../src/values/index.ts';
import type { FieldDef } from '../../src/schema/types.ts';
import type { Store, StoreSnapshot } from '../../src/store/store.ts';

const NAME = { name: 'Name', type: 'string', caseSensitive: false } as FieldDef;

describe('store', () => {
    let store: Store;
    beforeEach(() => {
        store = createStore({ ids: createRecordIds('Tt000') });
    });

    function put(name: string, id = store.newId('001')): Id {
        store.put('Account', { Id: id, Name: name });
        return id;
    }

    function names(): string[] {
        return [...store.table('account').rows()].map((row) => String(row.Name));
    }

    function find(name: string): string[] {
        return [...store.table('Account').find(NAME, name)];
    }

    it('gives ids with prefix, pod, sequence and checksum', () => {
        assert.equal(store.newId('001').value.slice(0, 15), '001Tt0000000001');
        assert.equal(store.newId('001').value.slice(0, 15), '001Tt0000000002');
        assert.equal(store.newId('003').value.slice(0, 15), '003Tt0000000001');
    });

    it('finds rows by index without case, also those written after the index was built', () => {
        const first = put('Acme');
        assert.deepEqual(find('acme'), [first.value]);
        const second = put('ACME');
        assert.deepEqual(find('acme'), [first.value, second.value]);
        put('Other', first);
        assert.deepEqual(find('acme'), [second.value]);
        store.remove('Account', second.value);
        assert.deepEqual(find('acme'), []);
    });

    it('keeps deleted rows out of indexes and counts', () => {
        const id = put('Acme');
        assert.deepEqual(find('acme'), [id.value]);
        store.put('Account', { Id: id, Name: 'Acme', IsDeleted: true });
        assert.deepEqual(find('acme'), []);
        assert.equal(store.table('Account').size, 0);
        assert.ok(store.table('Account').get(id.value));
    });

    it('knows which rows left the recycle bin, in their order, also after a rollback', () => {
        const [first, second] = [put('First'), put('Second')];
        const ids = (): string[] => [...store.table('Account').purged];
        const purge = (id: Id): void => store.put('Account', purged({ Id: id, IsDeleted: true }));
        purge(second);
        purge(first);
        assert.deepEqual(ids(), [second.value, first.value]);
        assert.throws(() =>
            store.atomic(() => {
                store.remove('Account', second.value);
                assert.deepEqual(ids(), [first.value]);
                throw new Error('undone');
            })
        );
        assert.deepEqual(new Set(ids()), new Set([first.value, second.value]));
    });

    it('undoes what an atomic block wrote when it throws, indexes included', () => {
        const id = put('Acme');
        find('acme');
        assert.throws(() =>
            store.atomic(() => {
                put('Changed', id);
                put('New');
                store.atomic(() => put('Nested'));
                throw new Error('stop');
            })
        );
        assert.deepEqual(names(), ['Acme']);
        assert.deepEqual(find('acme'), [id.value]);
        assert.deepEqual(find('new'), []);
    });

    it('rolls back to a savepoint and stays usable; later savepoints die', () => {
        store.atomic(() => {
            put('One');
            const first = store.savepoint();
            put('Two');
            const second = store.savepoint();
            put('Three');
            store.rollback(first);
            assert.deepEqual(names(), ['One']);
            assert.throws(() => store.rollback(second), /no longer valid/);
            put('Four');
            store.rollback(first);
            assert.deepEqual(names(), ['One']);
        });
    });

    it('keeps what a detached transaction wrote when the one around it fails', () => {
        assert.throws(() =>
            store.atomic(() => {
                store.detached(() => put('Kept'));
                put('Lost');
                throw new Error('stop');
            })
        );
        assert.deepEqual(names(), ['Kept']);
    });

    it('never gives an id or number twice, rolled back or not', () => {
        const [ids, numbers]: [string[], number[]] = [[], []];
        for (let round = 0; round < 2; round++) {
            assert.throws(() =>
                store.atomic(() => {
                    ids.push(put('x').value);
                    numbers.push(store.nextNumber('Case.CaseNumber'));
                    throw new Error('stop');
                })
            );
        }
        assert.notEqual(ids[0], ids[1]);
        assert.deepEqual(numbers, [1, 2]);
    });

    it('comes back whole from a snapshot that went through JSON', () => {
        const values = {
            Id: store.newId('001'),
            Text: 'a',
            Flag: true,
            Integer: 5,
            Long: 5_000_000_000n,
            Decimal: Decimal.parse('-12.340'),
            Double: Double.of(0.5),
            Reference: store.newId('003'),
            Date: ApexDate.of(2026, 1, 31),
            Instant: new Datetime(1_700_000_000_123),
            Time: Time.of(1, 2, 3, 4),
            Blob: Blob.fromText('bytes')
        };
        store.put('Account', values);
        store.nextNumber('Case.CaseNumber');
        const restored = createStore({ ids: createRecordIds('Tt000') });
        restored.restore(JSON.parse(JSON.stringify(store.snapshot())) as StoreSnapshot);
        assert.deepEqual(restored.table('Account').get(values.Id.value), values);
        assert.equal(restored.newId('001').value, store.newId('001').value);
        assert.equal(restored.nextNumber('Case.CaseNumber'), 2);
    });

    it('shows derived rows as their source has them, outside transactions and snapshots', () => {
        let version = 1;
        const id = store.newId('0PS');
        const derived = createStore({
            ids: createRecordIds('Tt000'),
            derived: (object) =>
                object === 'permissionset'
                    ? { version: () => version, rows: () => (version === 1 ? [{ Id: id, Name: 'A' }] : []) }
                    : undefined
        });
        assert.equal(derived.table('PermissionSet').size, 1);
        assert.deepEqual(derived.snapshot().tables, {});
        version = 2;
        assert.equal(derived.table('PermissionSet').size, 0);
    });
});
