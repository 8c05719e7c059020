import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluateFormula } from '../../src/schema/formula/evaluate-formula.ts';
import { FormulaError, parseFormula } from '../../src/schema/formula/parse-formula.ts';
import { ApexDate, Decimal } from '../../src/values/index.ts';
import type { FieldValue } from '../../src/values/index.ts';

const FIELDS: Readonly<Record<string, FieldValue>> = {
    Name: 'Acme',
    Amount: Decimal.parse('12.50'),
    Count: 3,
    Empty: null,
    Flag: true,
    Due: ApexDate.of(2026, 3, 20),
    'Account.Name': 'Parent'
};

function evaluate(text: string, blankAsZero = true): string {
    const scope = {
        field: (path: readonly string[]) => FIELDS[path.join('.')] ?? null,
        priorField: () => 'Old',
        isNew: false,
        now: Date.parse('2026-03-18T12:00:00Z'),
        timeZone: 'GMT',
        blankAsZero
    };
    return String(evaluateFormula(parseFormula(text), scope));
}

describe('formulas', () => {
    const cases: readonly (readonly [formula: string, value: string])[] = [
        ['1 + 2 * 3 - 4 / 2', '5'],
        ['(1 + 2) * 3', '9'],
        ['-2 ^ 2', '4'],
        ['Name & " " & Account.Name', 'Acme Parent'],
        ['\'it\' + "s"', 'its'],
        ['Amount > 12 && Count <> 4', 'true'],
        ['Empty + 1', '1'],
        ['NOT(Flag) || Name = "acme"', 'false'],
        ['IF(ISBLANK(Empty), "none", Empty)', 'none'],
        ['CASE(Count, 1, "one", 3, "three", "many")', 'three'],
        ['CASE(Count, 1, "one", "many")', 'many'],
        ['TEXT(Amount) & BLANKVALUE(Empty, "!")', '12.5!'],
        ['LEFT(Name, 2) & RIGHT(Name, 1) & MID(Name, 2, 2)', 'Acecm'],
        ['FIND("m", Name)', '3'],
        ['SUBSTITUTE(Name, "c", "$&")', 'A$&me'],
        ['LPAD("7", 3, "0") & RPAD("x", 2, "-")', '007x-'],
        ['REGEX(Name, "[A-Z][a-z]+")', 'true'],
        ['REGEX(Name, "[A-Z]")', 'false'],
        ['Due - TODAY()', '2'],
        ['TODAY() + 1', '2026-03-19'],
        ['YEAR(Due) * 100 + MONTH(Due)', '202603'],
        ['ADDMONTHS(DATE(2026, 1, 31), 1)', '2026-02-28'],
        ['ROUND(2.345, 2)', '2.35'],
        ['MOD(-7, 3)', '2'],
        ['MAX(1, Count, 2) + MIN(4, Count)', '6'],
        ['ISCHANGED(Name)', 'true'],
        ['PRIORVALUE(Name)', 'Old'],
        ['MCEILING(-1.5) + MFLOOR(-1.5) * 10 + TRUNC(1.58, 1)', '-19.5'],
        ['SQRT(16) + ROUND(EXP(0) + LN(1) + LOG(100), 0)', '7'],
        ['HYPERLINK("/" & Name, "Go")', '<a href="/Acme" target="_blank">Go</a>'],
        ['IMAGE("/a.png", "A", 10, 20)', '<img src="/a.png" alt="A" height="10" width="20" border="0"/>'],
        ['INITCAP("one two") & REVERSE("abc") & CHR(65) & TEXT(ASCII("B"))', 'One TwocbaA66'],
        ['HTMLENCODE("<a>") & URLENCODE("a b")', '&lt;a&gt;a+b'],
        ['HOUR(TIMEVALUE("17:30:45.125")) * 100 + MINUTE(TIMEVALUE("17:30:45.125"))', '1730'],
        ['TIMEVALUE("17:30:00.000") + 60000', '17:31:00.000Z'],
        ['TIMEVALUE("17:30:00.000") - TIMEVALUE("17:29:00.000")', '60000'],
        ['UNIXTIMESTAMP(FROMUNIXTIME(86400)) + DAYOFYEAR(Due) + ISOWEEK(DATE(2027, 1, 1))', '86532'],
        ['ISOYEAR(DATE(2027, 1, 1))', '2026'],
        ['FORMATDURATION(90061) & " " & FORMATDURATION(90061, TRUE)', '25:01:01 1:01:01:01'],
        ['/* why */ TRUE', 'true']
    ];
    for (const [formula, value] of cases) {
        it(`${formula} is ${value}`, () => assert.equal(evaluate(formula), value));
    }

    it('keep blanks blank where the rule says so', () => {
        assert.equal(evaluate('Empty + 1', false), 'null');
        assert.equal(evaluate('Empty < 1', false), 'false');
    });

    it('name what they cannot do', () => {
        assert.throws(() => evaluate('VLOOKUP(Name, Name, Name)'), /function VLOOKUP\(\) is not supported/);
        assert.throws(() => evaluate('1 +'), FormulaError);
        assert.throws(() => evaluate('IF(TRUE, 1'), FormulaError);
    });
});
