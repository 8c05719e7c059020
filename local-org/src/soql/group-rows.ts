import { Decimal, SObject } from '../values/index.ts';
import { indexKey } from '../store/row.ts';
import { operandKey } from './analyze.ts';
import { integerValue } from './bind-values.ts';
import { compareValues, toDecimal } from './compare-values.ts';
import { operandReader, pathReader } from './operand-value.ts';
import { compileFilter } from './row-filter.ts';
import { sortRows } from './sort-rows.ts';
import type { FieldDef } from '../schema/types.ts';
import type { Row } from '../store/row.ts';
import type { FieldValue } from '../values/index.ts';
import type { AnalyzedGroupBy, AnalyzedQuery, Operand } from './analyzed.ts';
import type { QueryContext } from './query-context.ts';

/** Rows with one combination of the grouped values; a value the combination leaves out is undefined (ROLLUP, CUBE). */
interface Group {
    readonly values: ReadonlyMap<string, FieldValue | undefined>;
    readonly rows: Row[];
}

type GroupReader = (group: Group) => FieldValue;

/** GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET of an aggregate query; rows are of type AggregateResult. */
export function groupRows(rows: readonly Row[], query: AnalyzedQuery, context: QueryContext): SObject[] {
    const reader = (operand: Operand): GroupReader => groupReader(operand, context);
    let groups: readonly Group[] = groupsOf(rows, query.groupBy, context);
    if (query.having !== undefined) {
        const target = { reader, joinKeys: () => new Set<string>() };
        groups = groups.filter(compileFilter(query.having, target, context));
    }
    const sorted = sortRows(groups, query.orderBy, reader);
    const skip = integerValue(query.skip, context) ?? 0;
    const limit = integerValue(query.limit, context) ?? sorted.length;
    const columns = query.columns.flatMap((column) => {
        if (column.kind === 'field') return [{ name: column.name, read: reader({ kind: 'field', path: column.path }) }];
        return column.kind === 'aggregate' ? [{ name: column.name, read: reader(column.operand) }] : [];
    });
    const selection = columns.map(({ name }) => ({ kind: 'field', name }) as const);
    return sorted.slice(skip, skip + limit).map((group) => {
        const record = new SObject('AggregateResult');
        for (const { name, read } of columns) record.fill(name, read(group));
        record.selection = selection;
        return record;
    });
}

function groupsOf(rows: readonly Row[], groupBy: AnalyzedGroupBy | undefined, context: QueryContext): Group[] {
    if (groupBy === undefined) return [{ values: new Map(), rows: [...rows] }];
    const columns = groupBy.operands.map((operand) => ({
        name: operandKey(operand),
        read: operandReader(operand, context),
        field: operand.kind === 'field' ? operand.path.field : ANY_FIELD
    }));
    const groups: Group[] = [];
    for (const kept of groupingSets(groupBy)) {
        const byKey = new Map<string, Group>();
        for (const row of rows) {
            const values = columns.map(({ read }, index) => (kept.has(index) ? read(row) : undefined));
            const key = JSON.stringify(
                values.map((value, index) => indexKey(value, columns[index]?.field ?? ANY_FIELD) ?? null)
            );
            let group = byKey.get(key);
            if (group === undefined) {
                group = { values: new Map(columns.map(({ name }, index) => [name, values[index]])), rows: [] };
                byKey.set(key, group);
            }
            group.rows.push(row);
        }
        groups.push(...byKey.values());
    }
    return groups;
}

const ANY_FIELD = { caseSensitive: false } as FieldDef;

/** Places of the operands each grouping keeps: all; for ROLLUP the leading ones too; for CUBE every subset. */
function groupingSets({ kind, operands }: AnalyzedGroupBy): ReadonlySet<number>[] {
    const all = operands.map((_, index) => index);
    if (kind === 'plain') return [new Set(all)];
    if (kind === 'rollup') return [...all, all.length].reverse().map((count) => new Set(all.slice(0, count)));
    const subsets = Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((index) => bits & (1 << index)));
    return subsets.reverse().map((subset) => new Set(subset));
}

function groupReader(operand: Operand, context: QueryContext): GroupReader {
    if (operand.kind === 'distance') throw new Error('a distance is no part of a group');
    if (operand.kind !== 'aggregate') {
        const key = operandKey(operand);
        return (group) => group.values.get(key) ?? null;
    }
    const { path } = operand;
    if (path === undefined) return (group) => group.rows.length;
    if (operand.function === 'GROUPING') {
        const key = path.name.toLowerCase();
        return (group) => (group.values.get(key) === undefined ? 1 : 0);
    }
    const read = pathReader(path, context);
    const aggregate = AGGREGATES[operand.function];
    return (group) =>
        aggregate(
            group.rows.map(read).filter((value) => value !== null),
            path.field
        );
}

type Aggregate = (values: readonly NonNullable<FieldValue>[], field: FieldDef) => FieldValue;

const AGGREGATES: Readonly<Record<'COUNT' | 'COUNT_DISTINCT' | 'SUM' | 'AVG' | 'MIN' | 'MAX', Aggregate>> = {
    COUNT: (values) => values.length,
    COUNT_DISTINCT: (values, field) => new Set(values.map((value) => indexKey(value, field))).size,
    SUM: (values) => (values.length === 0 ? null : sum(values)),
    AVG: (values) => (values.length === 0 ? null : sum(values).divide(Decimal.of(values.length))),
    MIN: (values) => extreme(values, -1),
    MAX: (values) => extreme(values, 1)
};

function sum(values: readonly NonNullable<FieldValue>[]): Decimal {
    return values.reduce<Decimal>((total, value) => total.add(toDecimal(value) ?? Decimal.ZERO), Decimal.ZERO);
}

function extreme(values: readonly NonNullable<FieldValue>[], sign: 1 | -1): FieldValue {
    let best: NonNullable<FieldValue> | null = null;
    for (const value of values) {
        if (best === null || Math.sign(compareValues(value, best)) === sign) best = value;
    }
    return best;
}
