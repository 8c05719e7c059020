import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApexList } from '../../src/apex/library/collections/apex-list.ts';
import type { ApexMap } from '../../src/apex/library/collections/apex-map.ts';
import { RunningTriggers, TriggerContext, triggerClass } from '../../src/apex/library/system/trigger.ts';
import { Id, SObject } from '../../src/values/index.ts';
import { fakeRuntime } from './fake-runtime.ts';

const rt = fakeRuntime();

function read(name: string): unknown {
    return triggerClass.staticProperties?.[name]?.get?.(rt);
}

function account(): SObject {
    const record = new SObject('Account');
    record.id = Id.of('00130000003T9du');
    return record;
}

test('Trigger is empty outside triggers', () => {
    assert.deepEqual(
        [read('isExecuting'), read('New'), read('size'), read('operationType')],
        [false, null, null, null]
    );
});

test('Trigger shows the innermost invocation', () => {
    const { stack } = rt.tx.state(RunningTriggers);
    const record = account();
    const event = { object: 'Account', newRecords: [record], oldRecords: null } as const;
    stack.push(new TriggerContext({ ...event, operation: 'insert', phase: 'before' }));
    assert.equal(read('newMap'), null, 'records have no ids before an insert');
    stack.push(new TriggerContext({ ...event, operation: 'insert', phase: 'after' }));
    assert.equal(String(read('operationType')), 'AFTER_INSERT');
    assert.deepEqual([read('isAfter'), read('isInsert'), read('isUpdate'), read('size')], [true, true, false, 1]);
    assert.equal((read('New') as ApexList).items[0], record);
    assert.equal(read('New'), read('New'));
    assert.equal((read('newMap') as ApexMap).get(rt, record.id), record);
    assert.equal(read('old'), null);
});
