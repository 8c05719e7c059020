import { convertValue, UNCONVERTIBLE } from './convert-value.ts';
import { wrongType } from './row-errors.ts';
import { fieldOf, isGood, toRecord } from './work-item.ts';
import type { TriggerEvent } from '../org/database.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { SObject } from '../values/index.ts';
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
    const old = operation === 'insert' ? null : good.map((item) => readOnly(toRecord(object, item.before ?? {})));
    const hasNew = operation === 'insert' || operation === 'update';
    const records = hasNew ? good.map((item) => toRecord(object, item.values)) : null;
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
    const old = hasOld ? good.map((item) => readOnly(toRecord(object, item.before ?? {}))) : null;
    const records =
        operation === 'delete' ? null : good.map((item) => readOnly(toRecord(object, item.after ?? item.values)));
    fire(context, { object: object.name, operation, phase: 'after', newRecords: records, oldRecords: old });
    good.forEach((item, index) => takeErrors(item, records?.[index] ?? old?.[index]));
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
