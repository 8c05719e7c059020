import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApexList } from '../../src/apex/library/collections/apex-list.ts';
import { compileJavaPattern, PatternSyntaxError } from '../../src/apex/library/text/java-pattern.ts';
import { call, callStatic, fakeRuntime, thrownBy } from './fake-runtime.ts';

const rt = fakeRuntime();

function string(key: string, self: string, ...args: unknown[]): unknown {
    return call(rt, 'System.String', key, self, ...args);
}

function split(self: string, pattern: string, limit?: number): unknown[] {
    const parts =
        limit === undefined
            ? string('split(String)', self, pattern)
            : string('split(String,Integer)', self, pattern, limit);
    return (parts as ApexList).items;
}

test('split drops empty parts at the end and keeps those before', () => {
    assert.deepEqual(split('a,b,,', ','), ['a', 'b']);
    assert.deepEqual(split('a,b,,', ',', -1), ['a', 'b', '', '']);
    assert.deepEqual(split('a,b,c', ',', 2), ['a', 'b,c']);
    assert.deepEqual(split(',a', ','), ['', 'a']);
    assert.deepEqual(split('abc', ''), ['a', 'b', 'c']);
    assert.deepEqual(split('', ','), ['']);
    assert.deepEqual(split('a.b', '\\.'), ['a', 'b']);
});

test('replacements expand groups as Java does', () => {
    const replaceAll = (text: string, pattern: string, replacement: string): unknown =>
        string('replaceAll(String,String)', text, pattern, replacement);
    assert.equal(replaceAll('john smith', '(\\w+) (\\w+)', '$2 $1'), 'smith john');
    assert.equal(replaceAll('a', '(a)', '$10'), 'a0');
    assert.equal(replaceAll('a', 'a', '\\$1'), '$1');
    assert.equal(replaceAll('aaa', 'a*', 'x'), 'xx');
    assert.equal(
        thrownBy(() => replaceAll('a', 'a', '$1')),
        'System.StringException: No group 1'
    );
    assert.match(
        thrownBy(() => replaceAll('a', '(', 'x')),
        /^System\.StringException: Invalid regex: Unclosed group/
    );
});

test('patterns keep their Java meaning', () => {
    const matches = (pattern: string, text: string): boolean => {
        return callStatic(rt, 'System.Pattern', 'matches(String,String)', pattern, text) as boolean;
    };
    assert.ok(matches('(?i)abc|d', 'D'));
    assert.ok(matches('a(?i)b|c', 'aB') && matches('a(?i)b|c', 'C') && !matches('a(?i)b|c', 'AB'));
    assert.ok(matches('\\p{Alpha}+\\p{Punct}', 'abc!'));
    assert.ok(matches('[a-z&&[^bc]]+', 'ad') && !matches('[a-z&&[^bc]]+', 'ab'));
    assert.ok(matches('[a-c[x-z]]+', 'axz'));
    assert.ok(matches('\\Qa.b\\E', 'a.b') && !matches('\\Qa.b\\E', 'axb'));
    assert.ok(matches('(?s).', '\n') && !matches('.', '\n'));
    assert.ok(matches('\\d{2,}-\\x41\\u0042', '123-AB'));
    assert.ok(matches('(?<year>\\d{4})-\\k<year>', '2026-2026'));
    assert.ok(!matches('\\s', '\u00a0'), 'Java knows only ASCII white space');
    assert.ok(compileJavaPattern('a$').test('a\n'), '$ stands before a final line end');
});

test('patterns that JavaScript cannot express are refused', () => {
    for (const pattern of ['a*+', '(?>a)', '(?x)a', '\\Ga', '*a', '[a', 'a{', '\\q']) {
        assert.throws(() => compileJavaPattern(pattern), PatternSyntaxError, pattern);
    }
});

test('a matcher requires the end when only the end of the input makes its match', () => {
    const requires = (source: string, text: string, search = 'find()'): unknown => {
        const pattern = callStatic(rt, 'System.Pattern', 'compile(String)', source);
        const matcher = call(rt, 'System.Pattern', 'matcher(String)', pattern, text);
        assert.equal(call(rt, 'System.Matcher', search, matcher), true, source);
        return call(rt, 'System.Matcher', 'requireEnd()', matcher);
    };
    for (const source of ['abc$', 'abc\\z', 'abc\\Z', 'abc\\b', 'abc(?!x)', '(?m)abc$']) {
        assert.equal(requires(source, 'abc'), true, source);
        assert.equal(requires(source, 'abc', 'matches()'), true, source);
    }
    for (const source of ['abc', '\\babc', 'ab[c$]', 'abc\\z|abc']) {
        assert.equal(requires(source, 'abc'), false, source);
    }
    assert.equal(requires('ab[$]', 'ab$'), false);
    assert.equal(requires('ab\\$', 'ab$'), false);
    assert.equal(requires('(?m)abc$', 'abc\nd'), false);
});

