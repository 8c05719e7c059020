import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from '../support/fast-check.ts';
import type { Id } from '../../src/values/index.ts';
import { Decimal } from '../../src/values/index.ts';
import { EXTERNAL_KEY, testData } from '../store/support/test-data.ts';
import {
    compare as compareValues,
    conditions,
    model,
    store,
    type Condition as Filter,
    type Field,
    type Model,
    type Row,
    type Value
} from './support/generated.ts';

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

/** Queries over generated objects; `FUZZ_SEED` runs another sequence. */
const RUNS = { numRuns: 150, seed: Number(process.env.FUZZ_SEED ?? 20_260_301) };

const world = testData();

/** A model with two conditions on children, and two on parents. */
const cases = model.chain((given) =>
    fc.record({
        given: fc.constant(given),
        child: conditions(given.fields, true),
        otherChild: conditions(given.fields, true),
        parent: conditions(given.fields, false),
        isNot: fc.boolean(),
        descending: fc.boolean(),
        nullsLast: fc.boolean(),
        limit: fc.integer({ min: 0, max: 6 }),
        skip: fc.integer({ min: 0, max: 2 })
    })
);

interface Ordering {
    readonly descending: boolean;
    readonly nullsLast: boolean;
}

function orderBy(field: Field, { descending, nullsLast }: Ordering): string {
    return `ORDER BY ${field.name} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`;
}

function sorted(rows: readonly Row[], field: Field, { descending, nullsLast }: Ordering): Row[] {
    const value = (row: Row): Value => row.values[field.name] ?? null;
    return [...rows].sort((left, right) => {
        const [one, other] = [value(left), value(right)];
        if (one === null || other === null) {
            return one === other ? 0 : (one === null) === nullsLast ? 1 : -1;
        }
        return descending ? compareValues(other, one) : compareValues(one, other);
    });
}

/** What can be sorted: everything but several choices; picklists go by the order of their values, which is that of the texts. */
function sortField({ fields }: Model): Field | undefined {
    return fields.find(({ kind }) => kind !== 'multi');
}

function namesOf(rows: readonly Row[]): string[] {
    return rows.map(({ name }) => name);
}

function check(soql: string, expected: readonly string[]): void {
    assert.deepEqual(world.column(soql), expected, soql);
}

describe('SOQL over generated schemas', () => {
    it('finds, sorts and cuts off what a naive evaluator does', () => {
        fc.assert(
            fc.property(cases, ({ given, child, limit, skip, ...order }) => {
                store(world, given);
                const field = sortField(given);
                const found = given.children.filter(child.test);
                const inOrder = field === undefined ? found : sorted(found, field, order);
                check(
                    `SELECT Name FROM Kid__c WHERE ${child.soql} ${field === undefined ? '' : orderBy(field, order)} ` +
                        `LIMIT ${limit} OFFSET ${skip}`,
                    namesOf(inOrder.slice(skip, skip + limit))
                );
            }),
            RUNS
        );
    });

    it('joins by ids as a naive evaluator does', () => {
        fc.assert(
            fc.property(cases, ({ given, child, otherChild, parent, isNot }) => {
                store(world, given);
                const parents = given.children.filter(child.test).map((row) => row.parent);
                const operator = isNot ? 'NOT IN' : 'IN';
                check(
                    `SELECT Name FROM Par__c WHERE ${parent.soql} AND Id ${operator} (SELECT Par__c FROM Kid__c WHERE ${child.soql})`,
                    namesOf(given.parents.filter((row) => parent.test(row) && parents.includes(row) !== isNot))
                );
                const wanted = given.parents.filter(parent.test);
                check(
                    `SELECT Name FROM Kid__c WHERE Par__c ${operator} (SELECT Id FROM Par__c WHERE ${parent.soql}) AND ${otherChild.soql}`,
                    namesOf(
                        given.children.filter((row) => {
                            const isWanted = row.parent !== null && wanted.includes(row.parent);
                            return otherChild.test(row) && isWanted !== isNot;
                        })
                    )
                );
            }),
            RUNS
        );
    });

    it('lists children as a naive evaluator does', () => {
        fc.assert(
            fc.property(cases, ({ given, child, parent, limit }) => {
                store(world, given);
                const soql = `SELECT Name, (SELECT Name FROM Kids__r WHERE ${child.soql} LIMIT ${limit}) FROM Par__c WHERE ${parent.soql}`;
                const found = world
                    .query(soql)
                    .map((row) => [row.get('Name'), row.children('Kids__r')?.map((kid) => kid.get('Name'))]);
                const expected = given.parents.filter(parent.test).map((row) => {
                    const kids = given.children.filter((kid) => kid.parent === row && child.test(kid));
                    return [row.name, namesOf(kids.slice(0, limit))];
                });
                assert.deepEqual(found, expected, soql);
            }),
            RUNS
        );
    });

    it('adds up groups, with subtotals, as a naive evaluator does', () => {
        const grouping = fc.constantFrom<Grouping>('', 'ROLLUP', 'CUBE');
        fc.assert(
            fc.property(cases, grouping, fc.integer({ min: 0, max: 3 }), ({ given, child }, by, most) => {
                const keys = given.fields.filter(({ kind }) => kind === 'picklist' || kind === 'checkbox').slice(0, 2);
                if (keys.length === 0) return;
                store(world, given);
                const number = given.fields.find(({ kind }) => kind === 'number');
                checkGroups({ given, child, keys, number, by, most });
            }),
            RUNS
        );
    });
});

