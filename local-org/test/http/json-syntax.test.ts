import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from '../support/fast-check.ts';
import { jsonSyntaxError } from '../../src/http/json-syntax.ts';

function isJson(source: string): boolean {
    try {
        JSON.parse(source);
        return true;
    } catch {
        return false;
    }
}

describe('the place of a JSON mistake', () => {
    test('is none in a valid text', () => {
        fc.assert(fc.property(fc.json(), (source) => assert.equal(jsonSyntaxError(source), undefined)));
    });

    test('is found exactly where JSON.parse refuses', () => {
        const broken = fc
            .tuple(
                fc.json(),
                fc.nat(),
                fc.string({ unit: fc.constantFrom(...'{}[]",:.-+0123eE\\untfx \n'), maxLength: 3 })
            )
            .map(([source, at, noise]) => {
                const cut = at % (source.length + 1);
                return source.slice(0, cut) + noise + source.slice(cut + 1);
            });
        fc.assert(
            fc.property(broken, (source) => assert.equal(jsonSyntaxError(source) === undefined, isJson(source))),
            { numRuns: 2000 }
        );
    });

    test('is the first character that cannot follow', () => {
        assert.equal(jsonSyntaxError('{"a": x}'), 6);
        assert.equal(jsonSyntaxError('{"a" 1}'), 5);
        assert.equal(jsonSyntaxError('[1,]'), 3);
        assert.equal(jsonSyntaxError('{"a": "b'), 8);
        assert.equal(jsonSyntaxError('{} {}'), 3);
    });
});
