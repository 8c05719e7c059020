import { Id } from '../values/index.ts';
import { calculationsOf } from './calculated-fields.ts';
import { childIds } from './references.ts';
import { auditFields, storedRow } from './save-records.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { DmlContext } from './dml-context.ts';
import type { Reference } from './references.ts';

/**
 * What names a record names the master from now on that it is merged into. Triggers and rules of these rows are not asked
 * (Apex Developer Guide, "Triggers and Merge Statements"). Gives the ids of those that the user can view (Apex Reference
 * Guide, MergeResult.getUpdatedRelatedIds).
 */
export function moveChildren(row: Row, master: Id, references: readonly Reference[], context: DmlContext): Id[] {
    const { store, access, caller } = context;
    const moved = new Map<string, ObjectDef>();
    for (const { object, field } of references) {
        for (const id of childIds({ object, field }, row, context)) {
            // A master that names its duplicate must not name itself: its lookup is cleared when the duplicate goes.
            if (id === master.value) continue;
            store.put(object.name, { ...store.table(object.name).get(id), [field.name]: master });
            moved.set(id, object);
        }
    }
    // Once all have moved: an activity shows the account of its contact.
    for (const [id, object] of moved) recalculate(id, object, context);
    return [...moved]
        .filter(([id, { name }]) => access.recordVisible(caller.userId, name, id))
        .map(([id]) => Id.of(id));
}

function recalculate(id: string, object: ObjectDef, context: DmlContext): void {
    const values = { ...context.store.table(object.name).get(id) };
    for (const calculate of calculationsOf(object)) calculate(values, context);
    context.store.put(object.name, storedRow(values, auditFields(object, 'update', context)));
}
