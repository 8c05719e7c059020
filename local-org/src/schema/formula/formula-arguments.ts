import { ApexDate, Decimal } from '../../values/index.ts';
import { evaluateFormula, toNumber, toText } from './evaluate-formula.ts';
import type { FormulaScope, FormulaValue } from './evaluate-formula.ts';
import type { Formula } from './parse-formula.ts';

export type FormulaFunction = (args: readonly Formula[], scope: FormulaScope) => FormulaValue;

/** A function of values that are all evaluated; absent arguments are null. */
export function ofValues(run: (values: readonly FormulaValue[], scope: FormulaScope) => FormulaValue): FormulaFunction {
    return (args, scope) =>
        run(
            args.map((arg) => evaluateFormula(arg, scope)),
            scope
        );
}

/** A number that a date has; null for what is no date. */
export function ofDate(run: (date: ApexDate) => number): FormulaFunction {
    return ofValues(([date]) => (date instanceof ApexDate ? Decimal.of(run(date)) : null));
}

export function ofTexts(run: (texts: readonly string[]) => FormulaValue): FormulaFunction {
    return ofValues((values) => {
        const result = run(values.map(toText));
        return result === '' ? null : result;
    });
}

export function ofNumbers(run: (numbers: readonly Decimal[]) => FormulaValue): FormulaFunction {
    return ofValues((values, scope) => {
        const numbers = values.map((value) => toNumber(value, scope));
        return numbers.some((number) => number === null) ? null : run(numbers as Decimal[]);
    });
}

export const count = (value: Decimal | undefined): number => Number((value ?? Decimal.ZERO).truncate());
