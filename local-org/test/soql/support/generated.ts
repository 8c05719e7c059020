import fc from 'fast-check';
import { ApexDate, Decimal, type FieldValue, type Id } from '../../../src/values/index.ts';
import type { MetadataDocument } from '../../../src/org/metadata-registry.ts';
import type { TestData } from '../../store/support/test-data.ts';

/**
 * Generated objects: parents `Par__c` and their children `Kid__c`, with fields of random types, rows, and queries over them
 * with their answers by an evaluator that knows neither indexes nor plans.
 */
export type Kind = 'text' | 'number' | 'checkbox' | 'date' | 'picklist' | 'multi';

export interface Field {
    readonly name: string;
    readonly kind: Kind;
    /** External id: has an index. */
    readonly indexed: boolean;
}

/** Texts in any case, numbers, days since 1970, truth, or the chosen values in order. */
export type Value = string | number | boolean | readonly string[] | null;

export interface Row {
    readonly name: string;
    readonly values: Readonly<Record<string, Value>>;
    /** Of a child. */
    readonly parent: Row | null;
}

export interface Model {
    readonly fields: readonly Field[];
    readonly parents: readonly Row[];
    readonly children: readonly Row[];
}

export interface Condition {
    readonly soql: string;
    readonly test: (row: Row) => boolean;
}

const WORDS = ['a', 'A', 'ab', 'Ab', 'b', 'b_', 'c%', 'cc'] as const;
const CHOICES = ['x', 'y', 'z'] as const;
/** 2026-03-18, where the clock of the tests stands. */
const TODAY = ApexDate.of(2026, 3, 18).days;

const values: Readonly<Record<Kind, fc.Arbitrary<Value>>> = {
    text: fc.option(fc.constantFrom(...WORDS), { nil: null }),
    number: fc.option(fc.integer({ min: -2, max: 4 }), { nil: null }),
    checkbox: fc.boolean(),
    date: fc.option(fc.integer({ min: TODAY - 40, max: TODAY + 40 }), { nil: null }),
    picklist: fc.option(fc.constantFrom(...CHOICES), { nil: null }),
    multi: fc.option(fc.subarray([...CHOICES], { minLength: 1 }), { nil: null })
};

const kind = fc.constantFrom<Kind>('text', 'number', 'checkbox', 'date', 'picklist', 'multi');

export const model: fc.Arbitrary<Model> = fc
    .array(fc.record({ kind, indexed: fc.boolean() }), { minLength: 2, maxLength: 5 })
    .chain((kinds) => {
        const fields = kinds.map(({ kind: one, indexed }, index) => ({
            name: `F${index}__c`,
            kind: one,
            indexed: indexed && (one === 'text' || one === 'number')
        }));
        const record = fc.record(Object.fromEntries(fields.map((field) => [field.name, values[field.kind]])));
        return fc
            .record({
                parents: fc.array(record, { maxLength: 8 }),
                children: fc.array(fc.tuple(record, fc.nat({ max: 9 })), { maxLength: 14 })
            })
            .map((rows): Model => {
                const parents = rows.parents.map((row, index) => ({ name: `p${index}`, values: row, parent: null }));
                const children = rows.children.map(([row, parent], index) => ({
                    name: `k${index}`,
                    values: row,
                    parent: parents[parent] ?? null
                }));
                return { fields, parents, children };
            });
    });

/** Deploys the objects of a model in the place of those before, and stores its rows. */
export function store(data: TestData, { fields, parents, children }: Model): void {
    for (const object of ['Kid__c', 'Par__c']) {
        for (const row of [...data.store.table(object).rows()]) data.store.remove(object, (row.Id as Id).value);
        data.deploy('CustomObject', object, { label: object, nameField: { type: 'Text', label: 'Name' } });
        fields.forEach((field) => data.deploy('CustomField', `${object}.${field.name}`, documentOf(field)));
    }
    const lookup = { type: 'Lookup', label: 'Par', referenceTo: 'Par__c', relationshipName: 'Kids' };
    data.deploy('CustomField', 'Kid__c.Par__c', lookup);
    const ids = new Map<Row, Id>();
    const put = (object: string, row: Row): void => {
        const id = data.store.newId(data.schema.object(object)?.keyPrefix ?? '');
        ids.set(row, id);
        const parent = row.parent === null ? null : (ids.get(row.parent) ?? null);
        data.store.put(object, { Id: id, Name: row.name, Par__c: parent, ...storedValues(fields, row) });
    };
    parents.forEach((row) => put('Par__c', row));
    children.forEach((row) => put('Kid__c', row));
}

