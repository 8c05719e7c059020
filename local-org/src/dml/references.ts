import { rowId } from '../store/row.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { DmlContext } from './dml-context.ts';

/** A lookup that may name records of an object. */
export interface Reference {
    readonly object: ObjectDef;
    readonly field: FieldDef;
}

/** Lookups to the object in objects that have rows, whether or not describe lists them among its children. */
export function referencesTo(target: ObjectDef, { store, schema }: DmlContext): Reference[] {
    const references: Reference[] = [];
    for (const [name, table] of store.tables()) {
        const object = table.size > 0 ? schema.object(name) : undefined;
        for (const field of object?.fields.values() ?? []) {
            const pointsHere = field.type === 'reference' && (field.referenceTo.includes(target.name) || isOpen(field));
            if (object !== undefined && pointsHere) references.push({ object, field });
        }
    }
    return references;
}

function isOpen(field: FieldDef): boolean {
    return field.referenceTo.length !== 1;
}

/** Ids of the live rows that name the row. */
export function childIds({ object, field }: Reference, row: Row, { store }: DmlContext): string[] {
    return [...store.table(object.name).find(field, rowId(row))];
}
