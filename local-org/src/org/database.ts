import type { AccessContext } from '../access/types.ts';
import type { FieldValue, Id, SObject } from '../values/index.ts';
import type { DmlOperation, DmlRowResult } from '../apex/runtime/runtime.ts';
import type { QueryCost } from '../soql/query-cost.ts';

/** The org's data as REST and Apex use it: SOQL in, records out; DML with the platform's order of execution. */
export interface Database {
    /** Throws SoqlError (see soql/errors.ts) with the platform's error code and text. */
    query(soql: string, options: QueryOptions): QueryResult;
    /** As `query` for one without aggregates, a record at a time: no more than one is built. Answers the object. */
    visit(soql: string, options: QueryOptions, onRecord: (record: SObject) => void): string;
    dml(operation: DmlOperation, records: readonly SObject[], options: DmlRequest): DmlRowResult[];
    /** Runs `work`; what it wrote is undone when it throws. Nests. */
    atomic<T>(work: () => T): T;
    /** Undo point for `Database.setSavepoint`, per-test rollback and rollbackOnError deploys. */
    savepoint(): Savepoint;
    rollback(to: Savepoint): void;
    /** Gives up the savepoint and later ones: outside `atomic`, changes are remembered until this is called. */
    release(savepoint: Savepoint): void;
    /** Calls `undo` when the transaction that runs goes back behind this point; never outside of one. */
    onRollback(undo: () => void): void;
    /**
     * Runs `work` as a transaction of its own, whose writes outlive a rollback of the one around it: a request served
     * while another waits for a callout.
     */
    detached<T>(work: () => T): T;
    /** Takes the org's business data out of sight until the savepoint before it is rolled back; setup rows stay. */
    hideOrgData(): void;
    /**
     * Writes fields of a row as the platform itself does, past every rule: the rows of jobs and schedules. A row without
     * `Id` is a new one. Gives the id.
     */
    writeRow(object: string, fields: Readonly<Record<string, FieldValue>>): Id;
    /** Such a row with all of its columns, also those that the platform keeps to itself; undefined when there is none. */
    readRow(object: string, id: Id): Readonly<Record<string, FieldValue>> | undefined;
    /** Takes such a row out for good. */
    removeRow(object: string, id: Id): void;
    /** Takes a deleted row out of the recycle bin; false when it is not in there. */
    emptyFromBin(object: string, id: Id): boolean;
    /** An SObject of the org's schema; throws when there is no such object. */
    newRecord(object: string): SObject;
}

export interface QueryOptions {
    readonly access: AccessContext;
    /** Values of `:name` in the text; keys in lower case. Collections are arrays. */
    readonly binds?: ReadonlyMap<string, unknown>;
    readonly allRows?: boolean;
    /** For date literals; the running user's when absent. */
    readonly timeZone?: string;
    /**
     * The records are as Apex gets them. Numbers have at least the decimal places of their fields ("the scale is based on
     * the scale of the field returned from the query", Apex Developer Guide, Primitive Data Types). What has no value is
     * readable and not among the populated fields; the record type always is (peterknolle.com/sobjects-getpopulatedfieldsasmap).
     */
    readonly forApex?: boolean;
}

export interface QueryResult {
    /** Aggregate rows are SObjects of type AggregateResult. `SELECT COUNT()` has no records and a totalSize. */
    readonly records: readonly SObject[];
    readonly totalSize: number;
    readonly object: string;
    readonly cost: QueryCost;
}

export interface DmlRequest {
    readonly access: AccessContext;
    readonly allOrNone: boolean;
    readonly externalIdField?: string;
    /** Where the rows come from; restricted picklists and defaults depend on it. */
    readonly origin: 'apex' | 'api';
    /** Of an update: values of fields that only the platform writes, for every row. */
    readonly platformValues?: Readonly<Record<string, FieldValue>>;
    /** Of a delete: the record that those which are deleted are merged into. */
    readonly mergedInto?: Id;
}

declare const savepointBrand: unique symbol;
export type Savepoint = { readonly [savepointBrand]: true };

/** Called by DML at each trigger point; Apex triggers answer. Records may be changed or given errors. */
export interface TriggerDispatch {
    fire(event: TriggerEvent): void;
    handles(object: string): boolean;
    /** Names of the triggers that hear of a platform event. */
    subscribers(event: string): readonly string[];
    /**
     * Runs work as one transaction of Apex, the one that runs already if any: triggers in it share their statics. Jobs and
     * events that they leave behind are dropped when the work says that nothing was written.
     */
    within<T>(userId: string, work: () => T, isCommitted?: (result: T) => boolean): T;
}

export interface TriggerEvent {
    readonly object: string;
    readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
    readonly phase: 'before' | 'after';
    readonly newRecords: readonly SObject[] | null;
    readonly oldRecords: readonly SObject[] | null;
    /** The only trigger that runs, of a platform event. */
    readonly trigger?: string;
    /** Who makes the change; it is the running user when no Apex runs yet. */
    readonly userId?: string;
}