function documentOf({ kind: type, indexed, name }: Field): MetadataDocument {
    const common = { label: name, ...(indexed && { externalId: 'true' }) };
    const valueSet = { valueSetDefinition: { value: CHOICES.map((one) => ({ fullName: one, label: one })) } };
    switch (type) {
        case 'text':
            return { ...common, type: 'Text', length: '40' };
        case 'number':
            return { ...common, type: 'Number', precision: '9', scale: '1' };
        case 'checkbox':
            return { ...common, type: 'Checkbox', defaultValue: 'false' };
        case 'date':
            return { ...common, type: 'Date' };
        case 'picklist':
            return { ...common, type: 'Picklist', valueSet };
        case 'multi':
            return { ...common, type: 'MultiselectPicklist', visibleLines: '3', valueSet };
    }
}

function storedValues(fields: readonly Field[], { values: given }: Row): Record<string, FieldValue> {
    return Object.fromEntries(fields.map(({ name, kind: one }) => [name, storedValue(one, given[name] ?? null)]));
}

function storedValue(one: Kind, value: Value): FieldValue {
    if (value === null) return null;
    if (one === 'number') return Decimal.of(value as number);
    if (one === 'date') return new ApexDate(value as number);
    return Array.isArray(value) ? value.join(';') : (value as string | boolean);
}

/** A field of a row, or of its parent by `Par__r.F0__c`. */
interface Reach {
    readonly path: string;
    readonly field: Field;
    readonly read: (row: Row) => Value;
}

function reaches(fields: readonly Field[], isChild: boolean): Reach[] {
    const own = fields.map((field): Reach => ({
        path: field.name,
        field,
        read: (row) => row.values[field.name] ?? null
    }));
    const above = fields.map((field): Reach => ({
        path: `Par__r.${field.name}`,
        field,
        // A checkbox behind an empty lookup has no value.
        read: ({ parent }) => (parent === null ? null : (parent.values[field.name] ?? null))
    }));
    return isChild ? [...own, ...above] : own;
}

/** Conditions over the fields of an object, joined by AND, OR and NOT. */
export function conditions(fields: readonly Field[], isChild: boolean): fc.Arbitrary<Condition> {
    const comparison = fc.oneof(...reaches(fields, isChild).map(comparisonOf));
    return fc.letrec<{ condition: Condition }>((tie) => ({
        condition: fc.oneof(
            { maxDepth: 3, depthSize: 'small' },
            comparison,
            tie('condition').map(({ soql, test }) => ({ soql: `(NOT (${soql}))`, test: (row: Row) => !test(row) })),
            fc.tuple(tie('condition'), tie('condition'), fc.boolean()).map(([left, right, and]) => ({
                soql: `((${left.soql}) ${and ? 'AND' : 'OR'} (${right.soql}))`,
                test: (row: Row) => (and ? left.test(row) && right.test(row) : left.test(row) || right.test(row))
            }))
        )
    })).condition;
}

function comparisonOf({ path, field, read }: Reach): fc.Arbitrary<Condition> {
    const over = (soql: string, test: (value: Value) => boolean): Condition => ({
        soql: `${path} ${soql}`,
        test: (row) => test(read(row))
    });
    const known = values[field.kind].filter((value) => value !== null);
    const nulls = fc.constantFrom(
        over('= null', (value) => value === null),
        over('!= null', (value) => value !== null)
    );
    if (field.kind === 'multi') return fc.oneof(nulls, choices(over));
    const equality = fc
        .tuple(known, fc.boolean())
        .map(([wanted, isNot]) =>
            over(`${isNot ? '!=' : '='} ${literal(field, wanted)}`, (value) => same(value, wanted) !== isNot)
        );
    const membership = fc.tuple(fc.array(values[field.kind], { minLength: 1, maxLength: 3 }), fc.boolean());
    const lists = membership.map(([list, isNot]) =>
        over(
            `${isNot ? 'NOT IN' : 'IN'} (${list.map((one) => literal(field, one)).join(', ')})`,
            (value) => list.some((one) => same(value, one)) !== isNot
        )
    );
    switch (field.kind) {
        case 'checkbox':
            return equality;
        case 'text':
            return fc.oneof(nulls, equality, lists, order(field, known, over), likes(over));
        case 'date':
            return fc.oneof(nulls, equality, lists, order(field, known, over), dateLiterals(over));
        case 'number':
            return fc.oneof(nulls, equality, lists, order(field, known, over));
        case 'picklist':
            return fc.oneof(nulls, equality, lists);
    }
}

