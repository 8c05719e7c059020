import { ApexDate, Datetime, Decimal, Id, Time } from '../values/index.ts';
import { analyzeOperand } from './analyze-operand.ts';
import { SoqlError } from './errors.ts';
import type { FieldDef, FieldType } from '../schema/types.ts';
import type { Comparison, Condition, SoqlQuery, Value } from './ast.ts';
import type { AnalyzedQuery, Filter, JoinFilter, Operand } from './analyzed.ts';
import type { PathResolver } from './resolve-path.ts';

export interface FilterContext {
    readonly text: string;
    readonly resolver: PathResolver;
    analyzeSubquery(query: SoqlQuery): AnalyzedQuery;
}

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'long', 'double', 'currency', 'percent']);
const IDS: ReadonlySet<FieldType> = new Set(['id', 'reference']);

export function analyzeFilter(condition: Condition, context: FilterContext): Filter {
    switch (condition.kind) {
        case 'and':
        case 'or':
            return { kind: condition.kind, parts: condition.parts.map((part) => analyzeFilter(part, context)) };
        case 'not':
            return { kind: 'not', part: analyzeFilter(condition.part, context) };
        default:
            return analyzeComparison(condition, context);
    }
}

function analyzeComparison(comparison: Comparison, context: FilterContext): Filter {
    const operand = analyzeOperand(comparison.left, context.resolver, context.text);
    const { operator, right } = comparison;
    requireFilterable(operand, context.text, comparison.left.offset);
    if (right.kind === 'subquery') return analyzeJoin(operand, comparison, right.query, context);
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
    if (!IDS.has(column.path.field.type)) {
        throw fail(
            `The selected field '${column.path.field.name}' in the subquery and the left operand field in the where expression in the outer query should point to the same object type`
        );
    }
    return { kind: 'join', operand, negated: operator === 'NOT IN', query: analyzed, column: column.path };
}
