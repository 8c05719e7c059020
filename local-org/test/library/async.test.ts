import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApexList } from '../../src/apex/library/collections/apex-list.ts';
import { enqueueFuture } from '../../src/apex/library/async/queueable.ts';
import { STRING } from '../../src/apex/types/apex-types.ts';
import { callStatic, FakeObject, fakeRuntime, thrownBy } from './fake-runtime.ts';

function recorder(log: string[]): FakeObject {
    return new FakeObject(
        'Job',
        {},
        {
            execute: (_context: unknown, part?: ApexList) => log.push(`execute ${part?.items.join('') ?? ''}`),
            start: () => new ApexList(STRING, ['a', 'b', 'c']),
            finish: () => log.push('finish')
        }
    );
}

test('jobs of a test wait for stopTest and run in order', () => {
    const rt = fakeRuntime();
    const log: string[] = [];
    callStatic(rt, 'System.Test', 'startTest()');
    const id = callStatic(rt, 'System.System', 'enqueueJob(Object)', recorder(log));
    callStatic(rt, 'System.Database', 'executeBatch(Object,Integer)', recorder(log), 2);
    enqueueFuture(rt, () => void log.push('future'));
    assert.match(String(id), /^707/);
    assert.deepEqual(log, []);
    callStatic(rt, 'System.Test', 'stopTest()');
    assert.deepEqual(log, ['execute ', 'execute ab', 'execute c', 'finish', 'future']);
});

test('a batch without state gets its fields back for each part', () => {
    const rt = fakeRuntime();
    const batch = new FakeObject('Batch', { count: 0 });
    const counts: unknown[] = [];
    Object.assign(batch.methods, {
        start: () => new ApexList(STRING, ['a', 'b']),
        execute: () => counts.push((batch.fields['count'] = (batch.fields['count'] as number) + 1)),
        finish: () => counts.push(batch.fields['count'])
    });
    callStatic(rt, 'System.Test', 'startTest()');
    callStatic(rt, 'System.Database', 'executeBatch(Object,Integer)', batch, 1);
    callStatic(rt, 'System.Test', 'stopTest()');
    assert.deepEqual(counts, [1, 1, 0]);
});

test('a schedule outside tests is refused, for nothing would run it', () => {
    const rt = fakeRuntime();
    Object.assign(rt.tx, { isTest: false });
    const schedule = (cron: string): string =>
        thrownBy(() =>
            callStatic(rt, 'System.System', 'schedule(String,String,Object)', 'n', cron, new FakeObject('J'))
        );
    assert.match(schedule('0 0 3 * * ?'), /^System\.AsyncException: .*not supported/);
    assert.match(schedule('daily'), /^System\.StringException: Illegal cron expression/);
});