type Over = (soql: string, test: (value: Value) => boolean) => Condition;

function order(field: Field, known: fc.Arbitrary<Value>, over: Over): fc.Arbitrary<Condition> {
    return fc
        .tuple(fc.constantFrom('<', '<=', '>', '>='), known)
        .map(([operator, bound]) =>
            over(
                `${operator} ${literal(field, bound)}`,
                (value) => value !== null && ordered(compare(value, bound), operator)
            )
        );
}

function ordered(result: number, operator: string): boolean {
    if (operator === '<') return result < 0;
    if (operator === '<=') return result <= 0;
    return operator === '>' ? result > 0 : result >= 0;
}

function likes(over: Over): fc.Arbitrary<Condition> {
    const patterns: readonly (readonly [string, (text: string) => boolean])[] = [
        ['a%', (text) => text.startsWith('a')],
        ['%b', (text) => text.endsWith('b')],
        ['_', (text) => text.length === 1],
        ['%b\\_%', (text) => text.includes('b_')],
        ['%\\%', (text) => text.endsWith('%')],
        ['%', () => true]
    ];
    return fc
        .constantFrom(...patterns)
        .map(([pattern, matches]) =>
            over(`LIKE '${pattern}'`, (value) => typeof value === 'string' && matches(value.toLowerCase()))
        );
}

function dateLiterals(over: Over): fc.Arbitrary<Condition> {
    const month = (date: number): number => new ApexDate(date).month;
    const ranges: readonly (readonly [string, (day: number) => boolean])[] = [
        ['TODAY', (day) => day === TODAY],
        ['TOMORROW', (day) => day === TODAY + 1],
        ['THIS_MONTH', (day) => month(day) === 3],
        ['LAST_MONTH', (day) => month(day) === 2],
        ['LAST_N_DAYS:5', (day) => day >= TODAY - 5 && day <= TODAY],
        ['NEXT_N_DAYS:5', (day) => day > TODAY && day <= TODAY + 5],
        // A Wednesday; weeks begin on Sunday.
        ['THIS_WEEK', (day) => day >= TODAY - 3 && day <= TODAY + 3],
        ['THIS_YEAR', (day) => new ApexDate(day).year === 2026]
    ];
    return fc
        .tuple(fc.constantFrom(...ranges), fc.boolean())
        .map(([[name, holds], isNot]) =>
            over(`${isNot ? '!=' : '='} ${name}`, (value) => (typeof value === 'number' && holds(value)) !== isNot)
        );
}

function choices(over: Over): fc.Arbitrary<Condition> {
    const wanted = fc.array(fc.subarray([...CHOICES], { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 });
    return fc
        .tuple(wanted, fc.boolean())
        .map(([sets, isNot]) =>
            over(
                `${isNot ? 'EXCLUDES' : 'INCLUDES'} (${sets.map((set) => `'${set.join(';')}'`).join(', ')})`,
                (value) => sets.some((set) => set.every((one) => (value as string[] | null)?.includes(one))) !== isNot
            )
        );
}

function literal({ kind: one }: Field, value: Value): string {
    if (value === null) return 'null';
    if (one === 'date') return new ApexDate(value as number).toString();
    return typeof value === 'string' ? `'${value}'` : String(value);
}

function same(left: Value, right: Value): boolean {
    if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
    return left === right;
}

/** Order of two values of one field that are not null. */
export function compare(left: Value, right: Value): number {
    if (typeof left === 'string' && typeof right === 'string') {
        return new Intl.Collator('en', { sensitivity: 'accent' }).compare(left, right);
    }
    return Number(left) - Number(right);
}
