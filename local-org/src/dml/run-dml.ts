import { deleteItems, undeleteItems } from './delete-records.ts';
import { resolveUpsert } from './resolve-upsert.ts';
import { rolledBack, rowLocked, tooManyRetries } from './row-errors.ts';
import { insertItems, updateItems } from './save-records.ts';
import { isSummed } from './roll-ups.ts';
import { isGood, workItem } from './work-item.ts';
import type { DmlOperation, DmlRowResult } from '../apex/runtime/runtime.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { Id, SObject } from '../values/index.ts';
import type { DmlContext } from './dml-context.ts';
import type { WorkItem } from './work-item.ts';

export interface DmlCall {
    readonly operation: DmlOperation;
    readonly allOrNone: boolean;
    readonly externalIdField: string | undefined;
    /** Whether someone else holds the rows of an object; asked for each chunk of a change of existing rows. */
    readonly isLocked?: ((object: string) => boolean) | undefined;
}

/** Records that triggers see at once (Apex Developer Guide, "Running Apex within Governor Execution Limits"). */
const CHUNK = 200;
const ATTEMPTS = 3;

/**
 * Writes records, which may be of several objects, and answers one result each in their order. With `allOrNone` nothing
 * stays written when one of them fails; otherwise the good ones are, after as many attempts as the platform makes.
 */
export function runDml(call: DmlCall, records: readonly SObject[], context: DmlContext): DmlRowResult[] {
    // Over the API the rows are one transaction when they stand or fall together, else each chunk is one.
    return call.allOrNone
        ? inTransaction(context, () => writeChunks(call, records, context), succeeded)
        : writeChunks(call, records, context);
}

function succeeded(results: readonly DmlRowResult[]): boolean {
    return results.every(({ success }) => success);
}

/** A transaction of Apex around triggers of a change over the API; jobs of one that is taken back do not run. */
function inTransaction<T>(
    { origin, triggers, caller }: DmlContext,
    work: () => T,
    isCommitted?: (result: T) => boolean
): T {
    return origin === 'api' ? triggers.within(caller.userId, work, isCommitted) : work();
}

function writeChunks(call: DmlCall, records: readonly SObject[], context: DmlContext): DmlRowResult[] {
    const results = new Array<DmlRowResult | undefined>(records.length);
    const { store } = context;
    const start = store.savepoint();
    const seenKeys = new Map<string, Set<string>>();
    try {
        for (const chunk of chunksOf(records)) {
            const object = objectOf(chunk, context);
            const seen = seenKeys.get(object.name) ?? new Set();
            seenKeys.set(object.name, seen);
            if (isLockedOut(call, object)) chunk.forEach((item) => item.errors.push(rowLocked(idsOf(chunk))));
            const items = chunk.some((item) => !isGood(item))
                ? chunk
                : call.allOrNone
                  ? attempt(call, chunk, object, seen, context)
                  : inTransaction(context, () => attemptPartially(call, chunk, object, seen, context));
            for (const item of items) results[item.index] = resultOf(item);
            if (call.allOrNone && !items.every(isGood)) {
                store.rollback(start);
                return records.map((_, index) => failedResult(results[index], context));
            }
        }
    } catch (error) {
        store.rollback(start);
        throw error;
    } finally {
        store.release(start);
    }
    return results.map((result) => result ?? failedResult(undefined, context));
}

/** Runs of records of one object, at most 200 long. */
function chunksOf(records: readonly SObject[]): WorkItem[][] {
    const chunks: WorkItem[][] = [];
    let current: WorkItem[] = [];
    records.forEach((record, index) => {
        const previous = current.at(-1);
        if (previous === undefined || previous.input.type !== record.type || current.length === CHUNK) {
            current = [];
            chunks.push(current);
        }
        current.push(workItem(record, index));
    });
    return chunks;
}

/** New rows are no one else's. */
function isLockedOut({ operation, isLocked }: DmlCall, object: ObjectDef): boolean {
    return operation !== 'insert' && operation !== 'undelete' && (isLocked?.(object.name) ?? false);
}

