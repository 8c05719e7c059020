import { indexKey, type Row } from '../store/row.ts';
import { ApexDate, Datetime, Decimal, Double, Id, type FieldValue } from '../values/index.ts';
import { notSupported } from './errors.ts';
import { formulaFieldValue, type FormulaContext } from './formula-value.ts';
import { valueOfText } from '../schema/field-text.ts';
import type { FieldDef, ObjectDef, SummaryDef, SummaryFilter } from '../schema/types.ts';

/**
 * The value of a roll-up summary field: count, sum, least or greatest of the master's live details that pass its filters
 * (Salesforce Help, "Roll-Up Summary Field"). It is worked out when it is read, so it is never out of date.
 */
export function summaryFieldValue(row: Row, field: FieldDef, object: ObjectDef, context: FormulaContext): FieldValue {
    const { summary } = field;
    const child = summary && context.schema.object(summary.childObject);
    const foreignKey = child?.fields.get(summary?.foreignKey.toLowerCase() ?? '');
    const key = foreignKey && row.Id instanceof Id ? indexKey(row.Id, foreignKey) : undefined;
    if (summary === undefined || child === undefined || foreignKey === undefined) {
        throw notSupported(`The roll-up field ${object.name}.${field.name}`);
    }
    const table = context.store.table(child.name);
    const ids = key === undefined ? [] : [...table.find(foreignKey, key)];
    const details = ids.map((id) => table.get(id)).filter((detail) => detail !== undefined);
    const tests = summary.filters.map((filter) => filterTest(filter, child, context));
    return summarize(
        summary,
        child,
        details.filter((detail) => tests.every((test) => test(detail))),
        field,
        context
    );
}

function summarize(
    { operation, field: name }: SummaryDef,
    child: ObjectDef,
    details: readonly Row[],
    field: FieldDef,
    context: FormulaContext
): FieldValue {
    if (operation === 'count') return Decimal.of(details.length);
    const source = child.fields.get(name?.toLowerCase() ?? '');
    const values = details.flatMap((detail) => (source && (valueOf(detail, source, child, context) ?? [])) ?? []);
    if (operation === 'sum') {
        const sum = values.reduce((total: Decimal, value) => total.add(toDecimal(value)), Decimal.of(0));
        return sum.setScale(field.scale, 'HALF_UP');
    }
    const sign = operation === 'min' ? 1 : -1;
    const [first] = [...values].sort((left, right) => sign * compare(left, right));
    return first ?? null;
}

function valueOf(row: Row, field: FieldDef, object: ObjectDef, context: FormulaContext): FieldValue {
    if (field.formula !== undefined) return formulaFieldValue(row, field, object, context);
    if (field.summary !== undefined) return summaryFieldValue(row, field, object, context);
    return row[field.name] ?? (field.type === 'boolean' ? false : null);
}

function toDecimal(value: FieldValue): Decimal {
    if (value instanceof Decimal) return value;
    return value instanceof Double ? Decimal.fromNumber(value.value) : Decimal.of(Number(value));
}

function compare(left: FieldValue, right: FieldValue): number {
    if (left instanceof ApexDate && right instanceof ApexDate) return left.compareTo(right);
    if (left instanceof Datetime && right instanceof Datetime) return left.ms - right.ms;
    const isText = typeof left === 'string' || typeof right === 'string';
    return isText ? textOf(left).localeCompare(textOf(right)) : toDecimal(left).compareTo(toDecimal(right));
}

function textOf(value: FieldValue): string {
    return value === null ? '' : String(value).toLowerCase();
}

function filterTest({ field: name, operation, values }: SummaryFilter, child: ObjectDef, context: FormulaContext) {
    const field = child.fields.get(name.toLowerCase());
    if (field === undefined) throw notSupported(`The roll-up filter on ${child.name}.${name}`);
    const wanted = values.map((text) => valueOfText(field, text) ?? null);
    const any = (test: (value: FieldValue, other: FieldValue) => boolean) => (row: Row) => {
        const value = valueOf(row, field, child, context);
        return wanted.some((other) => test(value, other));
    };
    const test = TESTS[operation];
    if (test !== undefined) return any((value, other) => value !== null && other !== null && test(value, other));
    const isEqual = any((value, other) => textOf(value) === textOf(other));
    if (operation === 'equals') return isEqual;
    if (operation === 'notEqual') return (row: Row) => !isEqual(row);
    throw notSupported(`The roll-up filter operation ${operation}`);
}

const TESTS: Readonly<Record<string, (value: FieldValue, other: FieldValue) => boolean>> = {
    contains: (value, other) => textOf(value).includes(textOf(other)),
    greaterOrEqual: (value, other) => compare(value, other) >= 0,
    greaterThan: (value, other) => compare(value, other) > 0,
    lessOrEqual: (value, other) => compare(value, other) <= 0,
    lessThan: (value, other) => compare(value, other) < 0,
    notContain: (value, other) => !textOf(value).includes(textOf(other)),
    startsWith: (value, other) => textOf(value).startsWith(textOf(other))
};
