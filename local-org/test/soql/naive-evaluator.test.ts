import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Id } from '../../src/values/index.ts';
import { Decimal } from '../../src/values/index.ts';
import { EXTERNAL_KEY, testData } from '../store/support/test-data.ts';

/**
 * Random rows and conditions, run by SOQL and by an evaluator that knows nothing of indexes, null rules aside: the same
 * rows in the same order must come out.
 */
interface TestRow {
    readonly name: string;
    readonly phone: string | null;
    readonly employees: number | null;
    readonly key: string;
}

type Test = (row: TestRow) => boolean;
interface Condition {
    readonly soql: string;
    readonly test: Test;
}

const WORDS = ['a', 'A', 'ab', 'b_', 'B%', 'c'] as const;
const word = fc.constantFrom(...WORDS);
const rowArbitrary = fc.record({
    name: word,
    phone: fc.option(word, { nil: null }),
    employees: fc.option(fc.integer({ min: 0, max: 4 }), { nil: null })
});

const quoted = (text: string): string => `'${text}'`;
const same = (left: string | null, right: string): boolean => left?.toLowerCase() === right.toLowerCase();

const comparison: fc.Arbitrary<Condition> = fc.oneof(
    word.map((text) => ({ soql: `Name = ${quoted(text)}`, test: (row: TestRow) => same(row.name, text) })),
    word.map((text) => ({ soql: `Phone != ${quoted(text)}`, test: (row: TestRow) => !same(row.phone, text) })),
    fc.array(word, { minLength: 1, maxLength: 3 }).map((texts) => ({
        soql: `Name IN (${texts.map(quoted).join(', ')})`,
        test: (row: TestRow) => texts.some((text) => same(row.name, text))
    })),
    fc.constantFrom('a', 'c').map((text) => ({
        soql: `Phone LIKE '${text}%'`,
        test: (row: TestRow) => row.phone?.toLowerCase().startsWith(text) ?? false
    })),
    fc.tuple(fc.constantFrom('<', '<=', '>', '>='), fc.integer({ min: 0, max: 4 })).map(([operator, bound]) => ({
        soql: `NumberOfEmployees ${operator} ${bound}`,
        test: (row: TestRow) => row.employees !== null && compare(row.employees, operator, bound)
    })),
    fc.integer({ min: 0, max: 12 }).map((index) => ({
        soql: `Key__c = 'k${index}'`,
        test: (row: TestRow) => row.key === `k${index}`
    })),
    fc.constant<Condition>({ soql: 'Phone = null', test: (row) => row.phone === null })
);

function compare(value: number, operator: string, bound: number): boolean {
    if (operator === '<') return value < bound;
    if (operator === '<=') return value <= bound;
    return operator === '>' ? value > bound : value >= bound;
}

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
        { maxDepth: 3 },
        comparison,
        tie('condition').map(({ soql, test }) => ({ soql: `NOT (${soql})`, test: (row: TestRow) => !test(row) })),
        fc.tuple(tie('condition'), tie('condition'), fc.boolean()).map(([left, right, and]) => ({
            soql: `(${left.soql}) ${and ? 'AND' : 'OR'} (${right.soql})`,
            test: (row: TestRow) => (and ? left.test(row) && right.test(row) : left.test(row) || right.test(row))
        }))
    )
}));

describe('SOQL', () => {
    it('finds what a naive evaluator finds, in the same order', () => {
        const order = fc.record({
            descending: fc.boolean(),
            nullsLast: fc.boolean(),
            limit: fc.integer({ min: 1, max: 9 })
        });
        fc.assert(
            fc.property(
                fc.array(rowArbitrary, { maxLength: 12 }),
                condition,
                order,
                (given, wanted, { descending, nullsLast, limit }) => {
                    const rows = given.map((row, index) => ({ ...row, key: `k${index}` }));
                    const { column } = dataWith(rows);
                    const soql =
                        `SELECT Key__c FROM Account WHERE ${wanted.soql} ORDER BY NumberOfEmployees ` +
                        `${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'} LIMIT ${limit}`;
                    const expected = rows
                        .filter(wanted.test)
                        .map((row) => ({ key: row.key, rank: rankOf(row.employees, descending, nullsLast) }))
                        .sort((left, right) => left.rank - right.rank)
                        .slice(0, limit)
                        .map(({ key }) => key);
                    assert.deepEqual(column(soql, 'Key__c'), expected, soql);
                }
            ),
            { numRuns: 200 }
        );
    });
});

const data = testData();
data.deploy('CustomField', 'Account.Key__c', EXTERNAL_KEY);

/** One org for all runs: each starts with the rows of the last one gone. */
function dataWith(rows: readonly TestRow[]): typeof data {
    for (const row of [...data.store.table('Account').rows()]) data.store.remove('Account', (row.Id as Id).value);
    for (const { name, phone, employees, key } of rows) {
        const values = {
            Name: name,
            Phone: phone,
            NumberOfEmployees: employees,
            Key__c: key,
            AnnualRevenue: Decimal.ONE
        };
        data.store.put('Account', { Id: data.store.newId('001'), ...values });
    }
    return data;
}

function rankOf(value: number | null, descending: boolean, nullsLast: boolean): number {
    if (value === null) return nullsLast ? 100 : -100;
    return descending ? -value : value;
}
