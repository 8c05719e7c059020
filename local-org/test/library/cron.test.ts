import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCron } from '../../src/apex/library/async/cron.ts';

function next(expression: string, after = '2026-11-22T10:00:00Z'): string {
    const moment = parseCron(expression).next(Date.parse(after));
    return moment === undefined ? 'never' : new Date(moment).toISOString().slice(0, 19);
}

test('the next moment of a schedule', () => {
    assert.equal(next('0 0 3 * * ?'), '2026-11-23T03:00:00');
    assert.equal(next('0 30 10 ? * *'), '2026-11-22T10:30:00');
    assert.equal(next('0 0/15 * * * ?'), '2026-11-22T10:15:00');
    assert.equal(next('0 0 8-10/2 ? * MON-FRI'), '2026-11-23T08:00:00');
    assert.equal(next('0 0 0 3 9 ? 2042'), '2042-09-03T00:00:00');
    assert.equal(next('0 0 13 ? JAN,JUN *'), '2027-01-01T13:00:00');
    assert.equal(next('0 0 0 1 1 ? 2020'), 'never');
    assert.equal(next('0 0 * * * ? 2100'), '2100-01-01T00:00:00');
});

test('last days, working days and weeks of a month', () => {
    assert.equal(next('0 0 0 L * ?'), '2026-11-30T00:00:00');
    assert.equal(next('0 0 0 28W * ?'), '2026-11-27T00:00:00');
    assert.equal(next('0 0 0 1W * ?'), '2026-12-01T00:00:00');
    assert.equal(next('0 0 0 LW 1 ?'), '2027-01-29T00:00:00');
    assert.equal(next('0 0 0 ? * 6L'), '2026-11-27T00:00:00');
    assert.equal(next('0 0 0 ? * FRI#2'), '2026-12-11T00:00:00');
});

test('what is no schedule is refused', () => {
    for (const wrong of ['', 'daily', '0 0 3 * *', '0 0 3 * * *', '0 0 24 * * ?', '0 0 3 ? * ?', '0 0 3 ? * 6#9']) {
        assert.throws(() => parseCron(wrong), SyntaxError, wrong);
    }
});
