import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../support/fast-check.ts';
import { Id } from '../../src/values/id.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const shortId = fc.array(fc.constantFrom(...letters), { minLength: 15, maxLength: 15 }).map((chars) => chars.join(''));

test('the 18-character form of a known id', () => {
    // Example of the article "What are Salesforce ID's composed of?".
    assert.equal(Id.of('00530000003T9du').value, '00530000003T9duAAC');
});

test('an 18-character id that lost its case gets it back', () => {
    fc.assert(
        fc.property(shortId, (text) => {
            const id = Id.of(text);
            assert.equal(id.to15(), text);
            assert.equal(Id.of(id.value.toLowerCase()).value, id.value);
            assert.equal(Id.of(id.value.toUpperCase()).value, id.value);
        })
    );
});

test('what is no id is refused', () => {
    assert.equal(Id.tryParse('001'), undefined);
    assert.equal(Id.tryParse('00530000003T9d!'), undefined);
    assert.equal(Id.tryParse('00530000003T9du99'), undefined);
    assert.throws(() => Id.of('x'), /^RangeError: Invalid id: x$/);
});
