import { isDeleted, isPurged } from '../store/row.ts';
import { Datetime, Id } from '../values/index.ts';
import { fireAfter, fireBefore } from './fire-triggers.ts';
import { moveChildren } from './move-children.ts';
import { childIds, referencesTo, type Reference } from './references.ts';
import { deleteRestricted, entityIsDeleted, missingId, notInRecycleBin } from './row-errors.ts';
import { noteRollUps, saveRollUps } from './roll-ups.ts';
import { loadExisting, objectError } from './save-records.ts';
import { isGood } from './work-item.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

/** Hidden value of a deleted row: the record whose deletion took this one along, and whose return brings it back. */
const DELETED_WITH = '$DeletedWith';

/**
 * Prefix of hidden values of a row: the deleted record that a lookup named. It does so again when that record comes back
 * and nothing has taken its place (SOAP API Developer Guide, undelete(), "Restored Records").
 */
const CLEARED = '$Cleared:';

/** Deletes records, or duplicates that a merge leaves: then what names them names their master. */
export function deleteItems(items: readonly WorkItem[], object: ObjectDef, context: DmlContext): void {
    const denied = objectError(object, 'delete', 'delete', context);
    const seen = new Set<string>();
    for (const item of items) {
        const error = denied ?? loadExisting(item, object, 'delete', context);
        const id = item.input.id?.value ?? '';
        if (error !== undefined) item.errors.push(error);
        else if (seen.has(id)) item.errors.push(entityIsDeleted());
        seen.add(id);
    }
    fireBefore(items, object, 'delete', context);
    const references = referencesTo(object, context);
    const rollUps = noteRollUps(items, object, context);
    for (const item of items) {
        if (!isGood(item) || item.before === undefined) continue;
        if (context.mergedInto !== undefined) {
            item.moved = moveChildren(item.before, context.mergedInto, references, context);
            item.before = withMaster(item.before, object, context.mergedInto);
        }
        const blocker = references.find((reference) => isBlocked(reference, item.before, context));
        if (blocker === undefined) remove(item.before, object, references, undefined, context);
        else item.errors.push(deleteRestricted(object, blocker.object));
    }
    fireAfter(items, object, 'delete', context);
    saveRollUps(rollUps, items.filter(isGood), context);
}

/** Triggers after the delete see it, those before it do not (Apex Developer Guide, "Triggers and Merge Statements"). */
function withMaster(row: Row, { fields }: ObjectDef, master: Id): Row {
    return fields.has('masterrecordid') ? { ...row, MasterRecordId: master } : row;
}

/** An account with cases cannot be deleted, nor a parent that a required lookup without cascade points to. */
function isBlocked({ object, field }: Reference, row: Row | undefined, context: DmlContext): boolean {
    const restricts = field.name === 'AccountId' && object.name === 'Case';
    if (row === undefined || field.cascadeDelete || (field.nillable && !restricts)) return false;
    return field.name !== 'OwnerId' && childIds({ object, field }, row, context).length > 0;
}

/** Takes a row to the recycle bin, its details with it, and clears the lookups of others. Details fire no triggers. */
function remove(
    row: Row,
    object: ObjectDef,
    references: readonly Reference[],
    deletedWith: Id | undefined,
    context: DmlContext
): void {
    const id = row.Id as Id;
    for (const reference of references) {
        for (const childId of childIds(reference, row, context)) {
            const child = context.store.table(reference.object.name).get(childId);
            if (child === undefined || isDeleted(child)) continue;
            if (reference.field.cascadeDelete) {
                remove(child, reference.object, referencesTo(reference.object, context), deletedWith ?? id, context);
            } else if (reference.field.name !== 'OwnerId') {
                const { [reference.field.name]: _, ...rest } = child;
                context.store.put(reference.object.name, { ...rest, [CLEARED + reference.field.name]: id });
            }
        }
    }
    if (!object.fields.has('isdeleted')) return context.store.remove(object.name, id.value);
    const stamp = new Datetime(context.now);
    const origin: Record<string, Id> = deletedWith === undefined ? {} : { [DELETED_WITH]: deletedWith };
    context.store.put(object.name, { ...row, ...origin, IsDeleted: true, SystemModstamp: stamp });
}

export function undeleteItems(items: readonly WorkItem[], object: ObjectDef, context: DmlContext): void {
    const denied = objectError(object, 'create', 'undelete', context);
    const table = context.store.table(object.name);
    const stored = items.map(({ input }) => (input.id === null ? undefined : table.get(input.id.value)));
    const rollUps = noteRollUps(
        items.map((item, index) => ({ ...item, before: stored[index] })),
        object,
        context
    );
    for (const item of items) {
        const { id } = item.input;
        const row = id === null ? undefined : table.get(id.value);
        if (denied !== undefined) item.errors.push(denied);
        else if (id === null) item.errors.push(missingId('undelete'));
        else if (row === undefined || !isDeleted(row) || isPurged(row)) item.errors.push(notInRecycleBin());
        else item.after = restore(row, object, context);
    }
    fireAfter(items, object, 'undelete', context);
    saveRollUps(rollUps, items.filter(isGood), context);
}

function restore(row: Row, object: ObjectDef, context: DmlContext): Row {
    const restored = withoutDeletion(row, object, context);
    context.store.put(object.name, restored);
    const id = row.Id as Id;
    for (const [name, table] of context.store.tables()) {
        for (const detail of [...table.rows()]) {
            const origin = detail[DELETED_WITH];
            const comesAlong = origin instanceof Id && origin.equals(id);
            if (comesAlong) context.store.put(name, withoutDeletion(detail, context.schema.object(name), context));
            else refill(name, detail, id, context);
        }
    }
    return restored;
}

/** Lookups of a row that were cleared when a record was deleted. */
function refill(object: string, row: Row, restored: Id, context: DmlContext): void {
    const cleared = Object.entries(row).filter(
        ([name, value]) => name.startsWith(CLEARED) && value instanceof Id && value.equals(restored)
    );
    if (cleared.length === 0) return;
    const filled = { ...row };
    for (const [name, value] of cleared) {
        const field = name.slice(CLEARED.length);
        filled[field] ??= value;
        delete filled[name];
    }
    context.store.put(object, filled);
}

/** The row as it is when it is back; what it named may have been deleted meanwhile. */
function withoutDeletion(row: Row, object: ObjectDef | undefined, { store }: DmlContext): Row {
    const { [DELETED_WITH]: origin, ...rest } = row;
    const root = origin instanceof Id ? origin : (row.Id as Id);
    const restored: Record<string, Row[string]> = { ...rest, IsDeleted: false };
    for (const field of object?.fields.values() ?? []) {
        const id = restored[field.name];
        const mayBeCleared = field.type === 'reference' && field.nillable && !field.cascadeDelete;
        if (!mayBeCleared || !(id instanceof Id)) continue;
        const isGone = field.referenceTo.some((target) => {
            const named = store.table(target).get(id.value);
            // What was deleted together comes back together.
            const cameAlong = named?.[DELETED_WITH];
            const comesBack = cameAlong instanceof Id && cameAlong.equals(root);
            return named !== undefined && isDeleted(named) && !comesBack;
        });
        if (!isGone) continue;
        delete restored[field.name];
        restored[CLEARED + field.name] = id;
    }
    return restored;
}
