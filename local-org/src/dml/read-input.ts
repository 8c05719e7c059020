import { convertValue, UNCONVERTIBLE } from './convert-value.ts';
import { inUserMode } from './dml-context.ts';
import { fieldsInaccessible, fieldsNotWritable, noForeignKey, noSuchField, wrongType } from './row-errors.ts';
import { indexKey } from '../store/row.ts';
import { Id } from '../values/index.ts';
import { fieldOf } from './work-item.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { SObject } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/**
 * Takes the fields the caller set into `item.values`, checked for existence, type and permission to write them.
 * `ignore`: a field that identifies the record and is not written, the key of an upsert that became an update.
 */
export function readInput(
    item: WorkItem,
    object: ObjectDef,
    operation: 'insert' | 'update',
    context: DmlContext
): void {
    const notWritable: string[] = [];
    const denied: string[] = [];
    for (const [name, value] of item.input.entries()) {
        const field = fieldOf(object, name);
        if (field === undefined) {
            item.errors.push(noSuchField(object, name));
            continue;
        }
        if (field.name === 'Id') continue;
        const converted = convertValue(value, field);
        if (converted === UNCONVERTIBLE) {
            item.errors.push(wrongType(field, String(value)));
            continue;
        }
        if (isUnchanged(item, field, converted)) continue;
        if (!isWritable(field, operation)) notWritable.push(field.name);
        else if (isDenied(object, field, context)) denied.push(field.name);
        else item.values[field.name] = converted;
    }
    readForeignKeys(item, object, context);
    // Apex refuses such assignments when it compiles; a queried row keeps its read-only fields and may be saved.
    if (notWritable.length > 0 && context.origin === 'api') item.errors.push(fieldsNotWritable(notWritable));
    if (denied.length > 0) {
        item.errors.push(context.origin === 'api' ? fieldsNotWritable(denied) : fieldsInaccessible(object, denied));
    }
}

function isUnchanged({ before }: WorkItem, field: FieldDef, value: unknown): boolean {
    if (before === undefined) return false;
    const old = before[field.name] ?? (field.type === 'boolean' ? false : null);
    if (old === value) return true;
    if (old === null || value === null || typeof old !== 'object' || typeof value !== 'object') return false;
    return 'equals' in old && old.constructor === value.constructor && (old.equals as (v: unknown) => boolean)(value);
}

function isWritable(field: FieldDef, operation: 'insert' | 'update'): boolean {
    return operation === 'insert' ? field.createable : field.updateable;
}

function isDenied(object: ObjectDef, field: FieldDef, context: DmlContext): boolean {
    if (!inUserMode(context)) return false;
    return !context.access.fieldAllowed(context.caller.userId, object.name, field.name, 'edit');
}

/** `new Contact(Account = new Account(Ext__c = 'x'))`: the lookup is found through the parent's external id. */
function readForeignKeys(item: WorkItem, object: ObjectDef, context: DmlContext): void {
    for (const [relationship, parent] of item.input.parents()) {
        const lookup = object.parentRelationships.get(relationship.toLowerCase());
        if (lookup === undefined || parent === null || item.input.selection !== undefined) continue;
        if (parent.selection !== undefined || item.input.has(lookup.name)) continue;
        const id = parent.id ?? findByKey(item, parent, context);
        if (id !== undefined) item.values[lookup.name] = id;
    }
}

function findByKey(item: WorkItem, parent: SObject, context: DmlContext): Id | undefined {
    const object = context.schema.object(parent.type);
    for (const [name, value] of parent.entries()) {
        const field = object && fieldOf(object, name);
        if (object === undefined || field === undefined || !(field.idLookup || field.externalId)) continue;
        const key = indexKey(value, field);
        const [match] = key === undefined ? [] : context.store.table(object.name).find(field, key);
        if (match !== undefined) return Id.of(match);
        item.errors.push(noForeignKey(object, field, String(value)));
        return undefined;
    }
    return undefined;
}
