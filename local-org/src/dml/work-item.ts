import { SObject, type Id } from '../values/index.ts';
import type { DmlRowError } from '../apex/runtime/runtime.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { FieldValue } from '../values/index.ts';

/** One record on its way through a save. */
export interface WorkItem {
    /** Place in the caller's list. */
    readonly index: number;
    /** As the caller gave it; never changed here. */
    readonly input: SObject;
    /** New values by declared field name, without nulls once saved; for an update the whole row. */
    values: Record<string, FieldValue>;
    /** The stored row before an update or a delete. */
    before: Row | undefined;
    /** The stored row after the save. */
    after: Row | undefined;
    errors: DmlRowError[];
    created: boolean;
    /** Of a duplicate: what names its master now. */
    moved?: readonly Id[];
}

export function workItem(input: SObject, index: number): WorkItem {
    return { index, input, values: {}, before: undefined, after: undefined, errors: [], created: false };
}

export function isGood(item: WorkItem): boolean {
    return item.errors.length === 0;
}

/** A record with the values of a row, as triggers see it. */
export function toRecord(object: ObjectDef, values: Row): SObject {
    const record = new SObject(object.name);
    for (const [name, value] of Object.entries(values)) {
        if (!name.startsWith('$')) record.fill(name, value);
    }
    return record;
}

const spellings = new WeakMap<ObjectDef, Map<string, FieldDef>>();

/** A field by name without case. Remembers spellings, since a call asks for the same few names for each record. */
export function fieldOf(object: ObjectDef, name: string): FieldDef | undefined {
    let known = spellings.get(object);
    if (known === undefined) {
        known = new Map();
        spellings.set(object, known);
    }
    let field = known.get(name);
    if (field === undefined) {
        field = object.fields.get(name.toLowerCase());
        if (field !== undefined) known.set(name, field);
    }
    return field;
}
