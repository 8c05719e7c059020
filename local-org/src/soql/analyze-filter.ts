import { ApexDate, Datetime, Decimal, Id, Time } from '../values/index.ts';
import { analyzeOperand } from './analyze-operand.ts';
import { SoqlError } from './errors.ts';
import type { FieldDef, FieldType, ObjectDef } from '../schema/types.ts';
import type { Comparison, Condition, SoqlQuery, Value } from './ast.ts';
import type { AnalyzedQuery, Filter, JoinFilter, Operand, ResolvedPath } from './analyzed.ts';
import type { PathResolver } from './resolve-path.ts';

export interface FilterContext {
    readonly clause: 'WHERE' | 'HAVING';
    readonly object: ObjectDef;
    readonly text: string;
    readonly resolver: PathResolver;
    analyzeSubquery(query: SoqlQuery): AnalyzedQuery;
}

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'long', 'double', 'currency', 'percent']);
const MOST_JOINS = 2;
const IDS: ReadonlySet<FieldType> = new Set(['id', 'reference']);

/** Checks a condition. Subqueries stand at its top, and there are at most two (SOQL Reference, "Comparison Operators"). */
export function analyzeFilter(condition: Condition, context: FilterContext): Filter {
    const filter = analyzePart(condition, context, true);
    checkJoins(filter, context);
    return filter;
}

function checkJoins(filter: Filter, { text }: FilterContext): void {
    const joins = (filter.kind === 'and' ? filter.parts : [filter]).filter((part) => part.kind === 'join');
    if (joins.length <= MOST_JOINS) return;
    const detail = `Maximum ${MOST_JOINS} semi join sub-selects are allowed.`;
    throw new SoqlError({ code: 'MALFORMED_QUERY', detail, text, offset: 0 });
}

function analyzePart(condition: Condition, context: FilterContext, isTop: boolean): Filter {
    switch (condition.kind) {
        case 'and':
        case 'or': {
            const isStillTop = isTop && condition.kind === 'and';
            return {
                kind: condition.kind,
                parts: condition.parts.map((part) => analyzePart(part, context, isStillTop))
            };
        }
        case 'not':
            return { kind: 'not', part: analyzePart(condition.part, context, false) };
        default:
            return analyzeComparison(condition, context, isTop);
    }
}

function analyzeComparison(comparison: Comparison, context: FilterContext, isTop: boolean): Filter {
    const operand = analyzeOperand(comparison.left, context.resolver, context.text);
    const { operator, right } = comparison;
    if (operand.kind === 'aggregate' && context.clause === 'WHERE') {
        const detail = 'aggregate expressions are allowed in HAVING only';
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail, text: context.text, offset: comparison.left.offset });
    }
    requireFilterable(operand, context.text, comparison.left.offset);
    if (right.kind === 'subquery') {
        if (!isTop) {
            const detail =
                'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.';
            throw new SoqlError({ code: 'MALFORMED_QUERY', detail, text: context.text, offset: right.offset });
        }
        return analyzeJoin(operand, comparison, right.query, context);
    }
    checkOperator(operand, comparison, context.text);
    const type = operandType(operand);
    if (type !== undefined) checkValue(right, type, fieldOf(operand), context.text);
    return { kind: 'comparison', operand, operator, value: right };
}

function requireFilterable(operand: Operand, text: string, offset: number): void {
    if (operand.kind !== 'field' || operand.path.field.filterable) return;
    const detail = `field '${operand.path.field.name}' can not be filtered in a query call`;
    throw new SoqlError({ code: 'INVALID_FIELD', detail, text, offset });
}

function checkOperator(operand: Operand, { operator, right, offset }: Comparison, text: string): void {
    const type = operandType(operand);
    const fail = (detail: string): SoqlError =>
        new SoqlError({ code: 'INVALID_QUERY_FILTER_OPERATOR', detail, text, offset });
    if (operator === 'LIKE' && type !== undefined && (NUMBERS.has(type) || IDS.has(type) || isTemporal(type))) {
        throw fail(IDS.has(type) ? 'invalid operator on id field' : 'invalid operator');
    }
    if ((operator === 'INCLUDES' || operator === 'EXCLUDES') && type !== 'multipicklist')
        throw fail('invalid operator');
    if (operand.kind === 'distance' && !['<', '<=', '>', '>='].includes(operator)) throw fail('invalid operator');
    const listOperator = ['IN', 'NOT IN', 'INCLUDES', 'EXCLUDES'].includes(operator);
    if (listOperator && right.kind !== 'list' && right.kind !== 'bind') {
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail: `unexpected token: '${operator}'`, text, offset });
    }
    if (!listOperator && right.kind === 'list') {
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail: `unexpected token: '('`, text, offset: right.offset });
    }
}

function isTemporal(type: FieldType): boolean {
    return type === 'date' || type === 'datetime' || type === 'time';
}

function fieldOf(operand: Operand): FieldDef | undefined {
    return operand.path?.field;
}

/** Type of the values an operand is compared with; undefined when they are not checked. */
function operandType(operand: Operand): FieldType | undefined {
    if (operand.kind === 'field') return operand.path.field.type;
    if (operand.kind === 'label') return 'string';
    if (operand.kind === 'distance') return 'double';
    if (operand.kind === 'dateFunction') return operand.function === 'DAY_ONLY' ? 'date' : 'int';
    if (operand.function === 'MIN' || operand.function === 'MAX') return operand.path?.field.type;
    return 'double';
}

