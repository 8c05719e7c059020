import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { errorsOf, firstError, record, testData } from '../store/support/test-data.ts';
import type { TriggerEvent } from '../../src/org/database.ts';
import type { TestData } from '../store/support/test-data.ts';

let data: TestData;
let events: TriggerEvent[];
beforeEach(() => {
    data = testData();
    events = [];
});

function watch(act: (event: TriggerEvent) => void = () => undefined): void {
    data.onTrigger('Account', (event) => {
        events.push(event);
        act(event);
    });
}

function seen(): string[] {
    return events.map(({ phase, operation, newRecords, oldRecords }) => {
        return `${phase} ${operation} ${newRecords?.length ?? '-'}/${oldRecords?.length ?? '-'}`;
    });
}

describe('triggers', () => {
    it('fire before and after each operation with the records Apex has there', () => {
        watch();
        const id = data.insert('Account', { Name: 'A' });
        const account = record('Account', { Id: id, Name: 'B' });
        data.dml('update', account);
        data.dml('delete', account);
        data.dml('undelete', account);
        assert.deepEqual(seen(), [
            'before insert 1/-',
            'after insert 1/-',
            'before update 1/1',
            'after update 1/1',
            'before delete -/1',
            'after delete -/1',
            'after undelete 1/-'
        ]);
    });

    it('see chunks of 200', () => {
        watch();
        data.dml(
            'insert',
            Array.from({ length: 450 }, (_, index) => record('Account', { Name: `A${index}` }))
        );
        const sizes = events.filter(({ phase }) => phase === 'before').map(({ newRecords }) => newRecords?.length);
        assert.deepEqual(sizes, [200, 200, 50]);
    });

    it('change new records before they are validated and saved', () => {
        watch(({ phase, newRecords }) => {
            if (phase === 'before') newRecords?.[0]?.set('Name', 'From trigger');
        });
        assert.equal(firstError(data.dml('insert', record('Account', {}))), undefined);
        assert.deepEqual(data.column('SELECT Name FROM Account'), ['From trigger']);
    });

    it('see the whole row in an update, old values in the old record, both read-only where Apex has them so', () => {
        const id = data.insert('Account', { Name: 'A', Phone: '1' });
        watch();
        data.dml('update', record('Account', { Id: id, Name: 'B' }));
        const [before, after] = events;
        assert.deepEqual(
            [
                before?.newRecords?.[0]?.get('Phone'),
                before?.newRecords?.[0]?.get('Name'),
                before?.oldRecords?.[0]?.get('Name')
            ],
            ['1', 'B', 'A']
        );
        assert.deepEqual([before?.newRecords?.[0]?.readOnly, before?.oldRecords?.[0]?.readOnly], [false, true]);
        assert.equal(after?.newRecords?.[0]?.readOnly, true);
        assert.ok(after?.newRecords?.[0]?.get('LastModifiedDate'));
    });

    it('stop a row with addError, on a field or the record', () => {
        watch(({ newRecords }) => {
            for (const account of newRecords ?? []) {
                if (account.get('Name') === 'Bad') account.addError('not this one', 'Name');
            }
        });
        const results = data.dml('insert', [record('Account', { Name: 'Good' }), record('Account', { Name: 'Bad' })]);
        assert.deepEqual(errorsOf(results), [[], ['FIELD_CUSTOM_VALIDATION_EXCEPTION: not this one [Name]']]);
        assert.deepEqual(data.column('SELECT Name FROM Account'), ['Good']);
    });

    it('stop a delete with addError', () => {
        const id = data.insert('Account', { Name: 'A' });
        watch(({ oldRecords }) => oldRecords?.[0]?.addError('stays'));
        assert.match(firstError(data.dml('delete', record('Account', { Id: id }))) ?? '', /stays/);
        assert.equal(data.store.table('Account').size, 1);
    });

    it('fire again for the good rows after a partial failure, the first attempt undone', () => {
        watch(({ phase, newRecords }) => {
            if (phase !== 'after') return;
            for (const account of newRecords ?? []) if (account.get('Name') === 'Bad') account.addError('no');
        });
        const results = data.dml('insert', [record('Account', { Name: 'Good' }), record('Account', { Name: 'Bad' })]);
        assert.deepEqual(seen(), ['before insert 2/-', 'after insert 2/-', 'before insert 1/-', 'after insert 1/-']);
        assert.deepEqual(
            results.map(({ success }) => success),
            [true, false]
        );
        assert.deepEqual(data.column('SELECT Name FROM Account'), ['Good']);
    });

    it('give up after three attempts', () => {
        watch(({ phase, newRecords }) => {
            if (phase === 'after') newRecords?.[0]?.addError('always the first');
        });
        const rows = Array.from({ length: 5 }, (_, index) => record('Account', { Name: `A${index}` }));
        const errors = errorsOf(data.dml('insert', rows));
        assert.match(errors[4]?.[0] ?? '', /Too many batch retries in the presence of Apex triggers/);
        assert.equal(data.store.table('Account').size, 0);
    });

    it('undo everything when a trigger throws', () => {
        watch(({ phase }) => {
            if (phase === 'after') throw new Error('trigger failed');
        });
        assert.throws(() => data.dml('insert', record('Account', { Name: 'A' })), /trigger failed/);
        assert.equal(data.store.table('Account').size, 0);
    });
});
