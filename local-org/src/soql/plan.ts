import { isRecordId } from '../schema/field.ts';
import { indexKey } from '../store/row.ts';
import { comparisonValues } from './bind-values.ts';
import type { FieldDef } from '../schema/types.ts';
import type { AnalyzedQuery, AnalyzedOrder, Filter, PathStep } from './analyzed.ts';
import type { FilterTarget } from './row-filter.ts';
import type { Row } from '../store/row.ts';
import type { QueryContext } from './query-context.ts';

/** How the rows of a query are found; the whole filter is applied to them afterwards. */
export type QueryPlan = IndexPlan | UnionPlan | { readonly kind: 'scan' };

interface IndexPlan {
    readonly kind: 'index';
    readonly field: FieldDef;
    readonly keys: ReadonlySet<string>;
}

/** Rows that one of several indexes gives: an OR whose parts all have one. */
interface UnionPlan {
    readonly kind: 'union';
    readonly parts: readonly IndexPlan[];
}

type Selective = IndexPlan | UnionPlan;

interface Planning {
    readonly target: FilterTarget<Row>;
    readonly context: QueryContext;
    /** The recycle bin is looked into, which no index but that of the ids holds. */
    readonly allRows: boolean;
}

/** Picks the most selective condition on indexed fields that every row must meet. */
export function planQuery(query: AnalyzedQuery, target: FilterTarget<Row>, context: QueryContext): QueryPlan {
    if (query.where === undefined) return { kind: 'scan' };
    const allRows = query.allRows || context.allRows;
    return planFilter(query.where, { target, context, allRows }) ?? { kind: 'scan' };
}

/** True when rows come in the order that is asked for anyway: that of their ids. */
export function isIdOrder(orderBy: readonly AnalyzedOrder[]): boolean {
    const [first] = orderBy;
    if (first === undefined) return true;
    const { operand, descending } = first;
    return operand.kind === 'field' && operand.path.steps.length === 0 && isRecordId(operand.path.field) && !descending;
}

/** Parts of a filter that every row must meet. */
export function requiredParts(filter: Filter): readonly Filter[] {
    return filter.kind === 'and' ? filter.parts.flatMap(requiredParts) : [filter];
}

function planFilter(filter: Filter, planning: Planning): Selective | undefined {
    switch (filter.kind) {
        case 'and': {
            const plans = filter.parts.flatMap((part) => planFilter(part, planning) ?? []);
            return plans.sort((left, right) => rank(left) - rank(right) || sizeOf(left) - sizeOf(right))[0];
        }
        case 'or': {
            const plans = filter.parts.map((part) => planFilter(part, planning));
            if (!plans.every((plan) => plan !== undefined)) return undefined;
            return { kind: 'union', parts: plans.flatMap((plan) => (plan.kind === 'union' ? plan.parts : [plan])) };
        }
        case 'not':
            return undefined;
        default:
            return planComparison(filter, planning);
    }
}

function planComparison(
    filter: Extract<Filter, { kind: 'comparison' | 'join' }>,
    { target, context, allRows }: Planning
): IndexPlan | undefined {
    if (filter.operand.kind !== 'field') return undefined;
    const { field, steps } = filter.operand.path;
    const isOwnId = isRecordId(field) && steps.length === 0;
    if (rankOf(field) === undefined || (allRows && !isOwnId)) return undefined;
    if (filter.kind === 'join') {
        return filter.negated
            ? undefined
            : behind(steps, { kind: 'index', field, keys: target.joinKeys(filter) }, context);
    }
    if ((filter.operator !== '=' && filter.operator !== 'IN') || hasDateLiteral(filter.value)) return undefined;
    const keys = comparisonValues(filter.value, field.type, context).map((value) => indexKey(value, field));
    // Rows without a value are in no index.
    if (keys.includes(undefined)) return undefined;
    const found = { kind: 'index', field, keys: new Set(keys.filter((key) => key !== undefined)) } as const;
    return behind(steps, found, context);
}

/**
 * A condition on a parent is one on the lookup to it: its parents are found by their index, and so on down the path. There
 * is none through a lookup to several objects, nor through a text that names a definition.
 */
function behind(steps: readonly PathStep[], plan: IndexPlan, { store }: QueryContext): IndexPlan | undefined {
    if (steps.some((step) => step.polymorphic || step.field.type !== 'reference')) return undefined;
    return steps.reduceRight<IndexPlan>(({ field, keys }, step) => {
        const table = store.table(step.target.name);
        const ids = [...keys].flatMap((key) => (isRecordId(field) ? [key] : [...table.find(field, key)]));
        return { kind: 'index', field: step.field, keys: new Set(ids) };
    }, plan);
}

function hasDateLiteral(value: Extract<Filter, { kind: 'comparison' }>['value']): boolean {
    return value.kind === 'dateLiteral' || (value.kind === 'list' && value.values.some(hasDateLiteral));
}

function rank(plan: Selective): number {
    return plan.kind === 'index' ? (rankOf(plan.field) ?? 0) : Math.max(...plan.parts.map(rank));
}

function sizeOf(plan: Selective): number {
    return plan.kind === 'index' ? plan.keys.size : plan.parts.reduce((sum, part) => sum + part.keys.size, 0);
}

/** Id first, then unique values, then lookups, names and other keys; undefined for fields without an index. */
function rankOf(field: FieldDef): number | undefined {
    if (isRecordId(field)) return 0;
    if (field.unique) return 1;
    if (field.type === 'reference') return 3;
    return field.externalId || field.idLookup || field.nameField ? 2 : undefined;
}
