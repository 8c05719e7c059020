import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Double } from '../../src/values/double.ts';

test('texts are those of java.lang.Double', () => {
    const text = (value: number): string => Double.of(value).toString();
    assert.deepEqual([1, -0.5, 0, -0, 1e7, 1.5e10, 0.001, 0.0001, NaN, Infinity].map(text), [
        '1.0',
        '-0.5',
        '0.0',
        '-0.0',
        '1.0E7',
        '1.5E10',
        '0.001',
        '1.0E-4',
        'NaN',
        'Infinity'
    ]);
});

test('reads the texts Java reads', () => {
    assert.equal(Double.tryParse(' 1.5 ')?.value, 1.5);
    assert.equal(Double.tryParse('1e3')?.value, 1000);
    assert.equal(Double.tryParse('one'), undefined);
    assert.equal(Double.tryParse(''), undefined);
});
