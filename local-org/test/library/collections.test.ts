import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../support/fast-check.ts';
import { ApexList } from '../../src/apex/library/collections/apex-list.ts';
import { ApexMap } from '../../src/apex/library/collections/apex-map.ts';
import { ApexSet } from '../../src/apex/library/collections/apex-set.ts';
import { INTEGER, OBJECT, SOBJECT, STRING } from '../../src/apex/types/apex-types.ts';
import { Decimal, Id, SObject } from '../../src/values/index.ts';
import { call, fakeRuntime, FakeObject, thrownBy } from './fake-runtime.ts';

const rt = fakeRuntime();

function account(name: string): SObject {
    const record = new SObject('Account');
    record.set('Name', name);
    return record;
}

function point(x: number): FakeObject {
    return new FakeObject(
        'Point',
        { x },
        {
            equals: (other: FakeObject) => other.fields['x'] === x,
            hashcode: () => x % 2
        }
    );
}

test('a list refuses an index outside it', () => {
    const list = new ApexList(STRING, ['a']);
    assert.equal(
        thrownBy(() => call(rt, 'System.List', 'get(Integer)', list, 1)),
        'System.ListException: List index out of bounds: 1'
    );
    assert.equal(
        thrownBy(() => call(rt, 'System.List', 'remove(Integer)', list, -1)),
        'System.ListException: List index out of bounds: -1'
    );
    call(rt, 'System.List', 'add(Integer,T)', list, 1, 'b');
    assert.deepEqual(list.items, ['a', 'b']);
});

test('a set cannot change while a loop runs over it', () => {
    const message = 'System.FinalException: Cannot modify a collection while it is being iterated.';
    const set = ApexSet.of(rt, STRING, ['a']);
    for (const _item of set) {
        assert.equal(
            thrownBy(() => call(rt, 'System.Set', 'add(T)', set, 'b')),
            message
        );
    }
    assert.equal(call(rt, 'System.Set', 'add(T)', set, 'b'), true);
});

test('lists sort by value, nulls first, and stay put where equal', () => {
    const sorted = (items: unknown[]): unknown[] => {
        const list = new ApexList(OBJECT, items);
        call(rt, 'System.List', 'sort()', list);
        return list.items;
    };
    assert.deepEqual(sorted(['b', null, 'a', 'B']), [null, 'B', 'a', 'b']);
    assert.deepEqual(sorted([10, 9, 1]), [1, 9, 10]);
    const records = [account('b'), account('a')];
    assert.deepEqual(
        sorted([...records]).map((record) => (record as SObject).get('Name')),
        ['a', 'b']
    );
    assert.equal(
        thrownBy(() => sorted([new FakeObject('A'), new FakeObject('A')])),
        'System.ListException: One or more of the items in this list is not Comparable.'
    );
});

test('a map behaves as a Map of JavaScript for primitive keys', () => {
    const operations = fc.array(
        fc.tuple(fc.constantFrom('put', 'remove'), fc.constantFrom('a', 'B', 'b', ''), fc.nat(9))
    );
    fc.assert(
        fc.property(operations, (steps) => {
            const map = new ApexMap(STRING, INTEGER);
            const model = new Map<string, number>();
            for (const [operation, key, value] of steps) {
                const previous = model.get(key) ?? null;
                if (operation === 'put') {
                    assert.equal(map.put(rt, key, value), previous);
                    model.set(key, value);
                } else {
                    assert.equal(map.remove(rt, key), previous);
                    model.delete(key);
                }
            }
            assert.deepEqual(map.keys(), [...model.keys()]);
            assert.deepEqual(map.values(), [...model.values()]);
        })
    );
});

test('keys are equal as the platform has them', () => {
    const set = ApexSet.of(rt, OBJECT, ['x', 'X', 1, 1n, null, Decimal.parse('1.1'), Decimal.parse('1.10')]);
    assert.equal(set.size, 7);
    const ids = ApexSet.of(rt, OBJECT, [Id.of('00530000003T9du'), Id.of('00530000003T9duAAC')]);
    assert.equal(ids.size, 1);
});

test('records are keys by their fields, and lost when they change', () => {
    const key = account('a');
    const map = new ApexMap(SOBJECT, STRING);
    map.put(rt, key, 'found');
    assert.equal(map.get(rt, account('a')), 'found');
    assert.equal(map.get(rt, account('b')), null);
    key.set('Name', 'b');
    assert.equal(map.get(rt, key), null);
});

test('objects with equals and hashCode are keys by value, others by identity', () => {
    const set = ApexSet.of(rt, OBJECT, [point(1), point(3), point(1)]);
    assert.equal(set.size, 2);
    assert.equal(set.delete(rt, point(3)), true);
    assert.equal(set.has(rt, point(3)), false);
    assert.equal(set.has(rt, point(1)), true);
    const plain = new FakeObject('Plain');
    assert.equal(ApexSet.of(rt, OBJECT, [plain, plain, new FakeObject('Plain')]).size, 2);
});

test('a map of records goes by their ids', () => {
    const record = account('a');
    const map = new ApexMap(STRING, SOBJECT);
    const source = new ApexList(SOBJECT, [record]);
    // Without an Id it goes under null; only a map that is made of rows needs one of each.
    call(rt, 'System.Map', 'putAll/1', map, source);
    assert.equal(map.get(rt, null), record);
    record.id = Id.of('00130000003T9du');
    call(rt, 'System.Map', 'putAll/1', map, source);
    assert.equal(map.get(rt, record.id.value), record);
});

test('collections compare and print by their elements', () => {
    const left = new ApexMap(STRING, OBJECT);
    left.put(rt, 'a', new ApexList(INTEGER, [1, 2]));
    const right = new ApexMap(STRING, OBJECT);
    right.put(rt, 'a', new ApexList(INTEGER, [1, 2]));
    assert.equal(rt.equals(left, right), true);
    assert.equal(rt.hashCode(left), rt.hashCode(right));
    assert.equal(rt.toText(left), '{a=(1, 2)}');
    assert.equal(
        rt.toText(
            new ApexList(
                INTEGER,
                Array.from({ length: 12 }, (_, n) => n)
            )
        ),
        '(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...)'
    );
    assert.equal(rt.toText(account('a')), 'Account:{Name=a}');
    assert.equal(rt.toText(new FakeObject('Foo', { a: 1, b: null })), 'Foo:[a=1, b=null]');
});