test('a matcher walks through the matches', () => {
    const pattern = callStatic(rt, 'System.Pattern', 'compile(String)', '(\\d)(x)?');
    const matcher = call(rt, 'System.Pattern', 'matcher(String)', pattern, 'a1b2x');
    const m = (key: string, ...args: unknown[]): unknown => call(rt, 'System.Matcher', key, matcher, ...args);
    assert.equal(m('groupCount()'), 2);
    assert.equal(m('find()'), true);
    assert.deepEqual([m('group()'), m('group(Integer)', 2), m('start()'), m('end()')], ['1', null, 1, 2]);
    assert.equal(m('find()'), true);
    assert.deepEqual([m('group()'), m('start(Integer)', 2)], ['2x', 4]);
    assert.equal(m('find()'), false);
    assert.equal(
        thrownBy(() => m('group()')),
        'System.StringException: No match found'
    );
    assert.equal(m('matches()'), false);
    assert.equal(m('replaceAll(String)', '#'), 'a#b#');
});

test('String methods of the reference', () => {
    assert.equal(string('abbreviate(Integer)', 'Hello Maximillian', 8), 'Hello...');
    assert.equal(string('abbreviate(Integer,Integer)', 'Hello Maximillian', 9, 2), 'Hello ...');
    assert.equal(string('center(Integer,String)', 'hello', 9, '-'), '--hello--');
    assert.equal(string('difference(String)', 'SOQL', 'SOSL'), 'SL');
    assert.equal(string('getLevenshteinDistance(String)', 'Hello Joe', 'Hello Max'), 3);
    assert.equal(string('substringBetween(String,String)', 'xay', 'x', 'y'), 'a');
    assert.equal(string('normalizeSpace()', '  a \n b '), 'a b');
    assert.equal(string('overlay(String,Integer,Integer)', 'abcdef', 'ZZ', 2, 4), 'abZZef');
    assert.equal(string('swapCase()', 'Force.com'), 'fORCE.COM');
    assert.equal(string('escapeHtml4()', '"é" <€>'), '&quot;&eacute;&quot; &lt;&euro;&gt;');
    assert.equal(string('unescapeHtml4()', '&lt;&#233;&#x20AC;&nope;'), '<é€&nope;');
    assert.equal(string('escapeJava()', 'a"b\u20ac'), 'a\\"b\\u20AC');
    assert.equal(string('unescapeJava()', 'a\\"b\\u20AC\\t'), 'a"b\u20ac\t');
    assert.deepEqual((string('splitByCharacterTypeCamelCase()', 'fooBarXML1') as ApexList).items, [
        'foo',
        'Bar',
        'XML',
        '1'
    ]);
    assert.equal(string('isNumeric()', ''), false);
    assert.equal(string('isWhitespace()', ''), true);
    assert.equal(string('right(Integer)', 'abc', 2), 'bc');
    assert.equal(
        thrownBy(() => string('substring(Integer,Integer)', 'abc', 1, 9)),
        'System.StringException: Ending position out of bounds: 9'
    );
    assert.match(
        thrownBy(() => string('contains(String)', 'abc', null)),
        /^System\.NullPointerException/
    );
});

test('static String methods', () => {
    const list = string('split(String)', 'a,b', ',');
    assert.equal(callStatic(rt, 'System.String', 'join/2', list, '-'), 'a-b');
    assert.equal(
        callStatic(rt, 'System.String', 'format(String,List)', "{0} isn''t '{1}' {1} {2}", list),
        "a isn't {1} b {2}"
    );
    assert.equal(callStatic(rt, 'System.String', 'isBlank(String)', ' \t'), true);
    assert.equal(callStatic(rt, 'System.String', 'escapeSingleQuotes(String)', "it's"), "it\\'s");
    assert.equal(
        callStatic(
            rt,
            'System.String',
            'getCommonPrefix(List)',
            string('split(String)', 'SFDCApex,SFDCVisualforce', ',')
        ),
        'SFDC'
    );
});
