import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Steps } from '../lib/steps.ts';

test('records the outcome of each step in order', async () => {
    const steps = new Steps({ quiet: true });
    const value = await steps.step('Work', (report) => {
        report.detail('3 rows');
        return 3;
    });
    await steps.step('Again', (report) => report.already('nothing to do'));
    await assert.rejects(
        steps.step('Break', () => Promise.reject(new Error('refused'))),
        /refused/
    );
    assert.equal(value, 3);
    assert.deepEqual(
        steps.records.map(({ title, outcome, detail }) => ({ title, outcome, detail })),
        [
            { title: 'Work', outcome: 'done', detail: '3 rows' },
            { title: 'Again', outcome: 'already', detail: 'nothing to do' },
            { title: 'Break', outcome: 'failed', detail: undefined }
        ]
    );
    assert.ok(steps.records.every((record) => Number.isInteger(record.ms)));
});
