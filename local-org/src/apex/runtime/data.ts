import { refuseList } from './refused-lists.ts';
import type { QueryResult } from '../../org/database.ts';
import { isFieldsInaccessible, isObjectDenied } from '../../dml/row-errors.ts';
import { optionsOfRecord, truncate } from '../library/database/dml-options.ts';
import { refuseReadOnly } from '../library/test/read-only.ts';
import { SoqlError } from '../../soql/errors.ts';
import { parseSoql } from '../../soql/parser.ts';
import { Id, type SObject } from '../../values/index.ts';
import { chargeLimit } from './limit-messages.ts';
import type { AccessMode, DmlOperation, DmlOptions, DmlRowResult, Runtime, RuntimeData } from './runtime.ts';

/** One failed row, as `DmlException.getDml…` tells it; also the details of the exception. */
export interface DmlFailure {
    readonly index: number;
    /** Type of the record. */
    readonly object: string;
    readonly id: string | null;
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
}

/** Third argument of `throwNew` for a DmlException. */
export interface DmlFailureDetails {
    readonly failures: readonly DmlFailure[];
}

/** SOQL and DML of Apex: `org.database` with the limits, exceptions and side effects that Apex adds. */
export function createRuntimeData(rt: Runtime): RuntimeData {
    return {
        query: (soql, binds, mode) => {
            const { object, records } = runQuery(rt, soql, binds, mode);
            return { object, records: [...records] };
        },
        count: (soql, binds, mode) => runQuery(rt, soql, binds, mode).totalSize,
        dml: (operation, records, options) => runDml(rt, operation, records, options)
    };
}

function runQuery(rt: Runtime, soql: string, binds: ReadonlyMap<string, unknown>, mode: AccessMode): QueryResult {
    const result = queryRecords(rt, soql, binds, mode);
    chargeLimit(rt, 'queries', result.cost.queries);
    chargeLimit(rt, 'aggregateQueries', result.cost.subqueries);
    chargeLimit(rt, 'queryRows', result.cost.rows);
    return result;
}

/** Asks the database with what is enforced in the mode; a query that cannot run is a System.QueryException. */
export function queryRecords(
    rt: Runtime,
    soql: string,
    binds: ReadonlyMap<string, unknown>,
    mode: AccessMode
): QueryResult {
    try {
        if (rt.tx.stubbedObjects !== undefined) refuseStubbed(rt.tx.stubbedObjects, soql);
        return rt.org.database.query(soql, { access: accessFor(rt, mode), binds, forApex: true });
    } catch (error) {
        if (error instanceof SoqlError) {
            const { inaccessibleFields } = error;
            return rt.throwNew('System.QueryException', error.message, { inaccessibleFields });
        }
        throw error;
    }
}

/**
 * Stubs answer queries of external objects and data model objects only, of which a local org has none; the platform refuses
 * others when they are queried (Apex Developer Guide, "Mock SOQL Tests for Data Cloud Data Model Objects").
 */
function refuseStubbed(stubbed: ReadonlySet<string>, soql: string): void {
    if (!stubbed.has(parseSoql(soql).from.name.toLowerCase())) return;
    const detail = "Stubbed query invocations can't be used without a participating query stub set.";
    throw new SoqlError({ code: 'INVALID_TYPE', detail });
}

/** What is enforced for the running code in a mode: user mode always shares. */
export function accessFor(rt: Runtime, mode: AccessMode): Runtime['tx']['access'] {
    if (typeof mode === 'object') return { ...rt.tx.access, ...mode, mode: 'user', sharing: true };
    return mode === 'user' ? { ...rt.tx.access, mode, sharing: true } : { ...rt.tx.access, mode };
}

function runDml(
    rt: Runtime,
    operation: DmlOperation,
    records: readonly SObject[],
    options: DmlOptions
): DmlRowResult[] {
    if (records.some((record) => record === null)) {
        return rt.nullPointer();
    }
    // A statement about no records is none.
    if (records.length === 0) {
        return [];
    }
    refuseReadOnly(rt);
    const { mode, isPart = false, ...request } = options;
    if (!isPart) chargeLimit(rt, 'dmlStatements', 1);
    chargeLimit(rt, 'dmlRows', records.length);
    refuseList(rt, operation, records);
    rt.tx.uncommittedWork = true;
    for (const record of records) truncate(rt, optionsOfRecord(record), record);
    const access = accessFor(rt, mode);
    const results = rt.org.database.dml(operation, records, { ...request, access, origin: 'apex' });
    if (options.allOrNone && results.some((result) => !result.success)) {
        return throwDmlException(rt, operation, records, results);
    }
    records.forEach((record, index) => writeBackId(record, results[index]));
    return results;
}

function writeBackId(record: SObject, result: DmlRowResult | undefined): void {
    if (result?.success === true && result.id !== null && record.id === null) {
        record.id = Id.of(result.id);
    }
}

function throwDmlException(
    rt: Runtime,
    operation: DmlOperation,
    records: readonly SObject[],
    results: readonly DmlRowResult[]
): never {
    const failures = results.flatMap((result, index) => failuresOf(result, index, records[index]));
    const details: DmlFailureDetails = { failures };
    const [first] = failures;
    if (first !== undefined && isObjectDenied(first)) {
        return rt.throwNew('System.SecurityException', first.message, details);
    }
    return rt.throwNew('System.DmlException', dmlMessage(operation, failures), details);
}

function failuresOf(result: DmlRowResult, index: number, record: SObject | undefined): DmlFailure[] {
    const id = record?.id?.value ?? null;
    return result.success ? [] : result.errors.map((error) => ({ index, object: record?.type ?? '', id, ...error }));
}

/**
 * `Insert failed. First exception on row 0; first error: CODE, text: [fields]` (Apex Developer Guide, DML errors). Fields
 * that user mode does not let write are told without a row ("Enforce User Mode for Database Operations").
 */
export function dmlMessage(operation: DmlOperation, failures: readonly DmlFailure[]): string {
    return dmlFailureText(operation.charAt(0).toUpperCase() + operation.slice(1), failures);
}

/** The same for whatever fails row by row: `SendEmail`. */
export function dmlFailureText(verb: string, failures: readonly DmlFailure[]): string {
    const [first] = failures;
    if (first === undefined) {
        return `${verb} failed.`;
    }
    if (isFieldsInaccessible(first)) {
        return first.message;
    }
    const row = first.id === null ? `row ${first.index}` : `row ${first.index} with id ${first.id}`;
    const error = `${first.statusCode}, ${first.message}: [${first.fields.join(', ')}]`;
    return `${verb} failed. First exception on ${row}; first error: ${error}`;
}
