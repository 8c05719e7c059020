import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from '../support/fast-check.ts';
import { ApexList } from '../../src/apex/library/collections/apex-list.ts';
import { ApexMap } from '../../src/apex/library/collections/apex-map.ts';
import { typeObject } from '../../src/apex/library/system/type.ts';
import {
    BOOLEAN,
    DATETIME,
    DECIMAL,
    INTEGER,
    listOf,
    LONG,
    STRING,
    userType
} from '../../src/apex/types/apex-types.ts';
import type { Datetime } from '../../src/values/index.ts';
import { Decimal } from '../../src/values/index.ts';
import { call, callStatic, FakeObject, fakeRuntime, thrownBy } from './fake-runtime.ts';

const FIELDS = { name: STRING, count: INTEGER, tags: listOf(STRING), next: userType('Node'), flag: BOOLEAN };
const rt = fakeRuntime({}, { Node: () => new FakeObject('Node', {}, {}, FIELDS) });

function untyped(text: string): unknown {
    return callStatic(rt, 'System.JSON', 'deserializeUntyped(String)', text);
}

function typed(text: string, type = userType('Node') as never, strict = false): unknown {
    const key = strict ? 'deserializeStrict(String,Type)' : 'deserialize(String,Type)';
    return callStatic(rt, 'System.JSON', key, text, typeObject(type));
}

function serialize(value: unknown, suppressNulls = false): unknown {
    return callStatic(rt, 'System.JSON', 'serialize(Object,Boolean)', value, suppressNulls);
}

test('reads what JavaScript reads and writes it back alike', () => {
    const json = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });
    fc.assert(
        fc.property(json, (value) => {
            const text = JSON.stringify(value);
            assert.deepEqual(JSON.parse(serialize(untyped(text)) as string), JSON.parse(text));
        })
    );
});

test('refuses what JavaScript refuses', () => {
    const broken = fc.tuple(
        fc.json({ maxDepth: 2 }),
        fc.nat(40),
        fc.constantFrom('', ',', '}', '"', 'x', '\\', ']', ':')
    );
    fc.assert(
        fc.property(broken, ([text, position, insert]) => {
            const changed = text.slice(0, position) + insert + text.slice(position + 1);
            let valid = true;
            try {
                JSON.parse(changed);
            } catch {
                valid = false;
            }
            assert.equal(thrownBy(() => untyped(changed)).startsWith('System.JSONException'), !valid, changed);
        })
    );
});

test('numbers become the smallest type that holds them exactly', () => {
    assert.equal(untyped('2147483647'), 2147483647);
    assert.equal(untyped('2147483648'), 2147483648n);
    assert.equal(String(untyped('9223372036854775808')), '9223372036854775808');
    assert.ok((untyped('1.10') as Decimal).scale === 2);
});

test('errors say where', () => {
    assert.equal(
        thrownBy(() => untyped('{"a" 1}')),
        "System.JSONException: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value at [line:1, column:6]"
    );
    assert.equal(
        thrownBy(() => untyped('{\n  "a": tru\n}')),
        "System.JSONException: Unrecognized token 'tru': was expecting 'true', 'false' or 'null' at [line:2, column:8]"
    );
    assert.equal(
        thrownBy(() => untyped('')),
        'System.JSONException: No content to map to Object due to end of input at [line:1, column:1]'
    );
    assert.match(
        thrownBy(() => untyped('[1,')),
        /Unexpected/
    );
});

test('objects are read by their fields', () => {
    const node = typed('{"NAME":"a","count":"3","tags":["x"],"next":{"name":"b"},"other":[1]}') as FakeObject;
    assert.equal(node.fields['name'], 'a');
    assert.equal(node.fields['count'], 3);
    assert.deepEqual((node.fields['tags'] as ApexList).items, ['x']);
    assert.equal((node.fields['next'] as FakeObject).fields['name'], 'b');
    assert.match(
        thrownBy(() => typed('{"other":1}', userType('Node') as never, true)),
        /^System\.JSONException: Unrecognized field "other" \(Class Node\), not marked as ignorable/
    );
    assert.match(
        thrownBy(() => typed('[]')),
        /Expected '\{' at the beginning of object at \[line:1, column:1\]/
    );
    assert.match(
        thrownBy(() => typed('{}', listOf(STRING) as never)),
        /Expected '\[' at the beginning of List/
    );
    assert.match(
        thrownBy(() => typed('{"count":"x"}')),
        /Illegal value for primitive Integer at \[line:1, column:10\]/
    );
});

