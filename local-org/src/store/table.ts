import { indexKey, isDeleted, isPurged, rowId } from './row.ts';
import type { FieldDef } from '../schema/types.ts';
import type { Row } from './row.ts';

/** Ids of the live rows with one value; a lone id is held bare, since most keys are unique. */
type Bucket = string | Set<string>;

interface FieldIndex {
    readonly field: FieldDef;
    readonly buckets: Map<string, Bucket>;
}

/**
 * The rows of one object in order of their ids, which is that of creation, deleted ones included, and hash indexes over the live ones. An index is
 * built when it is first asked for and kept up to date from then on.
 */
export class Table {
    #rows = new Map<string, Row>();
    /** Highest id that was ever put in. */
    #lastId = '';
    /** A row was put in behind rows with higher ids: a rollback brings them back in that order. */
    #isUnordered = false;
    readonly #indexes = new Map<string, FieldIndex>();
    readonly #purged = new Set<string>();
    #live = 0;
    #revision = 0;

    /** Rises with each change; caches over the rows key on it. */
    get revision(): number {
        return this.#revision;
    }

    /** Number of rows outside the recycle bin. */
    get size(): number {
        return this.#live;
    }

    /** Ids of the rows that left the recycle bin, those that left it first in front. */
    get purged(): ReadonlySet<string> {
        return this.#purged;
    }

    get(id: string): Row | undefined {
        return this.#rows.get(id);
    }

    /** All rows; see `isDeleted`. */
    rows(): IterableIterator<Row> {
        if (this.#isUnordered) {
            // A new map: whoever walks over the old one goes on undisturbed.
            this.#rows = new Map([...this.#rows].sort(([left], [right]) => (left < right ? -1 : 1)));
            this.#isUnordered = false;
        }
        return this.#rows.values();
    }

    /** Stores `row` under its id, or removes the id when it is undefined. Returns what was there before. */
    replace(id: string, row: Row | undefined): Row | undefined {
        const before = this.#rows.get(id);
        if (row === undefined) this.#rows.delete(id);
        else this.#insert(id, row, before === undefined);
        this.#revision += 1;
        this.#live += liveness(row) - liveness(before);
        if (row !== undefined && isPurged(row)) this.#purged.add(id);
        else this.#purged.delete(id);
        for (const index of this.#indexes.values()) reindex(index, id, before, row);
        return before;
    }

    #insert(id: string, row: Row, isNew: boolean): void {
        if (isNew && id < this.#lastId) this.#isUnordered = true;
        if (id > this.#lastId) this.#lastId = id;
        this.#rows.set(id, row);
    }

    clear(): void {
        for (const id of [...this.#rows.keys()]) this.replace(id, undefined);
    }

    /** Ids of live rows whose field equals the value behind `key` (see `indexKey`). */
    find(field: FieldDef, key: string): Iterable<string> {
        const bucket = this.#index(field).buckets.get(key);
        if (bucket === undefined) return [];
        return typeof bucket === 'string' ? [bucket] : bucket;
    }

    #index(field: FieldDef): FieldIndex {
        const known = this.#indexes.get(field.name);
        // A redeployed field may compare differently; its index is built anew.
        if (known !== undefined && known.field.caseSensitive === field.caseSensitive) return known;
        const index: FieldIndex = { field, buckets: new Map() };
        for (const row of this.#rows.values()) reindex(index, rowId(row), undefined, row);
        this.#indexes.set(field.name, index);
        return index;
    }
}

function liveness(row: Row | undefined): number {
    return row === undefined || isDeleted(row) ? 0 : 1;
}

function reindex({ field, buckets }: FieldIndex, id: string, before: Row | undefined, after: Row | undefined): void {
    const oldKey = liveness(before) === 1 ? indexKey(before?.[field.name], field) : undefined;
    const newKey = liveness(after) === 1 ? indexKey(after?.[field.name], field) : undefined;
    if (oldKey === newKey) return;
    if (oldKey !== undefined) removeFrom(buckets, oldKey, id);
    if (newKey !== undefined) addTo(buckets, newKey, id);
}

function addTo(buckets: Map<string, Bucket>, key: string, id: string): void {
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, id);
    else if (typeof bucket === 'string') buckets.set(key, new Set([bucket, id]));
    else bucket.add(id);
}

function removeFrom(buckets: Map<string, Bucket>, key: string, id: string): void {
    const bucket = buckets.get(key);
    if (bucket === id) buckets.delete(key);
    else if (typeof bucket === 'object') {
        bucket.delete(id);
        if (bucket.size === 0) buckets.delete(key);
    }
}
