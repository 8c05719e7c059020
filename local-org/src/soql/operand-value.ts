import { ApexDate, Datetime, Id } from '../values/index.ts';
import { definitionRow } from './definition-rows.ts';
import { distanceReader } from './distance.ts';
import { formulaFieldValue } from './formula-value.ts';
import { summaryFieldValue } from './summary-value.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { FieldValue } from '../values/index.ts';
import type { Operand, PathStep, ResolvedPath } from './analyzed.ts';
import type { QueryContext } from './query-context.ts';

export type RowReader = (row: Row) => FieldValue;

/** Reads a field of a row; an absent boolean is false, any other absent value null. Formulas are evaluated. */
export function storedValue(row: Row, field: FieldDef, context: QueryContext): FieldValue {
    if (field.formula !== undefined || field.summary !== undefined) return calculatedValue(row, field, context);
    return row[field.name] ?? (field.type === 'boolean' ? false : null);
}

function calculatedValue(row: Row, field: FieldDef, context: QueryContext): FieldValue {
    const { schema, store, caller, now, timeZone } = context;
    const object = actualObject(row, context);
    if (object === undefined) return null;
    const formulaContext = { schema, store, userId: caller.userId, now, timeZone };
    const evaluate = field.formula === undefined ? summaryFieldValue : formulaFieldValue;
    return evaluate(row, field, object, formulaContext);
}

/** Reads a field or a date function of it. Aggregates belong to groups, see `group-rows.ts`. */
export function operandReader(operand: Operand, context: QueryContext): RowReader {
    if (operand.path === undefined) return () => null;
    const read = pathReader(operand.path, context);
    if (operand.kind === 'label') {
        const { field } = operand.path;
        return (row) => labelOf(read(row), field);
    }
    if (operand.kind === 'distance') {
        const distance = distanceReader(operand, context);
        const latitude = pathReader({ ...operand.path, field: operand.latitudeField }, context);
        const longitude = pathReader({ ...operand.path, field: operand.longitudeField }, context);
        return (row) => distance(latitude(row), longitude(row));
    }
    if (operand.kind !== 'dateFunction') return read;
    const zone = operand.inUserZone ? context.timeZone : 'GMT';
    const apply = DATE_PARTS[operand.function];
    if (apply === undefined) throw new Error(`no implementation of ${operand.function}`);
    return (row) => {
        const value = read(row);
        if (value instanceof Datetime) return apply(value.dateIn(zone), value, zone);
        return value instanceof ApexDate ? apply(value, undefined, zone) : null;
    };
}

/** The label of a picklist value. */
export function labelOf(value: FieldValue, field: FieldDef): FieldValue {
    return field.picklistValues.find((choice) => choice.value === value)?.label ?? value;
}

/** Follows the lookups of the path; null where one of them is empty. */
export function pathReader({ steps, field }: ResolvedPath, context: QueryContext): RowReader {
    if (steps.length === 0) return (row) => storedValue(row, field, context);
    return (row) => {
        let current: Row | undefined = row;
        let last: PathStep | undefined;
        for (const step of steps) {
            current = current && parentRow(current, last, step, context);
            last = step;
        }
        if (current === undefined) return null;
        return last?.polymorphic ? polymorphicValue(current, field, context) : storedValue(current, field, context);
    };
}

/** The row a lookup points to. `Name`, the object of polymorphic lookups, has its fields from the actual object. */
function parentRow(row: Row, last: PathStep | undefined, step: PathStep, context: QueryContext): Row | undefined {
    const field = last?.polymorphic ? actualField(row, step.field, context) : step.field;
    const value = field && row[field.name];
    return value === undefined ? undefined : findParent(value, step, context);
}

/** The row that the value of a lookup, or of a metadata relationship, leads to. */
export function findParent(value: FieldValue, step: PathStep, context: QueryContext): Row | undefined {
    if (value instanceof Id) return findRow(value, step, context);
    return typeof value === 'string' ? definitionRow(value, step, context.schema) : undefined;
}

function findRow(id: Id, step: PathStep, context: QueryContext): Row | undefined {
    const object = step.polymorphic ? context.schema.objectByKeyPrefix(id.prefix) : step.target;
    return object && context.store.table(object.name).get(id.value);
}

/** A field of the `Name` object, read from the record the lookup points to. */
export function polymorphicValue(row: Row, field: FieldDef, context: QueryContext): FieldValue {
    if (field.name === 'Type') {
        return actualObject(row, context)?.name ?? null;
    }
    const actual = actualField(row, field, context);
    return actual === undefined ? null : storedValue(row, actual, context);
}

/** The object a row belongs to, from its id. */
export function actualObject(row: Row, context: QueryContext): ObjectDef | undefined {
    return context.schema.objectByKeyPrefix((row.Id as Id).prefix);
}

function actualField(row: Row, field: FieldDef, context: QueryContext): FieldDef | undefined {
    const object = actualObject(row, context);
    return field.name === 'Name' ? object?.nameField : object?.fields.get(field.name.toLowerCase());
}

type DatePart = (date: ApexDate, instant: Datetime | undefined, zone: string) => FieldValue;

const dayInYear: (date: ApexDate) => number = (date) => date.days - ApexDate.of(date.year, 1, 1).days + 1;

/** Values of SOQL Reference, "Date Functions"; weeks of a year and month are blocks of seven days from its first. */
const DATE_PARTS: Readonly<Record<string, DatePart>> = {
    CALENDAR_MONTH: (date) => date.month,
    CALENDAR_QUARTER: (date) => Math.ceil(date.month / 3),
    CALENDAR_YEAR: (date) => date.year,
    DAY_IN_MONTH: (date) => date.day,
    DAY_IN_WEEK: (date) => date.dayOfWeek + 1,
    DAY_IN_YEAR: dayInYear,
    DAY_ONLY: (date) => date,
    FISCAL_MONTH: (date) => date.month,
    FISCAL_QUARTER: (date) => Math.ceil(date.month / 3),
    FISCAL_YEAR: (date) => date.year,
    HOUR_IN_DAY: (_, instant, zone) => instant?.timeIn(zone).hour ?? null,
    WEEK_IN_MONTH: (date) => Math.ceil(date.day / 7),
    WEEK_IN_YEAR: (date) => Math.ceil(dayInYear(date) / 7)
};