/** A literal must have the field's type: text in quotes, numbers and dates without. Binds are converted when run. */
function checkValue(value: Value, type: FieldType, field: FieldDef | undefined, text: string): void {
    if (value.kind === 'list') return value.values.forEach((item) => checkValue(item, type, field, text));
    if (value.kind === 'bind' || value.kind === 'subquery') return;
    const literal = value.kind === 'literal' ? value.value : new ApexDate(0);
    if (literal === null) return;
    const matches = value.kind === 'dateLiteral' ? type === 'date' || type === 'datetime' : isOfType(literal, type);
    if (!matches) throw wrongType(field?.name ?? '', type, literal, text, value.offset);
    if (IDS.has(type) && typeof literal === 'string' && literal !== '' && !Id.isValid(literal)) {
        const detail = `invalid ID field: ${literal}`;
        throw new SoqlError({ code: 'INVALID_QUERY_FILTER_OPERATOR', detail, text, offset: value.offset });
    }
}

function isOfType(literal: unknown, type: FieldType): boolean {
    if (NUMBERS.has(type)) return typeof literal === 'number' || literal instanceof Decimal;
    if (type === 'boolean') return typeof literal === 'boolean';
    if (type === 'date') return literal instanceof ApexDate;
    if (type === 'datetime') return literal instanceof Datetime;
    if (type === 'time') return literal instanceof Time;
    return typeof literal === 'string';
}

function wrongType(field: string, type: FieldType, literal: unknown, text: string, offset: number): SoqlError {
    const expected = NUMBERS.has(type) && type !== 'int' ? 'double' : IDS.has(type) ? 'ID' : type;
    const subject = `value of filter criterion for field '${field}' must be of type ${expectedName(expected)}`;
    const quotes = typeof literal === 'string' ? ' and should not be enclosed in quotes' : quotesOf(type);
    return new SoqlError({ code: 'INVALID_FIELD', detail: subject + quotes, text, offset });
}

function expectedName(type: string): string {
    const named: Readonly<Record<string, string>> = { datetime: 'dateTime' };
    return named[type] ?? (isTextual(type) ? 'string' : type);
}

function quotesOf(type: FieldType): string {
    return isTextual(type) || IDS.has(type) ? ' and should be enclosed in quotes' : '';
}

function isTextual(type: string): boolean {
    return (
        !['int', 'double', 'boolean', 'date', 'datetime', 'time', 'ID'].includes(type) &&
        !NUMBERS.has(type as FieldType)
    );
}

function analyzeJoin(operand: Operand, comparison: Comparison, query: SoqlQuery, context: FilterContext): JoinFilter {
    const { operator, offset } = comparison;
    const fail = (detail: string): SoqlError =>
        new SoqlError({ code: 'MALFORMED_QUERY', detail, text: context.text, offset });
    if (operator !== 'IN' && operator !== 'NOT IN')
        throw fail('semi join sub-selects may only be used with IN and NOT IN');
    const analyzed = context.analyzeSubquery(query);
    const [column, ...more] = analyzed.columns;
    if (column?.kind !== 'field' || more.length > 0) {
        throw fail('semi join sub-selects must select exactly one field of type ID or reference');
    }
    if (!pointToSame(operand, context.object, column.path, analyzed.object)) {
        throw fail(
            `The selected field '${column.path.field.name}' in the subquery and the left operand field in the where expression in the outer query should point to the same object type`
        );
    }
    if (analyzed.object.name === context.object.name) {
        throw fail('The inner and outer selects should not be on the same object type');
    }
    if (analyzed.where !== undefined && hasJoin(analyzed.where)) {
        throw fail('Nesting of semi join sub-selects is not supported');
    }
    return { kind: 'join', operand, negated: operator === 'NOT IN', query: analyzed, column: column.path };
}

/** Ids of records of one object on both sides. */
function pointToSame(operand: Operand, outer: ObjectDef, column: ResolvedPath, inner: ObjectDef): boolean {
    if (operand.kind !== 'field') return false;
    const left = targetsOf(operand.path, outer);
    const right = targetsOf(column, inner);
    if (isOpen(operand.path.field) || isOpen(column.field)) return true;
    return left.some((target) => right.includes(target));
}

/** A lookup of which not all targets are known, or a field that holds ids of any object. */
function isOpen({ name, type, referenceTo, hasMoreTargets }: FieldDef): boolean {
    if (type === 'id') return name !== 'Id';
    return type === 'reference' && (referenceTo.length === 0 || hasMoreTargets === true);
}

function targetsOf({ field, steps }: ResolvedPath, object: ObjectDef): readonly string[] {
    if (field.type === 'reference') return field.referenceTo;
    if (field.type !== 'id') return [];
    const last = steps.at(-1);
    if (last === undefined) return [object.name];
    return last.polymorphic ? last.field.referenceTo : [last.target.name];
}

function hasJoin(filter: Filter): boolean {
    if (filter.kind === 'join') return true;
    if (filter.kind === 'not') return hasJoin(filter.part);
    return filter.kind !== 'comparison' && filter.parts.some(hasJoin);
}
