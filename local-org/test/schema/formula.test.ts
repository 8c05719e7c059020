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
