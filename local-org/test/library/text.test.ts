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

/** What a search of a region finds, `start-end` in the text, with anchoring and transparent bounds or without. */
function inRegion(source: string, text: string, region: [number, number], ...bounds: [boolean, boolean]): unknown[] {
    const pattern = callStatic(rt, 'System.Pattern', 'compile(String)', source);
    const matcher = call(rt, 'System.Pattern', 'matcher(String)', pattern, text);
    const m = (key: string, ...args: unknown[]): unknown => call(rt, 'System.Matcher', key, matcher, ...args);
    m('region(Integer,Integer)', ...region);
    assert.equal(m('useAnchoringBounds(Boolean)', bounds[0]), matcher);
    assert.equal(m('useTransparentBounds(Boolean)', bounds[1]), matcher);
    const found: unknown[] = [];
    while (m('find()') === true) found.push(`${String(m('start()'))}-${String(m('end()'))}`);
    return [...found, m('lookingAt()'), m('matches()')];
}

test('bounds of a region that are not anchoring leave anchors to the ends of the text', () => {
    for (const [source, region, anchoring, others] of [
        ['^b', [1, 3], ['1-2', true, false], [false, false]],
        ['c$', [1, 3], ['2-3', false, false], [false, false]],
        ['\\Ab', [1, 3], ['1-2', true, false], [false, false]],
        ['c\\z', [1, 3], ['2-3', false, false], [false, false]],
        ['c\\Z', [1, 3], ['2-3', false, false], [false, false]],
        ['^ab', [0, 2], ['0-2', true, true], ['0-2', true, true]],
        ['[a-z]+', [1, 3], ['1-3', true, true], ['1-3', true, true]],
        ['(?:bc?)d?', [1, 2], ['1-2', true, true], ['1-2', true, true]]
    ] as [string, [number, number], unknown[], unknown[]][]) {
        for (const transparent of [false, true]) {
            assert.deepEqual(inRegion(source, 'abcd', region, true, transparent), anchoring, `${source} anchoring`);
            assert.deepEqual(inRegion(source, 'abcd', region, false, transparent), others, `${source} not anchoring`);
        }
    }
    assert.deepEqual(inRegion('$', 'abcd', [1, 3], false, false), [false, false], 'nothing behind the region');
    assert.deepEqual(inRegion('(?m)^', 'a\n', [0, 2], true, false), ['0-0', true, false], 'no line begins at the end');
    assert.deepEqual(inRegion('(?m)^b$', 'a\nb\nc', [2, 3], false, false), ['2-3', true, true]);
    assert.deepEqual(inRegion('(?m)^b', 'ab', [1, 2], false, false), [false, false]);
    assert.deepEqual(inRegion('(?m)^b', 'ab c', [1, 2], true, true), ['1-2', true, true]);
});

test('transparent bounds of a region let lookarounds and word boundaries see the text around it', () => {
    for (const [source, region, opaque, transparent] of [
        ['(?<=a)b', [1, 3], [false, false], ['1-2', true, false]],
        ['(?<!a)b', [1, 3], ['1-2', true, false], [false, false]],
        ['c(?=d)', [1, 3], [false, false], ['2-3', false, false]],
        ['c(?!d)', [1, 3], ['2-3', false, false], [false, false]],
        ['\\bb', [1, 3], ['1-2', true, false], [false, false]],
        ['c\\b', [1, 3], ['2-3', false, false], [false, false]],
        ['\\Bb', [1, 3], [false, false], ['1-2', true, false]],
        ['bc(?=d)', [1, 3], [false, false], ['1-3', true, true]],
        ['bcd', [1, 3], [false, false], [false, false]]
    ] as [string, [number, number], unknown[], unknown[]][]) {
        for (const anchoring of [true, false]) {
            assert.deepEqual(inRegion(source, 'abcd', region, anchoring, false), opaque, `${source} opaque`);
            assert.deepEqual(inRegion(source, 'abcd', region, anchoring, true), transparent, `${source} transparent`);
        }
    }
    assert.deepEqual(inRegion('c(?=d$)', 'abcd', [1, 3], true, true), ['2-3', false, false]);
    assert.deepEqual(inRegion('(?<=^a)b', 'abcd', [1, 3], true, true), ['1-2', true, false]);
    const required = (isAnchoring: boolean): unknown => {
        const pattern = callStatic(rt, 'System.Pattern', 'compile(String)', 'c(?:$|(?=d))');
        const matcher = call(rt, 'System.Pattern', 'matcher(String)', pattern, 'abcd');
        call(rt, 'System.Matcher', 'region(Integer,Integer)', matcher, 1, 3);
        call(rt, 'System.Matcher', 'useAnchoringBounds(Boolean)', matcher, isAnchoring);
        assert.equal(call(rt, 'System.Matcher', 'find()', matcher), isAnchoring);
        return call(rt, 'System.Matcher', 'requireEnd()', matcher);
    };
    assert.deepEqual([required(true), required(false)], [true, false]);
    assert.deepEqual(inRegion('(?=d)', '\u{1F600}cd', [2, 3], true, true), ['3-3', false, false]);
});

test('bounds outlast a reset, and a region that cuts a character is refused with other bounds than the usual', () => {
    const pattern = callStatic(rt, 'System.Pattern', 'compile(String)', '^b');
    const matcher = call(rt, 'System.Pattern', 'matcher(String)', pattern, 'a\u{1F600}b');
    const m = (key: string, ...args: unknown[]): unknown => call(rt, 'System.Matcher', key, matcher, ...args);
    assert.deepEqual([m('hasAnchoringBounds()'), m('hasTransparentBounds()')], [true, false]);
    m('useAnchoringBounds(Boolean)', false);
    m('useTransparentBounds(Boolean)', true);
    m('reset()');
    assert.deepEqual([m('hasAnchoringBounds()'), m('hasTransparentBounds()')], [false, true]);
    m('region(Integer,Integer)', 2, 4);
    assert.match(
        thrownBy(() => m('find()')) ?? '',
        /^System\.UnsupportedOperationException: .*useAnchoringBounds.*surrogate pair$/
    );
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
