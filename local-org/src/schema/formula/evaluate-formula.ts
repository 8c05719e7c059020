import { ApexDate, Datetime, Decimal, Id, Time } from '../../values/index.ts';
import { FORMULA_FUNCTIONS } from './formula-functions.ts';
import { FormulaError } from './parse-formula.ts';
import type { FieldValue } from '../../values/index.ts';
import type { FormulaFunction } from './formula-arguments.ts';
import type { BinaryOperator, Formula } from './parse-formula.ts';

/** Values inside a formula: numbers are Decimal, ids their 15 characters, an empty text is null. */
export type FormulaValue = null | boolean | string | Decimal | ApexDate | Datetime | Time;

/** What a formula can ask about the record it is evaluated for. */
export interface FormulaScope {
    /** The value of a field path, `$User.Id` included. Throws FormulaError for what does not exist. */
    field(path: readonly string[]): FieldValue;
    /** The value before the save; undefined for a new record and outside a save. */
    priorField?(path: readonly string[]): FieldValue | undefined;
    readonly isNew: boolean;
    /** Milliseconds since 1970-01-01 UTC. */
    readonly now: number;
    readonly timeZone: string;
    /** Empty numbers count as zero, the default of formula fields. */
    readonly blankAsZero: boolean;
    /** Functions by name in upper case that only formulas of this kind have. */
    readonly functions?: ReadonlyMap<string, FormulaFunction>;
}

export function evaluateFormula(formula: Formula, scope: FormulaScope): FormulaValue {
    switch (formula.kind) {
        case 'literal':
            return formula.value === '' ? null : formula.value;
        case 'number':
            return Decimal.parse(formula.text);
        case 'field':
            return toFormulaValue(scope.field(formula.path));
        case 'unary':
            return unary(formula.operator, evaluateFormula(formula.operand, scope));
        case 'binary':
            return binary(formula.operator, formula.left, formula.right, scope);
        case 'call': {
            const run = scope.functions?.get(formula.name) ?? FORMULA_FUNCTIONS.get(formula.name);
            if (run === undefined) {
                throw new FormulaError(`The formula function ${formula.name}() is not supported by the local org`);
            }
            return run(formula.args, scope);
        }
    }
}

export function toFormulaValue(value: FieldValue | undefined): FormulaValue {
    if (value === undefined || value === null || value === '') return null;
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Decimal.fromNumber(value);
    if (typeof value === 'bigint') return Decimal.of(value);
    if (value instanceof Id) return value.to15();
    if (value instanceof Decimal || value instanceof ApexDate) return value;
    if (value instanceof Datetime || value instanceof Time) return value;
    throw new FormulaError('A formula cannot use the value of a binary field');
}

export function toNumber(value: FormulaValue, scope: FormulaScope): Decimal | null {
    if (value instanceof Decimal) return value;
    if (value === null) return scope.blankAsZero ? Decimal.ZERO : null;
    throw new FormulaError('Incorrect parameter type: expected Number');
}

export function toText(value: FormulaValue): string {
    if (value === null) return '';
    if (typeof value === 'string') return value;
    if (value instanceof Decimal) return value.stripTrailingZeros().toPlainString();
    return String(value);
}

function unary(operator: '-' | '!', value: FormulaValue): FormulaValue {
    if (operator === '!') return value !== true;
    return value instanceof Decimal ? value.negate() : null;
}

function binary(operator: BinaryOperator, left: Formula, right: Formula, scope: FormulaScope): FormulaValue {
    const first = evaluateFormula(left, scope);
    if (operator === '&&') return first === true && evaluateFormula(right, scope) === true;
    if (operator === '||') return first === true || evaluateFormula(right, scope) === true;
    const second = evaluateFormula(right, scope);
    switch (operator) {
        case '=':
            return sameValue(first, second);
        case '!=':
            return !sameValue(first, second);
        case '&':
            return toText(first) + toText(second) || null;
        case '<':
        case '<=':
        case '>':
        case '>=':
            return inOrder(operator, first, second);
        case '+':
        case '-':
            return sum(operator, first, second, scope);
        default:
            return product(operator, toNumber(first, scope), toNumber(second, scope));
    }
}

/** Texts are compared with case, as formulas do. */
export function sameValue(left: FormulaValue, right: FormulaValue): boolean {
    if (left === null || right === null) return left === right;
    if (typeof left !== 'object' || typeof right !== 'object') return left === right;
    return orderOf(left, right) === 0;
}

function inOrder(operator: '<' | '<=' | '>' | '>=', left: FormulaValue, right: FormulaValue): boolean {
    if (left === null || right === null) return false;
    const order = orderOf(left, right);
    if (operator === '<') return order < 0;
    if (operator === '<=') return order <= 0;
    return operator === '>' ? order > 0 : order >= 0;
}

function orderOf(left: NonNullable<FormulaValue>, right: NonNullable<FormulaValue>): number {
    if (left instanceof Decimal && right instanceof Decimal) return left.compareTo(right);
    if (left instanceof ApexDate && right instanceof ApexDate) return left.days - right.days;
    if (left instanceof Datetime && right instanceof Datetime) return left.ms - right.ms;
    if (left instanceof Time && right instanceof Time) return left.ms - right.ms;
    if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
    throw new FormulaError('Incorrect parameter type: the values compared are of different types');
}

const MS_PER_DAY = Decimal.of(86_400_000);

/** Numbers add up, texts join with `+`, days move dates, and dates have a distance in days. */
function sum(operator: '+' | '-', left: FormulaValue, right: FormulaValue, scope: FormulaScope): FormulaValue {
    if (typeof left === 'string' || typeof right === 'string') return toText(left) + toText(right) || null;
    const sign = operator === '+' ? 1 : -1;
    if (left instanceof ApexDate && right instanceof ApexDate) return Decimal.of(left.days - right.days);
    if (left instanceof Datetime && right instanceof Datetime) {
        return Decimal.of(left.ms - right.ms).divide(MS_PER_DAY);
    }
    if (left instanceof Time && right instanceof Time) return Decimal.of(left.ms - right.ms);
    if (left instanceof Time) {
        const ms = toNumber(right, scope);
        return ms === null ? null : left.add(sign * Number(ms.truncate()));
    }
    if (left instanceof ApexDate) {
        const days = toNumber(right, scope);
        return days === null ? null : left.addDays(sign * Number(days.truncate()));
    }
    if (left instanceof Datetime) {
        const days = toNumber(right, scope);
        return days === null ? null : left.add(sign * Number(days.multiply(MS_PER_DAY).truncate()));
    }
    const [first, second] = [toNumber(left, scope), toNumber(right, scope)];
    if (first === null || second === null) return null;
    return operator === '+' ? first.add(second) : first.subtract(second);
}

function product(operator: '*' | '/' | '^', left: Decimal | null, right: Decimal | null): FormulaValue {
    if (left === null || right === null) return null;
    if (operator === '*') return left.multiply(right);
    if (operator === '^') return left.pow(Number(right.truncate()));
    // A division by zero leaves a formula field empty (the platform shows #Error!).
    return right.signum() === 0 ? null : left.divide(right);
}
