import { sortOrder } from './compare-values.ts';
import type { FieldValue } from '../values/index.ts';
import type { AnalyzedOrder, Operand } from './analyzed.ts';

/** Sorts by the ORDER BY items; stable, so that rows that compare equal stay in order of creation. */
export function sortRows<T>(
    rows: readonly T[],
    orderBy: readonly AnalyzedOrder[],
    reader: (operand: Operand) => (row: T) => FieldValue
): readonly T[] {
    if (orderBy.length === 0 || rows.length < 2) return rows;
    const orders = orderBy.map(compileOrder);
    const readers = orderBy.map(({ operand }) => reader(operand));
    const keyed = rows.map((row) => ({ row, keys: readers.map((read) => read(row)) }));
    keyed.sort((left, right) => {
        for (let index = 0; index < orders.length; index++) {
            const result = orders[index]?.(left.keys[index] ?? null, right.keys[index] ?? null) ?? 0;
            if (result !== 0) return result;
        }
        return 0;
    });
    return keyed.map(({ row }) => row);
}

/** Nulls come first whatever the direction, unless NULLS LAST is said (SOQL Reference, "ORDER BY"). */
function compileOrder({ operand, descending, nullsLast }: AnalyzedOrder): (l: FieldValue, r: FieldValue) => number {
    const isField = operand.kind === 'field';
    const compare = sortOrder(isField ? operand.path.field : undefined);
    const nulls = nullsLast ? 1 : -1;
    return (left, right) => {
        if (left === null || right === null) return left === right ? 0 : left === null ? nulls : -nulls;
        const result = compare(left, right);
        return descending ? -result : result;
    };
}
