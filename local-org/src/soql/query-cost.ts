import { isLongText } from '../schema/field.ts';
import type { SObject } from '../values/index.ts';
import type { AnalyzedQuery } from './analyzed.ts';

/** What a query counts against the limits of Apex. */
export interface QueryCost {
    /** 0 for what counts against no limit. */
    readonly queries: 0 | 1;
    readonly rows: number;
    /** Child subqueries, which Apex calls aggregate queries. */
    readonly subqueries: number;
}

/**
 * A count is one row, and counts by group are as many as there are groups. Other aggregates count every row that goes into
 * them, and rows of child subqueries count too. Sources: Apex Developer Guide, "Execution Governors and Limits"; SOQL and
 * SOSL Reference, "GROUP BY"; Summer '19 Release Notes, "The SOQL Count() Function Doesn't Count (As Much) Toward Limits".
 * `found`: rows that the filter let through.
 */
export function queryCost(query: AnalyzedQuery, records: readonly SObject[], found: number): QueryCost {
    if (isFree(query)) return { queries: 0, rows: 0, subqueries: 0 };
    return { queries: 1, ...rowCost(query, records, found) };
}

/**
 * Custom metadata is in the application cache; queries with long text areas go to the database and count (Salesforce Help,
 * "Custom Metadata Allocations and Usage Calculations").
 */
function isFree({ object, reads }: AnalyzedQuery): boolean {
    return object.kind === 'customMetadata' && !reads.some(({ field }) => isLongText(field));
}

function rowCost(query: AnalyzedQuery, records: readonly SObject[], found: number): Omit<QueryCost, 'queries'> {
    if (query.isCount) return { rows: 1, subqueries: 0 };
    if (query.isAggregate) return { rows: onlyCounts(query) ? records.length : found, subqueries: 0 };
    const children = query.columns.flatMap((column) => (column.kind === 'children' ? [column.name] : []));
    const below = records.flatMap((record) => children.map((name) => record.children(name)?.length ?? 0));
    return { rows: records.length + below.reduce((sum, count) => sum + count, 0), subqueries: children.length };
}

function onlyCounts({ columns }: AnalyzedQuery): boolean {
    const functions = columns.flatMap((column) =>
        column.kind === 'aggregate' && column.operand.kind === 'aggregate' ? [column.operand.function] : []
    );
    return functions.includes('COUNT') && functions.every((name) => name === 'COUNT' || name === 'GROUPING');
}
