import { ApexDate, Datetime, Decimal } from '../../values/index.ts';
import { evaluateFormula, sameValue, toFormulaValue, toNumber, toText } from './evaluate-formula.ts';
import { count, ofDate, ofNumbers, ofTexts, ofValues, type FormulaFunction } from './formula-arguments.ts';
import { MATH_FUNCTIONS } from './formula-math.ts';
import { TEXT_FUNCTIONS } from './formula-texts.ts';
import { TIME_FUNCTIONS } from './formula-times.ts';
import { FormulaError } from './parse-formula.ts';
import type { FormulaScope, FormulaValue } from './evaluate-formula.ts';
import type { Formula } from './parse-formula.ts';

const valueOf = (args: readonly Formula[], index: number, scope: FormulaScope): FormulaValue => {
    const arg = args[index];
    return arg === undefined ? null : evaluateFormula(arg, scope);
};

function fieldPath(args: readonly Formula[], name: string): readonly string[] {
    const [field] = args;
    if (field?.kind === 'field') return field.path;
    throw new FormulaError(`${name}() takes a field`);
}

function caseOf(args: readonly Formula[], scope: FormulaScope): FormulaValue {
    const subject = valueOf(args, 0, scope);
    let index = 1;
    for (; index + 1 < args.length; index += 2) {
        if (sameValue(subject, valueOf(args, index, scope))) return valueOf(args, index + 1, scope);
    }
    return valueOf(args, index, scope);
}

function isChanged(args: readonly Formula[], scope: FormulaScope): boolean {
    if (scope.isNew) return false;
    const path = fieldPath(args, 'ISCHANGED');
    return !sameValue(toFormulaValue(scope.priorField?.(path)), toFormulaValue(scope.field(path)));
}

function priorValue(args: readonly Formula[], scope: FormulaScope): FormulaValue {
    const path = fieldPath(args, 'PRIORVALUE');
    return toFormulaValue(scope.isNew ? scope.field(path) : scope.priorField?.(path));
}

/** The whole text must match. Formulas use the syntax of java.util.regex; the common part runs as it is here. */
function matches(text: string, pattern: string): boolean {
    try {
        return new RegExp(`^(?:${pattern})$`, 'u').test(text);
    } catch {
        throw new FormulaError(`The pattern ${pattern} is not supported by the local org`);
    }
}

function substitute(text: string, old: string, replacement: string): string {
    return old === '' ? text : text.replaceAll(old, () => replacement);
}

function dateValue(value: FormulaValue, scope: FormulaScope): FormulaValue {
    if (value instanceof Datetime) return value.dateIn(scope.timeZone);
    return value instanceof ApexDate ? value : (ApexDate.tryParse(toText(value)) ?? null);
}

function pad(text: string, length: number, filler: string, left: boolean): string {
    const cut = text.slice(0, length);
    return left ? cut.padStart(length, filler) : cut.padEnd(length, filler);
}

