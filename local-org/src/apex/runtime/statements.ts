import { SObject, type Id } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import { chargeLimit } from './limit-messages.ts';
import type { AccessMode, DmlOperation, Runtime } from './runtime.ts';

/** SOQL literals and DML statements of generated code. */

/** Bind values `:b0`, `:b1`… as the database takes them: collections as arrays, records as their ids. */
function bindValues(values: readonly unknown[]): ReadonlyMap<string, unknown> {
    return new Map(values.map((value, index) => [`b${index}`, bindValue(value)]));
}

export function bindValue(value: unknown): unknown {
    if (value instanceof ApexList) return value.items.map(bindValue);
    if (value instanceof ApexSet) return Array.from(value.values(), bindValue);
    if (value instanceof ApexMap) return value.keys().map(bindValue);
    return value instanceof SObject ? value.id : value;
}

function mode(rt: Runtime, given?: AccessMode): AccessMode {
    return given ?? rt.tx.access.mode;
}

export function queryList(rt: Runtime, soql: string, binds: readonly unknown[], type: ApexType): ApexList {
    const { records } = rt.data.query(soql, bindValues(binds), mode(rt));
    return new ApexList((type as PlatformType).args[0], records);
}

export function queryCount(rt: Runtime, soql: string, binds: readonly unknown[]): number {
    return rt.data.count(soql, bindValues(binds), mode(rt));
}

/** A query in the place of one record. */
export function queryRow(rt: Runtime, soql: string, binds: readonly unknown[]): unknown {
    return onlyRow(rt, rt.data.query(soql, bindValues(binds), mode(rt)).records);
}

/** `[SELECT …]?.Name`: no row is null. */
export function queryRowOrNull(rt: Runtime, soql: string, binds: readonly unknown[]): unknown {
    const { records } = rt.data.query(soql, bindValues(binds), mode(rt));
    return records.length === 0 ? null : onlyRow(rt, records);
}

/** A dynamic query in the place of one record. */
export function singleRow(rt: Runtime, rows: ApexList): unknown {
    return onlyRow(rt, rows.items);
}

export function onlyRow(rt: Runtime, rows: readonly unknown[]): unknown {
    if (rows.length === 0) {
        return rt.throwNew('System.QueryException', 'List has no rows for assignment to SObject');
    }
    if (rows.length > 1) {
        return rt.throwNew('System.QueryException', 'List has more than 1 row for assignment to SObject');
    }
    return rows[0];
}

/** `insert records;` and the other DML statements: all or none. */
export function dmlStatement(
    rt: Runtime,
    value: SObject | ApexList | null,
    operation: DmlOperation,
    accessMode: AccessMode | undefined,
    externalIdField: string | undefined
): void {
    const records = value instanceof ApexList ? (value.items as SObject[]) : [value ?? rt.nullPointer()];
    rt.data.dml(operation, records, {
        allOrNone: true,
        mode: mode(rt, accessMode),
        ...(externalIdField === undefined ? {} : { externalIdField })
    });
}

/** `merge master duplicates;`, which counts as one statement (Apex Developer Guide, "Execution Governors and Limits"). */
export function mergeStatement(
    rt: Runtime,
    master: SObject | null,
    duplicates: SObject | ApexList | null,
    accessMode: AccessMode | undefined
): void {
    const target = master ?? rt.nullPointer();
    const losers = duplicates instanceof ApexList ? (duplicates.items as SObject[]) : [duplicates ?? rt.nullPointer()];
    chargeLimit(rt, 'dmlStatements', 1);
    merge(rt, target, losers, mode(rt, accessMode));
}

/**
 * What names the duplicates names the master, the duplicates are deleted, then the master is updated, all of it or
 * nothing (Apex Developer Guide, "Triggers and Merge Statements"). Empty fields of the master are not filled. Gives the ids
 * of the records that name the master now. The statement is for the caller to count.
 */
export function merge(rt: Runtime, master: SObject, duplicates: readonly SObject[], accessMode: AccessMode): Id[] {
    const options = { allOrNone: true, mode: accessMode, isPart: true };
    const mergedInto = master.id ?? undefined;
    return rt.org.database.atomic(() => {
        const deleted = rt.data.dml('delete', duplicates, { ...options, ...(mergedInto && { mergedInto }) });
        rt.data.dml('update', [master], options);
        return deleted.flatMap(({ moved = [] }) => moved);
    });
}
