import type { Id } from '../values/index.ts';
import { decodeRow, encodeRow } from './row-codec.ts';
import { rowId } from './row.ts';
import { Table } from './table.ts';
import { UndoLog } from './undo-log.ts';
import type { RecordIds } from './record-ids.ts';
import type { EncodedRow } from './row-codec.ts';
import type { Row } from './row.ts';
import type { UndoPoint } from './undo-log.ts';

/**
 * Rows that follow from something else, such as the permission sets that are deployed. They are brought up to date when
 * the table is next read, and are not part of transactions or snapshots.
 */
export interface DerivedRows {
    /** Rises when the rows may have changed. */
    version(): number;
    rows(): Iterable<Row>;
}

export interface StoreOptions {
    readonly ids: RecordIds;
    /** Source of derived rows by lower-case object name. */
    readonly derived?: (object: string) => DerivedRows | undefined;
    /** Objects by lower-case name whose rows are of this run only, and no part of snapshots: secrets never reach a disk. */
    readonly memoryOnly?: ReadonlySet<string>;
}

/** Plain JSON. */
export interface StoreSnapshot {
    readonly sequences: Readonly<Record<string, number>>;
    readonly counters: Readonly<Record<string, number>>;
    readonly tables: Readonly<Record<string, readonly EncodedRow[]>>;
}

/** All rows of an org. It knows no rules: what may be stored is decided in `dml/`. */
export interface Store {
    /** Created when first asked for and the same from then on; names are compared without case. */
    table(object: string): Table;
    /** Tables that have been asked for, by lower-case object name. */
    tables(): IterableIterator<[object: string, table: Table]>;
    newId(keyPrefix: string): Id;
    /** Next number of an auto-number field. Never undone, as on the platform. */
    nextNumber(counter: string): number;
    put(object: string, row: Row): void;
    /** Takes the row out for good; deleting to the recycle bin is an update of `IsDeleted`. */
    remove(object: string, id: string): void;
    /** Runs `work` and undoes what it wrote when it throws. Nests. */
    atomic<T>(work: () => T): T;
    /** Calls `undo` when changes are undone back behind this point: what is kept elsewhere follows the rows. */
    onRollback(undo: () => void): void;
    /** Runs `work` in an undo log of its own: what it commits outlives a rollback of the transaction around it. */
    detached<T>(work: () => T): T;
    savepoint(): UndoPoint;
    rollback(to: UndoPoint): void;
    release(point: UndoPoint): void;
    snapshot(): StoreSnapshot;
    restore(from: StoreSnapshot): void;
}

export function createStore(options: StoreOptions): Store {
    return new MemoryStore(options);
}

/** A table with the source of its derived rows. */
interface Entry {
    readonly key: string;
    readonly table: Table;
    readonly source: DerivedRows | undefined;
    version: number | undefined;
    derivedIds: Set<string>;
}

class MemoryStore implements Store {
    readonly #options: StoreOptions;
    readonly #entries = new Map<string, Entry>();
    /** Entries by every spelling that was asked for. */
    readonly #spellings = new Map<string, Entry>();
    readonly #counters = new Map<string, number>();
    #undo = new UndoLog();

    constructor(options: StoreOptions) {
        this.#options = options;
    }

    table(object: string): Table {
        const entry = this.#spellings.get(object) ?? this.#entry(object);
        if (entry.source !== undefined) refresh(entry, entry.source);
        return entry.table;
    }

    *tables(): IterableIterator<[object: string, table: Table]> {
        for (const { key, table } of this.#entries.values()) yield [key, table];
    }

    #entry(object: string): Entry {
        const key = object.toLowerCase();
        let entry = this.#entries.get(key);
        if (entry === undefined) {
            const source = this.#options.derived?.(key);
            entry = { key, table: new Table(), source, version: undefined, derivedIds: new Set() };
            this.#entries.set(key, entry);
        }
        this.#spellings.set(object, entry);
        return entry;
    }

    newId(keyPrefix: string): Id {
        return this.#options.ids.next(keyPrefix);
    }

    nextNumber(counter: string): number {
        const number = (this.#counters.get(counter) ?? 0) + 1;
        this.#counters.set(counter, number);
        return number;
    }

    put(object: string, row: Row): void {
        this.#write(object, rowId(row), row);
    }

    remove(object: string, id: string): void {
        this.#write(object, id, undefined);
    }

    #write(object: string, id: string, row: Row | undefined): void {
        const table = this.table(object);
        this.#undo.record({ table, id, before: table.replace(id, row) });
    }

    atomic<T>(work: () => T): T {
        const start = this.#undo.mark();
        try {
            return work();
        } catch (error) {
            this.#undo.rollback(start);
            throw error;
        } finally {
            this.#undo.release(start);
        }
    }

    onRollback(undo: () => void): void {
        this.#undo.record({ undo });
    }

    detached<T>(work: () => T): T {
        const outer = this.#undo;
        this.#undo = new UndoLog();
        try {
            return this.atomic(work);
        } finally {
            this.#undo = outer;
        }
    }

    savepoint(): UndoPoint {
        return this.#undo.mark();
    }

    rollback(to: UndoPoint): void {
        this.#undo.rollback(to);
    }

    release(point: UndoPoint): void {
        this.#undo.release(point);
    }

    snapshot(): StoreSnapshot {
        const tables: Record<string, EncodedRow[]> = {};
        for (const { key, table, derivedIds } of this.#entries.values()) {
            if (this.#options.memoryOnly?.has(key) === true) continue;
            const rows = [...table.rows()].filter((row) => !derivedIds.has(rowId(row)));
            if (rows.length > 0) tables[key] = rows.map(encodeRow);
        }
        return { sequences: this.#options.ids.snapshot(), counters: Object.fromEntries(this.#counters), tables };
    }

    restore(from: StoreSnapshot): void {
        for (const entry of this.#entries.values()) {
            entry.table.clear();
            entry.version = undefined;
            entry.derivedIds = new Set();
        }
        this.#counters.clear();
        this.#undo = new UndoLog();
        this.#options.ids.restore(from.sequences);
        for (const [counter, number] of Object.entries(from.counters)) this.#counters.set(counter, number);
        for (const [object, rows] of Object.entries(from.tables)) {
            if (this.#options.memoryOnly?.has(object) === true) continue;
            for (const row of rows) this.put(object, decodeRow(row));
        }
    }
}

/** Brings derived rows up to date. Outside the undo log: they follow their source, whatever is rolled back. */
function refresh(entry: Entry, source: DerivedRows): void {
    const version = source.version();
    if (entry.version === version) return;
    entry.version = version;
    const before = entry.derivedIds;
    entry.derivedIds = new Set();
    for (const row of source.rows()) {
        entry.derivedIds.add(rowId(row));
        entry.table.replace(rowId(row), row);
    }
    for (const id of before) {
        if (!entry.derivedIds.has(id)) entry.table.replace(id, undefined);
    }
}