function idsOf(chunk: readonly WorkItem[]): string[] {
    return chunk.flatMap(({ input }) => input.id?.value ?? []);
}

function objectOf(chunk: readonly WorkItem[], { schema }: DmlContext): ObjectDef {
    const type = chunk[0]?.input.type ?? '';
    const object = schema.object(type);
    if (object === undefined) throw new RangeError(`sObject type '${type}' is not supported.`);
    return object;
}

function attempt(
    call: DmlCall,
    items: readonly WorkItem[],
    object: ObjectDef,
    seen: Set<string>,
    context: DmlContext
): readonly WorkItem[] {
    switch (call.operation) {
        case 'insert':
            insertItems(items, object, context);
            return items;
        case 'update':
            updateItems(items, object, context);
            return items;
        case 'delete':
            deleteItems(items, object, context);
            return items;
        case 'undelete':
            undeleteItems(items, object, context);
            return items;
        default: {
            const key = keyField(call, object);
            const { inserts, updates, failed } = resolveUpsert(items, object, key, seen, context);
            if (inserts.length > 0) insertItems(inserts, object, context);
            if (updates.length > 0) updateItems(updates, object, context);
            return [...inserts, ...updates, ...failed];
        }
    }
}

function keyField({ externalIdField }: DmlCall, object: ObjectDef): FieldDef | undefined {
    if (externalIdField === undefined) return undefined;
    const field = object.fields.get(externalIdField.toLowerCase());
    if (field === undefined || !(field.idLookup || field.externalId || field.name === 'Id')) {
        throw new RangeError(
            `Invalid field for upsert, must be an External Id custom or standard indexed field: ${externalIdField}`
        );
    }
    return field;
}

/**
 * Partial success: rows with errors are set aside and the others tried again from the start, so that triggers never see
 * the effects of rows that failed. Without triggers, of the object or of a master that sums it up, nothing can differ the
 * second time, and failed rows have written nothing.
 */
function attemptPartially(
    call: DmlCall,
    chunk: readonly WorkItem[],
    object: ObjectDef,
    seen: Set<string>,
    context: DmlContext
): readonly WorkItem[] {
    const done: WorkItem[] = [];
    let items = chunk;
    for (let attempts = 1; ; attempts++) {
        const start = context.store.savepoint();
        const before = new Set(seen);
        let tried: readonly WorkItem[];
        try {
            tried = attempt(call, items, object, seen, context);
        } catch (error) {
            context.store.rollback(start);
            throw error;
        }
        const failed = tried.filter((item) => !isGood(item));
        const mayDiffer = context.triggers.handles(object.name) || isSummed(object, context);
        if (failed.length === 0 || !mayDiffer) {
            context.store.release(start);
            return [...done, ...tried];
        }
        context.store.rollback(start);
        context.store.release(start);
        seen.clear();
        before.forEach((key) => seen.add(key));
        done.push(...failed);
        const rest = tried.filter(isGood);
        if (rest.length === 0) return done;
        if (attempts === ATTEMPTS) {
            for (const item of rest) item.errors.push(tooManyRetries());
            return [...done, ...rest];
        }
        items = chunk
            .filter(({ index }) => rest.some((item) => item.index === index))
            .map(({ input, index }) => workItem(input, index));
    }
}

function resultOf(item: WorkItem): DmlRowResult {
    const success = isGood(item);
    const row: Row | undefined = item.after ?? item.before;
    const id = (row?.Id as Id | undefined)?.value ?? item.input.id?.value ?? null;
    return {
        id: success ? id : failedId(item),
        success,
        created: success && item.created,
        errors: item.errors,
        ...(item.moved !== undefined && { moved: item.moved })
    };
}

/** A failed insert has no id; a failed update keeps the one it named. */
function failedId(item: WorkItem): string | null {
    return item.created ? null : (item.input.id?.value ?? null);
}

/** A row of a call that was rolled back: the API says why, Apex has its exception. */
function failedResult(result: DmlRowResult | undefined, { origin }: DmlContext): DmlRowResult {
    if (result !== undefined && !result.success) return result;
    const errors = origin === 'api' ? [rolledBack()] : [];
    return { id: null, success: false, created: false, errors };
}
