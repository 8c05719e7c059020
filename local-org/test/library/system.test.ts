import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platformEnumValue } from '../../src/apex/runtime/enum-value.ts';
import { parseUrl } from '../../src/apex/library/system/url.ts';
import { Blob, Datetime, Decimal, Double } from '../../src/values/index.ts';
import { call, callStatic, fakeRuntime, thrownBy } from './fake-runtime.ts';

const rt = fakeRuntime();

test('assertions say what they expected', () => {
    const equal = (...args: unknown[]): string =>
        thrownBy(() => callStatic(rt, 'System.Assert', `areEqual/${args.length}`, ...args));
    assert.equal(equal(1, 1), 'nothing');
    assert.equal(equal(1, Decimal.parse('1.0')), 'nothing');
    assert.equal(equal('a', 'A'), 'System.AssertException: Assertion Failed: Expected: a, Actual: A');
    assert.equal(equal(1, null, 'count'), 'System.AssertException: Assertion Failed: count: Expected: 1, Actual: null');
    assert.equal(
        thrownBy(() => callStatic(rt, 'System.System', 'assertNotEquals/2', 1, 1)),
        'System.AssertException: Assertion Failed: Same value: 1'
    );
    assert.equal(
        thrownBy(() => callStatic(rt, 'System.Assert', 'isTrue/2', false, 'must hold')),
        'System.AssertException: Assertion Failed: must hold'
    );
    assert.equal(
        thrownBy(() => callStatic(rt, 'System.Assert', 'fail/0')),
        'System.AssertException: Assertion Failed'
    );
});

test('numbers convert and wrap as in Java', () => {
    assert.equal(callStatic(rt, 'System.Integer', 'valueOf(String)', ' 42 '), 42);
    assert.equal(
        thrownBy(() => callStatic(rt, 'System.Integer', 'valueOf(String)', '2147483648')),
        'System.TypeException: Invalid integer: 2147483648'
    );
    assert.equal(call(rt, 'System.Long', 'intValue()', 2147483648n), -2147483648);
    assert.equal(call(rt, 'System.Double', 'intValue()', Double.of(1e12)), 2147483647);
    assert.equal(call(rt, 'System.Decimal', 'format()', Decimal.parse('-1234567.50')), '-1,234,567.50');
    assert.equal(callStatic(rt, 'System.Math', 'mod(Integer,Integer)', -7, 3), -1);
    assert.equal(
        thrownBy(() => callStatic(rt, 'System.Math', 'mod(Integer,Integer)', 1, 0)),
        'System.MathException: Divide by 0'
    );
    assert.equal(callStatic(rt, 'System.Math', 'round(Double)', Double.of(2.5)), 2);
});

test('rounding modes come as enum values', () => {
    const up = platformEnumValue('System.RoundingMode', 'up');
    assert.equal(call(rt, 'System.Decimal', 'round(RoundingMode)', Decimal.parse('1.1'), up), 2n);
    assert.equal(String(call(rt, 'System.Decimal', 'setScale(Integer)', Decimal.parse('2.345'), 2)), '2.34');
});

test('dates print as the platform prints them', () => {
    const value = new Datetime(Date.UTC(2026, 2, 1, 15, 4, 5));
    assert.equal(callStatic(rt, 'System.String', 'valueOf(Datetime)', value), '2026-03-01 15:04:05');
    assert.equal(call(rt, 'System.Datetime', 'format()', value), '3/1/2026, 3:04 PM');
    const today = callStatic(rt, 'System.Date', 'today()');
    assert.equal(callStatic(rt, 'System.String', 'valueOf(Date)', today), '2026-03-01');
    assert.equal(rt.toText(today), '2026-03-01 00:00:00');
    assert.equal(
        thrownBy(() => callStatic(rt, 'System.Date', 'valueOf(String)', 'soon')),
        'System.TypeException: Invalid date: soon'
    );
});

test('datetimes of one second are equal and have one hash', () => {
    const value = new Datetime(1_538_783_039_073);
    const whole = new Datetime(1_538_783_039_000);
    assert.ok(rt.equals(value, whole) && rt.hashCode(value) === rt.hashCode(whole));
    assert.ok(!rt.equals(value, new Datetime(1_538_783_040_000)));
    const gmt = callStatic(rt, 'System.Datetime', 'newInstanceGmt/6', 2018, 10, 5, 23, 43, 59);
    assert.ok(rt.equals(gmt, value));
});

test('digests, MACs and ciphers match published vectors', () => {
    const hex = (value: unknown): string => Buffer.from((value as Blob).bytes).toString('hex');
    const data = Blob.fromText('abc');
    assert.equal(
        hex(callStatic(rt, 'System.Crypto', 'generateDigest(String,Blob)', 'SHA-256', data)),
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    );
    // RFC 4231, test case 2.
    const mac = callStatic(
        rt,
        'System.Crypto',
        'generateMac(String,Blob,Blob)',
        'hmacSHA256',
        Blob.fromText('what do ya want for nothing?'),
        Blob.fromText('Jefe')
    );
    assert.equal(hex(mac), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
    const key = callStatic(rt, 'System.Crypto', 'generateAesKey(Integer)', 256);
    const encrypted = callStatic(rt, 'System.Crypto', 'encryptWithManagedIV(String,Blob,Blob)', 'AES256', key, data);
    const decrypted = callStatic(
        rt,
        'System.Crypto',
        'decryptWithManagedIV(String,Blob,Blob)',
        'AES256',
        key,
        encrypted
    );
    assert.equal((decrypted as Blob).toText(), 'abc');
    assert.match(
        thrownBy(() => callStatic(rt, 'System.Crypto', 'generateDigest(String,Blob)', 'SHA-9', data)),
        /^System\.NoSuchElementException/
    );
});

test('URLs come apart as java.net.URL has them', () => {
    const url = parseUrl(rt, 'https://user@example.com:8443/a/b?x=1#top');
    const get = (key: string): unknown => call(rt, 'System.Url', key, url);
    assert.deepEqual(
        ['getHost()', 'getPort()', 'getPath()', 'getQuery()', 'getRef()', 'getUserInfo()', 'getFile()'].map(get),
        ['example.com', 8443, '/a/b', 'x=1', 'top', 'user', '/a/b?x=1']
    );
    assert.equal(
        thrownBy(() => parseUrl(rt, 'example.com')),
        'System.StringException: no protocol: example.com'
    );
});

test('texts are encoded for forms', () => {
    const encoded = callStatic(rt, 'System.EncodingUtil', 'urlEncode(String,String)', "a b&c/é~'", 'UTF-8');
    assert.equal(encoded, 'a+b%26c%2F%C3%A9%7E%27');
    assert.equal(callStatic(rt, 'System.EncodingUtil', 'urlDecode(String,String)', encoded, 'UTF-8'), "a b&c/é~'");
});
