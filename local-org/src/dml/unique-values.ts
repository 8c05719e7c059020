import { indexKey } from '../store/row.ts';
import { duplicateAssignment, duplicateUsername, duplicateValue } from './row-errors.ts';
import type { Id } from '../values/index.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

export function uniqueFields(object: ObjectDef): readonly FieldDef[] {
    return [...object.fields.values()].filter((field) => field.unique);
}

/** `fresh`: ids given in this call, which the caller cannot know yet. */
export function checkUnique(
    item: WorkItem,
    object: ObjectDef,
    unique: readonly FieldDef[],
    fresh: ReadonlySet<string>,
    context: DmlContext
): void {
    const table = context.store.table(object.name);
    const own = (item.before?.Id as Id | undefined)?.value;
    for (const field of unique) {
        const key = indexKey(item.values[field.name], field);
        if (key === undefined) continue;
        for (const id of table.find(field, key)) {
            if (id === own) continue;
            const username = object.name === 'User' && field.name === 'Username';
            item.errors.push(username ? duplicateUsername() : duplicateValue(field, fresh.has(id) ? undefined : id));
            break;
        }
    }
    if (object.name === 'PermissionSetAssignment') checkAssignment(item, object, context);
}

function checkAssignment(item: WorkItem, object: ObjectDef, { store }: DmlContext): void {
    const assignee = object.fields.get('assigneeid');
    const key = assignee && indexKey(item.values.AssigneeId, assignee);
    if (assignee === undefined || key === undefined) return;
    const table = store.table(object.name);
    for (const id of table.find(assignee, key)) {
        const row = table.get(id);
        const same = ['PermissionSetId', 'PermissionSetGroupId'].every(
            (name) => (row?.[name] as Id | undefined)?.value === (item.values[name] as Id | undefined)?.value
        );
        if (same) {
            item.errors.push(duplicateAssignment());
            return;
        }
    }
}
