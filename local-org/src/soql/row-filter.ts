import { Datetime, Id } from '../values/index.ts';
import { indexKey } from '../store/row.ts';
import { comparisonValues } from './bind-values.ts';
import { compareValues } from './compare-values.ts';
import { firstDayOfWeek } from '../values/locale-week.ts';
import { dateRange } from './date-literals.ts';
import { likeMatcher } from './like.ts';
import type { FieldDef, FieldType } from '../schema/types.ts';
import type { FieldValue, ApexDate } from '../values/index.ts';
import type { ComparisonFilter, Filter, JoinFilter, Operand } from './analyzed.ts';
import type { ComparisonOperator } from './ast.ts';
import type { QueryContext } from './query-context.ts';

/**
 * Compiles a filter to a predicate over `T`: a stored row, or a group for HAVING. SOQL has two truth values: a
 * comparison with null is false, and what negates it is true.
 */
export interface FilterTarget<T> {
    reader(operand: Operand): (target: T) => FieldValue;
    /** Ids a join subquery gives. */
    joinKeys(filter: JoinFilter): ReadonlySet<string>;
}

export type Predicate<T> = (target: T) => boolean;

export function compileFilter<T>(filter: Filter, target: FilterTarget<T>, context: QueryContext): Predicate<T> {
    switch (filter.kind) {
        case 'and': {
            const parts = filter.parts.map((part) => compileFilter(part, target, context));
            return (row) => parts.every((part) => part(row));
        }
        case 'or': {
            const parts = filter.parts.map((part) => compileFilter(part, target, context));
            return (row) => parts.some((part) => part(row));
        }
        case 'not': {
            const part = compileFilter(filter.part, target, context);
            return (row) => !part(row);
        }
        case 'join': {
            const keys = target.joinKeys(filter);
            const read = target.reader(filter.operand);
            return (row) => {
                const value = read(row);
                return (value instanceof Id && keys.has(value.value)) !== filter.negated;
            };
        }
        default: {
            const read = target.reader(filter.operand);
            const test = compileTest(filter, context);
            return (row) => test(read(row));
        }
    }
}

/** The locale of the user says on which day a week starts (SOQL Reference, "Date Formats and Date Literals"). */
function weekStartOf({ store, caller }: QueryContext): number {
    const locale = store.table('User').get(caller.userId)?.LocaleSidKey;
    return typeof locale === 'string' ? firstDayOfWeek(locale) : 0;
}

type ValueTest = (value: FieldValue) => boolean;

/** Stands for values without a field, such as COUNT(): numbers and dates compare by value. */
const ANY_FIELD = { caseSensitive: false } as FieldDef;

function compileTest(filter: ComparisonFilter, context: QueryContext): ValueTest {
    const { operand, operator, value } = filter;
    const field = operand.path?.field;
    if (value.kind === 'dateLiteral') {
        const today = new Datetime(context.now).dateIn(context.timeZone);
        const { start, end } = dateRange(value.name, value.count, today, weekStartOf(context));
        return rangeTest(operator, boundOf(start, field, operand, context), boundOf(end, field, operand, context));
    }
    if (value.kind === 'list' && value.values.some(({ kind }) => kind === 'dateLiteral')) {
        // Each literal is a range of days, which no value equals.
        const tests = value.values.map((item) => compileTest({ ...filter, operator: '=', value: item }, context));
        return negateIf(operator === 'NOT IN', (found) => tests.some((test) => test(found)));
    }
    const values = comparisonValues(value, comparedType(operand), context);
    const keyField = operand.kind === 'field' && field !== undefined ? field : ANY_FIELD;
    switch (operator) {
        case 'IN':
        case 'NOT IN':
            return negateIf(operator === 'NOT IN', membershipTest(values, keyField));
        case '=':
        case '!=':
            return negateIf(operator === '!=', membershipTest(values, keyField));
        case 'LIKE':
            return likeTest(values);
        case 'INCLUDES':
        case 'EXCLUDES':
            return negateIf(operator === 'EXCLUDES', includesTest(values));
        default:
            return orderTest(operator, values[0] ?? null);
    }
}

function comparedType(operand: Operand): FieldType | undefined {
    if (operand.kind === 'field') return operand.path.field.type;
    if (operand.kind === 'label') return 'string';
    if (operand.kind === 'distance') return 'double';
    if (operand.kind === 'dateFunction') return operand.function === 'DAY_ONLY' ? 'date' : 'int';
    return operand.function === 'MIN' || operand.function === 'MAX' ? operand.path?.field.type : 'double';
}

/** The first instant of a day in the user's zone for a Datetime, the day itself for a Date. */
function boundOf(
    day: ApexDate,
    field: FieldDef | undefined,
    operand: Operand,
    context: QueryContext
): ApexDate | Datetime {
    if (field?.type !== 'datetime' || operand.kind === 'dateFunction') return day;
    return Datetime.of(day.year, day.month, day.day, 0, 0, 0, context.timeZone);
}

function rangeTest(operator: ComparisonOperator, start: ApexDate | Datetime, end: ApexDate | Datetime): ValueTest {
    const before = (value: NonNullable<FieldValue>): boolean => compareValues(value, start) < 0;
    const after = (value: NonNullable<FieldValue>): boolean => compareValues(value, end) >= 0;
    switch (operator) {
        case '=':
            return (value) => value !== null && !before(value) && !after(value);
        case '!=':
            return (value) => value === null || before(value) || after(value);
        case '<':
            return (value) => value !== null && before(value);
        case '<=':
            return (value) => value !== null && !after(value);
        case '>':
            return (value) => value !== null && after(value);
        default:
            return (value) => value !== null && !before(value);
    }
}

function membershipTest(values: readonly FieldValue[], field: FieldDef): ValueTest {
    const keys = new Set(values.map((value) => indexKey(value, field)));
    return (value) => keys.has(indexKey(value, field));
}

function negateIf(negated: boolean, test: ValueTest): ValueTest {
    return negated ? (value) => !test(value) : test;
}

function orderTest(operator: ComparisonOperator, bound: FieldValue): ValueTest {
    if (bound === null) return () => false;
    switch (operator) {
        case '<':
            return (value) => value !== null && compareValues(value, bound) < 0;
        case '<=':
            return (value) => value !== null && compareValues(value, bound) <= 0;
        case '>':
            return (value) => value !== null && compareValues(value, bound) > 0;
        default:
            return (value) => value !== null && compareValues(value, bound) >= 0;
    }
}

function likeTest(patterns: readonly FieldValue[]): ValueTest {
    const matchers = patterns.filter((pattern) => pattern !== null).map((pattern) => likeMatcher(String(pattern)));
    return (value) => typeof value === 'string' && matchers.some((matches) => matches(value));
}

/** Each value of the list may name several values of the field, joined with `;`, that must all be chosen. */
function includesTest(values: readonly FieldValue[]): ValueTest {
    const wanted = values.filter((value) => value !== null).map((value) => splitChoices(String(value)));
    return (value) => {
        const chosen = new Set(typeof value === 'string' ? splitChoices(value) : []);
        return wanted.some((choices) => choices.every((choice) => chosen.has(choice)));
    };
}

function splitChoices(text: string): string[] {
    return text.split(';').map((choice) => choice.trim().toLowerCase());
}