test('primitives are read from their forms', () => {
    const value = typed('"2026-01-01T00:00:00.000+0100"', DATETIME as never) as Datetime;
    assert.equal(value.toString(), '2025-12-31 23:00:00');
    assert.equal(typed('12345678901', LONG as never), 12345678901n);
    assert.equal(String(typed('5.50', DECIMAL as never)), '5.50');
    assert.equal(typed('null', STRING as never), null);
});

test('objects are written by their fields, without nulls when asked', () => {
    const node = new FakeObject('Node', { name: 'a', count: null, tags: new ApexList(STRING, ['x', null]) });
    assert.equal(serialize(node), '{"name":"a","count":null,"tags":["x",null]}');
    assert.equal(serialize(node, true), '{"name":"a","tags":["x",null]}');
});

test('pretty text has the layout of the platform', () => {
    const map = new ApexMap(STRING, STRING);
    map.put(rt, 'a', new ApexList(INTEGER, [1, 2]));
    map.put(rt, 'b', new ApexMap(STRING, STRING));
    map.put(rt, 'c', new ApexList(STRING, []));
    assert.equal(
        callStatic(rt, 'System.JSON', 'serializePretty(Object)', map),
        '{\n  "a" : [ 1, 2 ],\n  "b" : { },\n  "c" : [ ]\n}'
    );
});

test('a generator writes what it is told and refuses what does not fit', () => {
    const generator = callStatic(rt, 'System.JSON', 'createGenerator(Boolean)', false);
    const g = (key: string, ...args: unknown[]): unknown => call(rt, 'System.JSONGenerator', key, generator, ...args);
    g('writeStartObject()');
    g('writeStringField/2', 'a', 'x');
    g('writeFieldName(String)', 'b');
    g('writeStartArray()');
    g('writeNumber/1', Decimal.parse('1.50'));
    g('writeNull()');
    assert.match(
        thrownBy(() => g('writeEndObject()')),
        /^System\.JSONException: Current context not an OBJECT/
    );
    g('writeEndArray()');
    assert.match(
        thrownBy(() => g('writeString/1', 'x')),
        /expecting a field name/
    );
    g('writeEndObject()');
    assert.equal(g('getAsString()'), '{"a":"x","b":[1.50,null]}');
});

test('a parser steps through the tokens', () => {
    const parser = callStatic(rt, 'System.JSON', 'createParser(String)', '{"a":{"x":[1]},"b":true,"c":{"name":"n"}}');
    const p = (key: string, ...args: unknown[]): unknown => call(rt, 'System.JSONParser', key, parser, ...args);
    const next = (): string => String(p('nextToken()'));
    assert.deepEqual([next(), next(), next()], ['START_OBJECT', 'FIELD_NAME', 'START_OBJECT']);
    assert.equal(p('getCurrentName()'), 'a');
    p('skipChildren()');
    assert.equal(String(p('getCurrentToken()')), 'END_OBJECT');
    assert.equal(p('getCurrentName()'), 'a');
    assert.equal(String(p('nextValue()')), 'VALUE_TRUE');
    assert.equal(p('getCurrentName()'), 'b');
    assert.equal(p('getBooleanValue()'), true);
    assert.match(
        thrownBy(() => p('getIntegerValue()')),
        /not a numeric value/
    );
    assert.equal(String(p('nextValue()')), 'START_OBJECT');
    const node = p('readValueAs(Type)', typeObject(userType('Node'))) as FakeObject;
    assert.equal(node.fields['name'], 'n');
    assert.equal(next(), 'END_OBJECT');
    assert.equal(p('nextToken()'), null);
});