/** Functions by name in upper case; a formula that uses another one fails and says so. */
export const FORMULA_FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>([
    ...MATH_FUNCTIONS,
    ...TEXT_FUNCTIONS,
    ...TIME_FUNCTIONS,
    ['AND', (args, scope) => args.every((arg) => evaluateFormula(arg, scope) === true)],
    ['OR', (args, scope) => args.some((arg) => evaluateFormula(arg, scope) === true)],
    ['NOT', ofValues(([value]) => value !== true)],
    ['IF', (args, scope) => valueOf(args, valueOf(args, 0, scope) === true ? 1 : 2, scope)],
    ['CASE', caseOf],
    ['ISBLANK', ofValues(([value]) => value === null)],
    ['ISNULL', ofValues(([value]) => value === null)],
    ['BLANKVALUE', ofValues(([value, other]) => value ?? other ?? null)],
    ['NULLVALUE', ofValues(([value, other]) => value ?? other ?? null)],
    ['ISNEW', (_, scope) => scope.isNew],
    ['ISCHANGED', isChanged],
    ['PRIORVALUE', priorValue],
    ['ISPICKVAL', ofTexts(([value, choice]) => value === choice)],
    ['INCLUDES', ofTexts(([value = '', choice = '']) => value.split(';').includes(choice))],
    ['ISNUMBER', ofTexts(([text = '']) => text !== '' && Decimal.tryParse(text.trim()) !== undefined)],
    ['TEXT', ofValues(([value]) => toText(value ?? null) || null)],
    ['VALUE', ofTexts(([text = '']) => Decimal.tryParse(text.trim()) ?? null)],
    ['LEN', ofTexts(([text = '']) => Decimal.of(text.length))],
    ['UPPER', ofTexts(([text = '']) => text.toUpperCase())],
    ['LOWER', ofTexts(([text = '']) => text.toLowerCase())],
    ['TRIM', ofTexts(([text = '']) => text.trim())],
    ['BR', () => '\n'],
    ['CONTAINS', ofTexts(([text = '', part = '']) => text.includes(part))],
    ['BEGINS', ofTexts(([text = '', part = '']) => text.startsWith(part))],
    ['REGEX', ofTexts(([text = '', pattern = '']) => matches(text, pattern))],
    ['SUBSTITUTE', ofTexts(([text = '', old = '', replacement = '']) => substitute(text, old, replacement))],
    ['FIND', ofTexts(([part = '', text = '', start = '1']) => Decimal.of(text.indexOf(part, Number(start) - 1) + 1))],
    ['LEFT', ofTexts(([text = '', length = '0']) => text.slice(0, Math.max(0, Number(length))))],
    ['RIGHT', ofTexts(([text = '', length = '0']) => (Number(length) > 0 ? text.slice(-Number(length)) : ''))],
    [
        'MID',
        ofTexts(([text = '', start = '1', length = '0']) => {
            const from = Math.max(1, Number(start)) - 1;
            return text.slice(from, from + Math.max(0, Number(length)));
        })
    ],
    ['LPAD', ofTexts(([text = '', length = '0', filler = ' ']) => pad(text, Number(length), filler, true))],
    ['RPAD', ofTexts(([text = '', length = '0', filler = ' ']) => pad(text, Number(length), filler, false))],
    ['CASESAFEID', ofTexts(([text = '']) => text)],
    ['ABS', ofNumbers(([number]) => number?.abs() ?? null)],
    ['ROUND', ofNumbers(([number, digits]) => number?.setScale(count(digits), 'HALF_UP') ?? null)],
    ['FLOOR', ofNumbers(([number]) => number?.setScale(0, 'DOWN') ?? null)],
    ['CEILING', ofNumbers(([number]) => number?.setScale(0, 'UP') ?? null)],
    ['MIN', ofNumbers((numbers) => numbers.reduce((low, next) => (next.compareTo(low) < 0 ? next : low)))],
    ['MAX', ofNumbers((numbers) => numbers.reduce((high, next) => (next.compareTo(high) > 0 ? next : high)))],
    ['MOD', ofNumbers(([number, divisor]) => remainder(number, divisor))],
    ['TODAY', (_, scope) => new Datetime(scope.now).dateIn(scope.timeZone)],
    ['NOW', (_, scope) => new Datetime(scope.now)],
    ['DATE', ofNumbers(([year, month, day]) => ApexDate.of(count(year), count(month), count(day)))],
    ['DATEVALUE', ofValues(([value = null], scope) => dateValue(value, scope))],
    ['YEAR', ofDate((date) => date.year)],
    ['MONTH', ofDate((date) => date.month)],
    ['DAY', ofDate((date) => date.day)],
    ['WEEKDAY', ofDate((date) => date.dayOfWeek + 1)],
    [
        'ADDMONTHS',
        ofValues(([date, months], scope) => {
            const number = toNumber(months ?? null, scope);
            return date instanceof ApexDate && number !== null ? date.addMonths(Number(number.truncate())) : null;
        })
    ]
]);

function remainder(number: Decimal | undefined, divisor: Decimal | undefined): FormulaValue {
    if (number === undefined || divisor === undefined || divisor.signum() === 0) return null;
    const quotient = Decimal.of(number.divideTo(divisor, 0, 'FLOOR').truncate());
    return number.subtract(quotient.multiply(divisor));
}