type Grouping = '' | 'ROLLUP' | 'CUBE';

interface Grouped {
    readonly given: Model;
    readonly child: Filter;
    readonly keys: readonly Field[];
    readonly number: Field | undefined;
    readonly by: Grouping;
    /** Groups with fewer rows are left out. */
    readonly most: number;
}

function checkGroups({ given, child, keys, number, by, most }: Grouped): void {
    const names = keys.map(({ name }) => name);
    const sums =
        number === undefined
            ? ''
            : `, SUM(${number.name}) total, MIN(${number.name}) low, COUNT_DISTINCT(${number.name}) kinds`;
    const groups = by === '' ? names.join(', ') : `${by}(${names.join(', ')})`;
    const soql =
        `SELECT ${names.join(', ')}, COUNT(Id) n${sums} FROM Kid__c WHERE ${child.soql} ` +
        `GROUP BY ${groups} HAVING COUNT(Id) >= ${most}`;
    const columns = [...names, 'n', ...(number === undefined ? [] : ['total', 'low', 'kinds'])];
    const found = world.query(soql).map((row) => columns.map((name) => String(row.get(name) ?? null)).join(' '));
    const rows = given.children.filter(child.test);
    const expected = groupingSets(names, by).flatMap((kept) => totals(rows, names, kept, number, most));
    assert.deepEqual(found.sort(), expected.sort(), soql);
}

/** The fields that each kind of subtotal goes by. */
function groupingSets(names: readonly string[], by: Grouping): string[][] {
    if (by === '') return [[...names]];
    if (by === 'ROLLUP') return [...names, ''].map((_, index) => names.slice(0, index));
    return names.reduce<string[][]>((sets, name) => sets.flatMap((set) => [set, [...set, name]]), [[]]);
}

function totals(
    rows: readonly Row[],
    names: readonly string[],
    kept: readonly string[],
    number: Field | undefined,
    most: number
): string[] {
    const groups = Map.groupBy(rows, (row) =>
        names.map((name) => (kept.includes(name) ? row.values[name] : null)).join(' ')
    );
    return [...groups.values()].flatMap((members) => {
        if (members.length < most) return [];
        const shown = [keyText(members[0], names, kept)];
        if (number === undefined) return [[...shown, members.length].map(String).join(' ')];
        const all = members.map((row) => row.values[number.name] as number | null).filter((one) => one !== null);
        const sum = all.length === 0 ? null : all.reduce((total, one) => total + one, 0);
        return [
            [...shown, members.length, sum, all.length === 0 ? null : Math.min(...all), new Set(all).size]
                .map(String)
                .join(' ')
        ];
    });
}

function keyText({ values }: Row, names: readonly string[], kept: readonly string[]): string {
    return names.map((name) => String((kept.includes(name) ? values[name] : null) ?? null)).join(' ');
}
