import { isRecordId } from '../schema/field.ts';
import { Id } from '../values/index.ts';
import { isDeleted, rowId } from '../store/row.ts';
import { entityDefinitionRows } from './definition-rows.ts';
import { fieldDefinitionRows } from './field-definitions.ts';
import { operandReader, pathReader } from './operand-value.ts';
import { planQuery } from './plan.ts';
import { compileFilter } from './row-filter.ts';
import { USER_RECORD_ACCESS, userRecordAccessRows } from './user-record-access.ts';
import type { FieldDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { Table } from '../store/table.ts';
import type { FieldValue } from '../values/index.ts';
import type { AnalyzedQuery, JoinFilter } from './analyzed.ts';
import type { QueryPlan } from './plan.ts';
import type { QueryContext } from './query-context.ts';
import type { FilterTarget } from './row-filter.ts';

/** Rows of child queries: those whose lookup points to one parent. */
export interface ParentRow {
    readonly field: FieldDef;
    readonly id: string;
}

/** Objects whose rows are worked out for the query. */
const VIRTUAL_ROWS: Readonly<Record<string, (query: AnalyzedQuery, context: QueryContext) => readonly Row[]>> = {
    [USER_RECORD_ACCESS]: userRecordAccessRows,
    EntityDefinition: (_, { schema }) => entityDefinitionRows(schema),
    FieldDefinition: fieldDefinitionRows
};

/** Finds rows of one query: once for the query itself, once per parent for a child query. */
export class RowFinder {
    readonly plan: QueryPlan;
    readonly #table: Table;
    readonly #context: QueryContext;
    readonly #matches: (row: Row) => boolean;
    /** Rows that are worked out for the query instead of being stored. */
    readonly #virtual: readonly Row[] | undefined;

    constructor(query: AnalyzedQuery, context: QueryContext) {
        const target = rowTarget(context);
        const filter = query.where && compileFilter(query.where, target, context);
        const visible = visibility(query, context);
        const allRows = query.allRows || context.allRows;
        this.#context = context;
        this.#table = context.store.table(query.object.name);
        this.#matches = (row) => (allRows || !isDeleted(row)) && (filter?.(row) ?? true) && (visible?.(row) ?? true);
        this.plan = planQuery(query, target, context);
        this.#virtual = VIRTUAL_ROWS[query.object.name]?.(query, context);
    }

    /** Rows in order of their ids; a scan ends when it has found `atMost`. */
    find(parent?: ParentRow, atMost = Number.POSITIVE_INFINITY): Row[] {
        if (this.#virtual !== undefined) return this.#virtual.filter(this.#matches);
        const { meter } = this.#context;
        const isScan = parent === undefined && this.plan.kind === 'scan';
        const rows: Row[] = [];
        if (atMost <= 0) return rows;
        for (const row of this.#candidates(parent)) {
            if (meter !== undefined) meter.visited += 1;
            if (!this.#matches(row)) continue;
            rows.push(row);
            if (isScan && rows.length >= atMost) break;
        }
        // A scan is in order of ids; an index is in that of its keys.
        return isScan ? rows : rows.sort(byId);
    }

    #candidates(parent: ParentRow | undefined): Iterable<Row> {
        if (parent !== undefined) return this.#childRows(parent);
        const { plan } = this;
        if (plan.kind === 'scan') return this.#table.rows();
        return this.#indexed(plan.kind === 'union' ? plan.parts : [plan]);
    }

    #childRows({ field, id }: ParentRow): Iterable<Row> {
        if (!this.#context.allRows) return this.#indexed([{ field, keys: [id] }]);
        return [...this.#table.rows()].filter((row) => (row[field.name] as Id | undefined)?.value === id);
    }

    *#indexed(parts: readonly { readonly field: FieldDef; readonly keys: Iterable<string> }[]): Iterable<Row> {
        const seen = new Set<string>();
        for (const { field, keys } of parts) {
            for (const key of keys) {
                for (const id of isRecordId(field) ? [key] : this.#table.find(field, key)) {
                    const row = seen.has(id) ? undefined : this.#table.get(id);
                    seen.add(id);
                    if (row !== undefined) yield row;
                }
            }
        }
    }
}

function byId(left: Row, right: Row): number {
    return rowId(left) < rowId(right) ? -1 : 1;
}

function rowTarget(context: QueryContext): FilterTarget<Row> {
    const joins = new Map<JoinFilter, ReadonlySet<string>>();
    return {
        reader: (operand) => operandReader(operand, context),
        joinKeys(filter) {
            let keys = joins.get(filter);
            if (keys === undefined) {
                keys = idsOf(filter, context);
                joins.set(filter, keys);
            }
            return keys;
        }
    };
}

function idsOf({ query, column }: JoinFilter, context: QueryContext): ReadonlySet<string> {
    const read = pathReader(column, context);
    const ids = new Set<string>();
    for (const row of new RowFinder(query, context).find()) {
        const value = read(row);
        if (value instanceof Id) ids.add(value.value);
    }
    return ids;
}

function visibility(query: AnalyzedQuery, context: QueryContext): ((row: Row) => boolean) | undefined {
    const shared = sharedRows(query, context);
    const { userId } = context.caller;
    const isMine = (id: FieldValue | undefined): boolean => id instanceof Id && id.value === userId;
    switch (query.scope) {
        case 'MINE':
            return (row) => isMine(row.OwnerId) && (shared?.(row) ?? true);
        case 'DELEGATED':
            // As the list of delegated activities: made by the user for someone else.
            return (row) => isMine(row.CreatedById) && !isMine(row.OwnerId) && (shared?.(row) ?? true);
        default:
            return shared;
    }
}

function sharedRows(query: AnalyzedQuery, context: QueryContext): ((row: Row) => boolean) | undefined {
    const { caller, access } = context;
    if (!caller.sharing && caller.mode !== 'user') return undefined;
    const object = query.object.name;
    if (VIRTUAL_ROWS[object] !== undefined) return undefined;
    if (access.allRecordsVisible(caller.userId, object)) return undefined;
    return (row) => access.recordVisible(caller.userId, object, (row.Id as Id).value);
}
