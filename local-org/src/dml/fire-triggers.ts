import { convertValue, UNCONVERTIBLE } from './convert-value.ts';
import { formulaContextOf } from './dml-context.ts';
import { wrongType } from './row-errors.ts';
import { fieldOf, isGood, toRecord } from './work-item.ts';
import type { TriggerEvent } from '../org/database.ts';
import type { ObjectDef } from '../schema/types.ts';
import { formulaFieldValue } from '../soql/formula-value.ts';
import { summaryFieldValue } from '../soql/summary-value.ts';
import { Id, type FieldValue, type SObject } from '../values/index.ts';
import type { Row } from '../store/row.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

type Operation = TriggerEvent['operation'];

/** Before triggers; what they set on a new record goes into its values, and errors they add to its errors. */
export function fireBefore(
    items: readonly WorkItem[],
    object: ObjectDef,
    operation: Operation,
    context: DmlContext
): void {
    const good = items.filter(isGood);
    if (good.length === 0 || !context.triggers.handles(object.name)) return;
    const old =
        operation === 'insert' ? null : good.map((item) => readOnly(oldRecord(object, item.before ?? {}, context)));
    const hasNew = operation === 'insert' || operation === 'update';
    const records = hasNew ? good.map((item) => newRecord(object, item.values, context)) : null;
    fire(context, { object: object.name, operation, phase: 'before', newRecords: records, oldRecords: old });
    good.forEach((item, index) => {
        const record = records?.[index];
        if (record !== undefined) takeOver(item, record, object);
        takeErrors(item, record ?? old?.[index]);
    });
}

export function fireAfter(
    items: readonly WorkItem[],
    object: ObjectDef,
    operation: Operation,
    context: DmlContext
): void {
    const good = items.filter(isGood);
    if (good.length === 0 || !context.triggers.handles(object.name)) return;
    const hasOld = operation === 'update' || operation === 'delete';
    const old = hasOld ? good.map((item) => readOnly(oldRecord(object, item.before ?? {}, context))) : null;
    const records =
        operation === 'delete'
            ? null
            : good.map((item) => readOnly(newRecord(object, item.after ?? item.values, context)));
    fire(context, { object: object.name, operation, phase: 'after', newRecords: records, oldRecords: old });
    good.forEach((item, index) => takeErrors(item, records?.[index] ?? old?.[index]));
}

/** Formulas and roll-up summaries of a record in a trigger are worked out when they are read. */
function newRecord(object: ObjectDef, values: Row, context: DmlContext): SObject {
    const record = toRecord(object, values);
    record.derive = (name) => derivedValue(object, values, name, context);
    return record;
}

/** Summaries of a master that is saved because they changed were others before. */
function oldRecord(object: ObjectDef, values: Row, context: DmlContext): SObject {
    const record = toRecord(object, values);
    const before = values.Id instanceof Id ? context.priorSummaries?.get(values.Id.value) : undefined;
    record.derive = (name) => {
        const field = fieldOf(object, name);
        const summary = field?.summary === undefined ? undefined : before?.[field.name];
        return summary ?? derivedValue(object, values, name, context);
    };
    return record;
}

function derivedValue(object: ObjectDef, values: Row, name: string, context: DmlContext): FieldValue | undefined {
    const field = fieldOf(object, name);
    if (field === undefined || (field.formula === undefined && field.summary === undefined)) return undefined;
    const evaluate = field.formula === undefined ? summaryFieldValue : formulaFieldValue;
    return evaluate(values, field, object, formulaContextOf(context));
}

function fire(context: DmlContext, event: TriggerEvent): void {
    context.triggers.fire({ ...event, userId: context.caller.userId });
}

function readOnly(record: SObject): SObject {
    record.readOnly = true;
    return record;
}

function takeOver(item: WorkItem, record: SObject, object: ObjectDef): void {
    for (const [name, value] of record.entries()) {
        const field = fieldOf(object, name);
        if (field === undefined || field.name === 'Id') continue;
        const converted = convertValue(value, field);
        if (converted === UNCONVERTIBLE) item.errors.push(wrongType(field, String(value)));
        else item.values[field.name] = converted;
    }
}

function takeErrors(item: WorkItem, record: SObject | undefined): void {
    for (const { statusCode, message, field } of record?.errors ?? []) {
        item.errors.push({ statusCode, message, fields: field === undefined ? [] : [field] });
    }
}
