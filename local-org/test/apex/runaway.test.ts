import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shapeOf } from '../../src/apex/library/text/expression-shape.ts';
import { newApexOrg } from './support/apex.ts';

const org = newApexOrg();

/** What anonymous code that runs away ends with; the org must answer the next request as if nothing had happened. */
function endOf(code: string): string | null {
    const { compileProblem, exceptionMessage } = org.apex.executeAnonymous(code, org.admin.userId);
    assert.equal(compileProblem, null);
    const next = org.apex.executeAnonymous("insert as system new Account(Name = 'After');", org.admin.userId);
    assert.equal(next.exceptionMessage, null);
    return exceptionMessage;
}

const CPU = 'System.LimitException: Apex CPU time limit exceeded';
const HEAP = /^System\.LimitException: Apex heap size too large: \d+$/;
const STACK = 'System.LimitException: Maximum stack depth reached: 1001';
const TEXT = 'System.LimitException: String length exceeds maximum: 6000000';
const REGEX = 'System.LimitException: Regex too complicated';

describe('runaway Apex', () => {
    it('a loop without end runs into the CPU limit, and no catch stops that', ({ mock }) => {
        // Ten seconds of CPU pass in a few looks at the clock.
        let user = 0;
        mock.method(process, 'threadCpuUsage', () => ({ user: (user += 2_000_000), system: 0 }));
        const code = 'try { while (true) { } } catch (Exception e) { System.debug(e); } finally { }';
        assert.equal(endOf(code), CPU);
    });

    it('recursion without end runs into the stack limit', () => {
        assert.equal(endOf('void down(Integer n) { down(n + 1); } down(0);'), STACK);
        assert.equal(endOf('class A { A() { new A(); } } new A();'), STACK);
        const toText = 'class A { override public String toString() { return String.valueOf(this); } }';
        assert.equal(endOf(`${toText} String.valueOf(new A());`), STACK);
        assert.equal(endOf('List<Object> items = new List<Object>(); items.add(items); String.valueOf(items);'), STACK);
    });

    it('collections that only grow run into the heap limit', () => {
        assert.match(
            String(endOf("List<String> l = new List<String>(); while (true) { l.add('a' + l.size()); }")),
            HEAP
        );
        assert.match(
            String(
                endOf(
                    'Map<Integer, Object> m = new Map<Integer, Object>(); while (true) m.put(m.size(), new Map<Integer, Integer>());'
                )
            ),
            HEAP
        );
        assert.match(String(endOf('List<Integer> l = new List<Integer>{ 1 }; while (true) { l.addAll(l); }')), HEAP);
        assert.match(String(endOf('List<Integer> l = new List<Integer>(2000000000);')), HEAP);
        assert.match(
            String(endOf('List<Object> l = new List<Object>(); while (true) { l.add(new List<Long>(100000)); }')),
            HEAP
        );
    });

    it('garbage does not count against the heap', () => {
        const code =
            'Integer n = 0; for (Integer i = 0; i < 400; i++) { n += new List<Integer>(100000).size(); } ' +
            'System.assertEquals(40000000, n);';
        assert.equal(endOf(code), null);
    });

    it('texts have at most 6,000,000 characters', () => {
        assert.equal(endOf("String s = 'ab'; while (true) { s += s; }"), TEXT);
        assert.equal(endOf("String s = 'ab'.repeat(2000000000);"), TEXT);
        assert.equal(endOf("String s = 'ab'.leftPad(6000001);"), TEXT);
        assert.equal(endOf("System.assertEquals(6000000, 'ab'.repeat(3000000).length());"), null);
    });

    it('queries give no more rows than the limit, and the next one starts anew', () => {
        const insert =
            'List<Account> rows = new List<Account>(); for (Integer i = 0; i < 10000; i++) ' +
            "rows.add(new Account(Name = 'Many ' + i)); insert as system rows;";
        for (let turn = 0; turn < 6; turn += 1) assert.equal(endOf(insert), null);
        const rows = 'System.LimitException: Too many query rows: 60';
        assert.match(
            String(endOf("List<Account> found = [SELECT Id FROM Account WHERE Name LIKE 'Many%' WITH SYSTEM_MODE];")),
            new RegExp(`^${rows}`)
        );
        assert.equal(
            endOf('for (Integer i = 0; i < 101; i++) { Integer n = [SELECT COUNT() FROM User WITH SYSTEM_MODE]; }'),
            'System.LimitException: Too many SOQL queries: 101'
        );
    });

    it('JSON that is deep, long or repeats itself ends in an exception', () => {
        const parse = (text: string): string | null =>
            endOf(`String s = ${text}; Object o = JSON.deserializeUntyped(s);`);
        assert.match(String(parse("'['.repeat(1000000)")), /^System\.\w+Exception: /);
        assert.match(String(parse(`'{"a":'.repeat(500000)`)), /^System\.\w+Exception: /);
        assert.equal(parse("'[' + '0,'.repeat(1000000) + '0]'"), null);
        assert.match(
            String(
                endOf("Object o = 'x'.repeat(1000); while (true) { o = new List<Object>{ o, o }; JSON.serialize(o); }")
            ),
            /^System\.LimitException: /
        );
    });

    it('expressions that go back for ever are given up', () => {
        const text = "'" + 'a'.repeat(40) + "b'";
        assert.equal(endOf(`Pattern.matches('(a+)+', ${text});`), REGEX);
        assert.equal(endOf(`${text}.replaceAll('(a|aa)+$', '');`), REGEX);
        assert.equal(endOf(`Pattern.compile('(.*a){20}$').matcher(${text}).find();`), REGEX);
    });
});

describe('code without end', () => {
    const tooDeep = 'Code is nested too deeply, or an expression has too many parts.';
    const sources = {
        brackets: `Integer x = ${'('.repeat(2_000)}1${')'.repeat(2_000)};`,
        lists: `Object o = ${'new List<Object>{'.repeat(2_000)}${'}'.repeat(2_000)};`,
        condition: `Object o = [SELECT Id FROM Account WHERE ${'('.repeat(2_000)}Name = null${')'.repeat(2_000)}];`,
        operators: `Boolean x = ${'!'.repeat(10_000)}true;`
    };

    for (const [name, code] of Object.entries(sources)) {
        it(`is refused: ${name}`, () => {
            assert.equal(org.apex.executeAnonymous(code, org.admin.userId).compileProblem, tooDeep);
        });
    }

    it('a dynamic query has as many levels as it likes, or is refused', () => {
        const where = `${'(NOT '.repeat(20_000)}Name = null${')'.repeat(20_000)}`;
        assert.match(
            String(endOf(`Database.query('SELECT Id FROM Account WHERE ${where}');`)),
            /^System\.\w+Exception: /
        );
    });
});

describe('the shape of an expression', () => {
    it('tells what can go back for ever', () => {
        for (const source of ['(a+)+', '(?:a|aa)*', '([a-z]+)*$', '(?:(?:a?){9}){9}', '(?<x>.*b)+', '(.*,){11}P']) {
            assert.equal(shapeOf(source).isExponential, true, source);
        }
    });

    it('lets go what cannot', () => {
        for (const source of ['a+b+', '(?:a|b)*', '[(a+)+]', '\\(a+\\)+', '(?:abc)+', '\\p{L}+\\u{61}*', '(\\d{3})+']) {
            assert.equal(shapeOf(source).isExponential, false, source);
        }
    });

    it('counts repetitions and choices', () => {
        assert.deepEqual({ ...shapeOf('a*b+?c{2,}d?(?:e|f)') }, { isExponential: false, repetitions: 3, choices: 2 });
    });
});
