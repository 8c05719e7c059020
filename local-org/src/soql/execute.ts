import { recordBuilder } from './build-records.ts';
import { integerValue } from './bind-values.ts';
import { enforceAccess } from './enforce-access.ts';
import { SoqlError } from './errors.ts';
import { RowFinder } from './find-rows.ts';
import { groupRows } from './group-rows.ts';
import { isIdOrder } from './plan.ts';
import { operandReader } from './operand-value.ts';
import { queryCost } from './query-cost.ts';
import { sortRows } from './sort-rows.ts';
import type { QueryResult } from '../org/database.ts';
import type { Row } from '../store/row.ts';
import { Datetime, type SObject } from '../values/index.ts';
import type { AnalyzedQuery } from './analyzed.ts';
import type { QueryPlan } from './plan.ts';
import type { QueryContext } from './query-context.ts';

const MAX_OFFSET = 2000;

/** Runs a checked query. Throws SoqlError for what only the run can show: access, binds, limits. */
export function executeQuery(query: AnalyzedQuery, given: QueryContext): QueryResult {
    const context = withMode(query, given);
    enforceAccess(query, context);
    const object = query.object.name;
    const skip = integerValue(query.skip, context) ?? 0;
    if (skip > MAX_OFFSET) {
        const detail = `Maximum SOQL offset allowed is ${MAX_OFFSET}`;
        throw new SoqlError({ code: 'NUMBER_OUTSIDE_VALID_RANGE', detail });
    }
    const atMost = integerValue(query.limit, context);
    const isInOrder = !query.isAggregate && isIdOrder(query.orderBy);
    const rows = new RowFinder(query, context).find(
        undefined,
        isInOrder && atMost !== undefined ? skip + atMost : undefined
    );
    const limit = atMost ?? rows.length;
    if (query.isCount) {
        const totalSize = Math.min(limit, Math.max(0, rows.length - skip));
        return { records: [], totalSize, object, cost: queryCost(query, [], rows.length) };
    }
    if (query.isAggregate) {
        const records = groupRows(rows, query, context);
        const cost = queryCost(query, records, rows.length);
        return { records, totalSize: records.length, object: 'AggregateResult', cost };
    }
    const shown = chosen(query, context, rows, isInOrder).slice(skip, skip + limit);
    const records = shown.map(recordBuilder(query, context));
    markAsSeen(query, shown, context);
    return { records, totalSize: records.length, object, cost: queryCost(query, records, rows.length) };
}

const STAMPS = {
    VIEW: ['LastViewedDate', 'LastReferencedDate'],
    REFERENCE: ['LastReferencedDate'],
    UPDATE: []
} as const;

/** FOR VIEW and FOR REFERENCE (SOQL and SOSL Reference): the rows were looked at, which the next query shows. */
function markAsSeen({ forClauses, object }: AnalyzedQuery, rows: readonly Row[], { store, now }: QueryContext): void {
    const names = forClauses
        .flatMap((clause) => STAMPS[clause])
        .filter((name) => object.fields.has(name.toLowerCase()));
    if (names.length === 0) return;
    const stamps = Object.fromEntries(names.map((name) => [name, new Datetime(now)]));
    for (const row of rows) store.put(object.name, { ...row, ...stamps });
}

/** Gives the records of a checked query without aggregates one by one, so that no more than one is in memory. */
export function visitRecords(query: AnalyzedQuery, given: QueryContext, onRecord: (record: SObject) => void): string {
    const context = withMode(query, given);
    enforceAccess(query, context);
    const atMost = integerValue(query.limit, context);
    const isInOrder = isIdOrder(query.orderBy);
    const rows = new RowFinder(query, context).find(undefined, isInOrder ? atMost : undefined);
    const build = recordBuilder(query, context);
    const shown = chosen(query, context, rows, isInOrder).slice(0, atMost);
    for (const row of shown) onRecord(build(row));
    markAsSeen(query, shown, context);
    return query.object.name;
}

function chosen(query: AnalyzedQuery, context: QueryContext, rows: readonly Row[], isInOrder: boolean): readonly Row[] {
    return isInOrder ? rows : sortRows(rows, query.orderBy, (operand) => operandReader(operand, context));
}

/** How the query would find its rows, for tests that hold it to its indexes. */
export function explainQuery(query: AnalyzedQuery, context: QueryContext): QueryPlan {
    return new RowFinder(query, withMode(query, context)).plan;
}

/** WITH USER_MODE and WITH SYSTEM_MODE win over what the caller asks for. */
function withMode(query: AnalyzedQuery, context: QueryContext): QueryContext {
    const { caller } = context;
    if (query.mode === 'USER_MODE') return { ...context, caller: { ...caller, mode: 'user', sharing: true } };
    if (query.mode === 'SYSTEM_MODE') return { ...context, caller: { ...caller, mode: 'system' } };
    return context;
}
