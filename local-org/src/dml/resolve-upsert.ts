import { indexKey } from '../store/row.ts';
import { Id } from '../values/index.ts';
import { duplicateExternalId, missingKey, severalMatches } from './row-errors.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { SObject } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import { workItem } from './work-item.ts';
import type { WorkItem } from './work-item.ts';

export interface ResolvedUpsert {
    readonly inserts: readonly WorkItem[];
    readonly updates: readonly WorkItem[];
    readonly failed: readonly WorkItem[];
}

/** Decides for each record whether it exists, by Id or by the given external id. Values may occur once in a call. */
export function resolveUpsert(
    items: readonly WorkItem[],
    object: ObjectDef,
    key: FieldDef | undefined,
    seen: Set<string>,
    context: DmlContext
): ResolvedUpsert {
    const inserts: WorkItem[] = [];
    const updates: WorkItem[] = [];
    const failed: WorkItem[] = [];
    for (const item of items) {
        if (key === undefined || key.name === 'Id') {
            (item.input.id === null ? inserts : updates).push(item);
            continue;
        }
        const value = item.input.get(key.name) ?? null;
        const text = indexKey(value, key);
        if (text === undefined) {
            item.errors.push(missingKey(key));
            failed.push(item);
            continue;
        }
        if (seen.has(text)) {
            item.errors.push(duplicateExternalId(String(value)));
            failed.push(item);
            continue;
        }
        seen.add(text);
        const matches = [...context.store.table(object.name).find(key, text)];
        const [match] = matches;
        if (matches.length > 1) {
            item.errors.push(severalMatches(key, matches));
            failed.push(item);
        } else if (match === undefined) inserts.push(withInput(item, withoutId(item.input)));
        else updates.push(withInput(item, withId(item.input, Id.of(match))));
    }
    return { inserts, updates, failed };
}

function withInput(item: WorkItem, input: SObject): WorkItem {
    return input === item.input ? item : workItem(input, item.index);
}

function withId(record: SObject, id: Id): SObject {
    const copy = record.copy();
    copy.id = id;
    return copy;
}

function withoutId(record: SObject): SObject {
    if (record.id === null) return record;
    const copy = record.copy();
    copy.unset('Id');
    return copy;
}
