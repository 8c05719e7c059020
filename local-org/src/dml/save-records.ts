import { isDeleted } from '../store/row.ts';
import { Datetime, Id } from '../values/index.ts';
import { autoNumbers } from './auto-numbers.ts';
import { calculationsOf } from './calculated-fields.ts';
import { applyDefaults, defaultsOf } from './defaults.ts';
import { inUserMode, withSharing } from './dml-context.ts';
import { fireAfter, fireBefore } from './fire-triggers.ts';
import { readInput } from './read-input.ts';
import {
    duplicateId,
    entityIsDeleted,
    idInInsert,
    malformedId,
    missingId,
    noSuchRecord,
    objectDenied,
    objectNotWritable,
    recordNotAccessible,
    recordReadOnly
} from './row-errors.ts';
import { noteRollUps, saveRollUps } from './roll-ups.ts';
import { afterInsert } from './side-effects.ts';
import { checkUnique, uniqueFields } from './unique-values.ts';
import { requiredFields, validate } from './validate.ts';
import { applyRules, validationRules } from './validation-rules.ts';
import { isGood } from './work-item.ts';
import type { DmlRowError } from '../apex/runtime/runtime.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { FieldValue } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/**
 * Order of execution of an insert or update: checks, defaults, before triggers, validation, save, after triggers (Apex
 * Developer Guide, "Triggers and Order of Execution"). An item with an error goes no further; errors of after triggers
 * leave the saved row to the caller, who rolls back.
 */
export function insertItems(items: readonly WorkItem[], object: ObjectDef, context: DmlContext): void {
    const denied = objectError(object, 'create', 'insert', context);
    const defaults = defaultsOf(object);
    for (const item of items) {
        if (denied !== undefined) item.errors.push(denied);
        else if (item.input.id !== null) item.errors.push(idInInsert());
        else {
            item.created = true;
            readInput(item, object, 'insert', context);
            applyDefaults(item, defaults, context);
        }
    }
    saveItems(items, object, 'insert', context);
}

export function updateItems(items: readonly WorkItem[], object: ObjectDef, context: DmlContext): void {
    const denied = objectError(object, 'edit', 'update', context);
    const seen = new Set<string>();
    for (const item of items) {
        const id = item.input.id;
        const error = denied ?? loadExisting(item, object, 'update', context);
        if (error !== undefined) item.errors.push(error);
        else if (id !== null && seen.has(id.value)) item.errors.push(duplicateId(id.value));
        else {
            seen.add(id?.value ?? '');
            readInput(item, object, 'update', context);
            item.values = { ...item.before, ...item.values, ...context.platformValues };
        }
    }
    saveItems(items, object, 'update', context);
}

function saveItems(
    items: readonly WorkItem[],
    object: ObjectDef,
    operation: 'insert' | 'update',
    context: DmlContext
): void {
    fireBefore(items, object, operation, context);
    const required = requiredFields(object);
    const unique = uniqueFields(object);
    const rules = validationRules(object, context);
    const calculations = calculationsOf(object);
    const numbers = autoNumbers(object, context);
    const audit = auditFields(object, operation, context);
    const fresh = new Set<string>();
    const rollUps = noteRollUps(items, object, context);
    for (const item of items) {
        if (!isGood(item)) continue;
        validate(item, object, required, context);
        if (isGood(item) && rules.length > 0) applyRules(item, object, rules, context);
        if (isGood(item)) checkUnique(item, object, unique, fresh, context);
        if (!isGood(item)) continue;
        for (const calculate of calculations) calculate(item.values, context);
        if (operation === 'insert') {
            const id = context.store.newId(object.keyPrefix);
            fresh.add(id.value);
            item.values.Id = id;
            numbers(item.values);
        }
        nameById(item.values, object);
        item.after = storedRow(item.values, audit);
        context.store.put(object.name, item.after);
        if (operation === 'insert') afterInsert(item, object, context);
    }
    fireAfter(items, object, operation, context);
    saveRollUps(rollUps, items.filter(isGood), context);
}

/** A record of a custom object that nobody named is named by its id. */
function nameById(values: Record<string, FieldValue>, { kind, nameField }: ObjectDef): void {
    if (kind !== 'custom' || nameField === undefined || nameField.autoNumber) return;
    const isUnnamed = (values[nameField.name] ?? '') === '';
    if (isUnnamed && values.Id instanceof Id) values[nameField.name] = values.Id.value;
}

/** Rows keep no nulls, and `Id` comes first. */
export function storedRow(values: Record<string, FieldValue>, audit: Record<string, FieldValue>): Row {
    const row: Record<string, FieldValue> = { Id: values.Id ?? null };
    for (const name in values) {
        const value = values[name];
        if (value !== null && value !== undefined) row[name] = value;
    }
    return Object.assign(row, audit);
}

export function auditFields(
    object: ObjectDef,
    operation: 'insert' | 'update',
    { now, caller }: DmlContext
): Record<string, FieldValue> {
    const stamp = new Datetime(now);
    const user = Id.of(caller.userId);
    const all: Record<string, FieldValue> = {
        LastModifiedDate: stamp,
        LastModifiedById: user,
        SystemModstamp: stamp,
        ...(operation === 'insert' && { CreatedDate: stamp, CreatedById: user })
    };
    return Object.fromEntries(Object.entries(all).filter(([name]) => object.fields.has(name.toLowerCase())));
}

export function objectError(
    object: ObjectDef,
    permission: 'create' | 'edit' | 'delete',
    operation: string,
    context: DmlContext
): DmlRowError | undefined {
    const supported = { create: object.createable, edit: object.updateable, delete: object.deletable }[permission];
    if (!supported) return objectNotWritable(object, operation);
    const denied = inUserMode(context) && !context.access.objectAllowed(context.caller.userId, object.name, permission);
    return denied ? objectDenied(object, context.origin) : undefined;
}

/** Finds the stored row of an update or delete and checks that the caller may write it. */
export function loadExisting(
    item: WorkItem,
    object: ObjectDef,
    operation: string,
    context: DmlContext
): DmlRowError | undefined {
    const { id } = item.input;
    if (id === null) return missingId(operation);
    if (id.prefix !== object.keyPrefix) return malformedId(object, id.value);
    const row = context.store.table(object.name).get(id.value);
    if (row === undefined) return noSuchRecord('Id');
    if (isDeleted(row)) return entityIsDeleted();
    item.before = row;
    if (!withSharing(context)) return undefined;
    const { access, caller } = context;
    if (!access.recordVisible(caller.userId, object.name, id.value)) return recordNotAccessible(id.value);
    return access.recordEditable(caller.userId, object.name, id.value) ? undefined : recordReadOnly();
}
