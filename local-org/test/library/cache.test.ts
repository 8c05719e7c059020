import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApexList } from '../../src/apex/library/collections/apex-list.ts';
import { STRING } from '../../src/apex/types/apex-types.ts';
import { fixedClock } from '../../src/org/clock.ts';
import { call, callStatic, fakeRuntime, thrownBy } from './fake-runtime.ts';

test('what is cached is a copy', () => {
    const rt = fakeRuntime();
    const list = new ApexList(STRING, ['a']);
    callStatic(rt, 'cache.Org', 'put(String,Object)', 'key', list);
    list.items.push('b');
    const cached = callStatic(rt, 'cache.Org', 'get(String)', 'key') as ApexList;
    assert.deepEqual(cached.items, ['a']);
    cached.items.push('c');
    assert.deepEqual((callStatic(rt, 'cache.Org', 'get(String)', 'key') as ApexList).items, ['a']);
});

test('values expire, and partitions are apart', () => {
    const clock = fixedClock('2026-03-01T12:00:00Z');
    const rt = fakeRuntime({ clock });
    const partition = callStatic(rt, 'cache.Session', 'getPartition(String)', 'local.Other');
    call(rt, 'cache.Partition', 'put(String,Object,Integer)', partition, 'key', 1, 300);
    assert.equal(callStatic(rt, 'cache.Session', 'contains(String)', 'key'), false);
    assert.equal(call(rt, 'cache.Partition', 'contains(String)', partition, 'key'), true);
    clock.advance(300_000);
    assert.equal(call(rt, 'cache.Partition', 'get(String)', partition, 'key'), null);
    assert.match(
        thrownBy(() => call(rt, 'cache.Partition', 'put(String,Object)', partition, 'no spaces', 1)),
        /InvalidParamException/
    );
});
