import { indexKey } from '../store/row.ts';
import { comparisonValues } from './bind-values.ts';
import type { FieldDef } from '../schema/types.ts';
import type { AnalyzedQuery, Filter } from './analyzed.ts';
import type { FilterTarget } from './row-filter.ts';
import type { Row } from '../store/row.ts';
import type { QueryContext } from './query-context.ts';

/** How the rows of a query are found; the whole filter is applied to them afterwards. */
export type QueryPlan =
    | { readonly kind: 'index'; readonly field: FieldDef; readonly keys: ReadonlySet<string> }
    | { readonly kind: 'scan' };

type IndexPlan = Extract<QueryPlan, { kind: 'index' }>;

/** Picks the most selective equality on an indexed field that every row must meet. */
export function planQuery(query: AnalyzedQuery, target: FilterTarget<Row>, context: QueryContext): QueryPlan {
    // Indexes hold live rows only.
    if (query.where === undefined || query.allRows || context.allRows) return { kind: 'scan' };
    const plans = requiredParts(query.where)
        .map((part) => indexPlan(part, target, context))
        .filter((plan) => plan !== undefined);
    plans.sort((left, right) => rank(left) - rank(right) || left.keys.size - right.keys.size);
    return plans[0] ?? { kind: 'scan' };
}

function requiredParts(filter: Filter): readonly Filter[] {
    return filter.kind === 'and' ? filter.parts.flatMap(requiredParts) : [filter];
}

function indexPlan(filter: Filter, target: FilterTarget<Row>, context: QueryContext): IndexPlan | undefined {
    if (filter.kind !== 'comparison' && filter.kind !== 'join') return undefined;
    if (filter.operand.kind !== 'field' || filter.operand.path.steps.length > 0) return undefined;
    const { field } = filter.operand.path;
    if (!isIndexed(field)) return undefined;
    if (filter.kind === 'join') {
        return filter.negated ? undefined : { kind: 'index', field, keys: target.joinKeys(filter) };
    }
    if ((filter.operator !== '=' && filter.operator !== 'IN') || filter.value.kind === 'dateLiteral') return undefined;
    const keys = comparisonValues(filter.value, field.type, context).map((value) => indexKey(value, field));
    // Rows without a value are in no index.
    if (keys.includes(undefined)) return undefined;
    return { kind: 'index', field, keys: new Set(keys.filter((key) => key !== undefined)) };
}

function isIndexed(field: FieldDef): boolean {
    return rankOf(field) !== undefined;
}

function rank(plan: IndexPlan): number {
    return rankOf(plan.field) ?? 0;
}

/** Id first, then unique values, then lookups, names and other keys; undefined for fields without an index. */
function rankOf(field: FieldDef): number | undefined {
    if (field.type === 'id') return 0;
    if (field.unique) return 1;
    if (field.type === 'reference') return 3;
    return field.externalId || field.idLookup || field.nameField ? 2 : undefined;
}
