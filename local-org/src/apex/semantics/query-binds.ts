import type { AnalyzedQuery, ComparisonFilter, Filter, Operand } from '../../soql/analyzed.ts';
import type { Bind, Value } from '../../soql/ast.ts';
import type { SoqlExpression } from '../syntax/ast.ts';
import { apexTypeOfField } from '../types/field-types.ts';
import { ID, INTEGER, isNumeric, listElement, mapEntry, setElement } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyContext } from './body-context.ts';
import type { BoundExpression } from './bound.ts';
import { assignment } from './conversions.ts';
import { diagnostics } from './diagnostics.ts';
import { ERROR_TYPE } from './world.ts';

/** Checks that what is bound in the filters of a query fits the columns it is compared with. */
export function checkBinds(
    context: BodyContext,
    node: SoqlExpression,
    query: AnalyzedQuery,
    binds: readonly BoundExpression[]
): boolean {
    const problems = comparisons(query).flatMap((filter) =>
        bindsIn(filter.value).flatMap((bind) => {
            const index = Number(bind.name.slice(1));
            const value = binds[index];
            const message = value === undefined ? undefined : problemOf(context, filter, value.type);
            return message === undefined ? [] : [{ at: node.binds[index] ?? node, message }];
        })
    );
    problems.forEach(({ at, message }) => context.report(at, message));
    return problems.length === 0;
}

/** Every comparison of a query, those of its subqueries too. */
function comparisons(query: AnalyzedQuery): ComparisonFilter[] {
    const inFilter = (filter: Filter | undefined): ComparisonFilter[] => {
        switch (filter?.kind) {
            case 'and':
            case 'or':
                return filter.parts.flatMap(inFilter);
            case 'not':
                return inFilter(filter.part);
            case 'join':
                return comparisons(filter.query);
            case 'comparison':
                return [filter];
            case undefined:
                return [];
        }
    };
    const children = query.columns.flatMap((column) => (column.kind === 'children' ? comparisons(column.query) : []));
    return [...children, ...inFilter(query.where), ...inFilter(query.having)];
}

function bindsIn(value: Value): Bind[] {
    if (value.kind === 'bind') return [value];
    return value.kind === 'list' ? value.values.flatMap(bindsIn) : [];
}

function problemOf(
    context: BodyContext,
    { operand, operator, value }: ComparisonFilter,
    type: ApexType
): string | undefined {
    if (type === ERROR_TYPE) return undefined;
    const element = listElement(type) ?? setElement(type) ?? mapEntry(type)?.[0];
    const needsMany = (operator === 'IN' || operator === 'NOT IN') && value.kind === 'bind';
    if (needsMany && element === undefined && type.kind !== 'user') return diagnostics.bindNotIterable();
    const column = columnType(operand);
    const bound = element ?? type;
    return column === undefined || fits(context, bound, column) || type.kind === 'user'
        ? undefined
        : diagnostics.bindType(bound, column);
}

/** undefined for a column whose values have no simple type. */
function columnType(operand: Operand): ApexType | undefined {
    if (operand.kind === 'dateFunction') return operand.function === 'DAY_ONLY' ? undefined : INTEGER;
    if (operand.kind === 'aggregate') return undefined;
    const type = apexTypeOfField(operand.path.field);
    return type.kind === 'primitive' && type.name !== 'Object' ? type : undefined;
}

function fits(context: BodyContext, type: ApexType, column: ApexType): boolean {
    if (isNumeric(column)) return isNumeric(type) || type.name === 'null';
    if (column === ID && type.kind === 'sobject') return true;
    const isMoment = (one: ApexType): boolean => one.name === 'Date' || one.name === 'Datetime';
    return (isMoment(column) && isMoment(type)) || assignment(context.world, type, column) !== undefined;
}
