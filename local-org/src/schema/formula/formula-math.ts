import { Decimal } from '../../values/index.ts';
import { count, ofNumbers, type FormulaFunction } from './formula-arguments.ts';
import { FormulaError } from './parse-formula.ts';

/** A function of real numbers; what it has no value for is an error, as on the platform. */
function ofReals(name: string, run: (...numbers: number[]) => number): readonly [string, FormulaFunction] {
    return [
        name,
        ofNumbers((numbers) => {
            const result = run(...numbers.map((number) => number.toNumber()));
            if (!Number.isFinite(result)) throw new FormulaError(`${name}() has no value for its arguments`);
            return Decimal.fromNumber(result);
        })
    ];
}

/** Mathematical functions by name (Salesforce Help, "Formula Operators and Functions"). */
export const MATH_FUNCTIONS: readonly (readonly [string, FormulaFunction])[] = [
    ofReals('ACOS', Math.acos),
    ofReals('ASIN', Math.asin),
    ofReals('ATAN', Math.atan),
    ofReals('ATAN2', Math.atan2),
    ofReals('COS', Math.cos),
    ofReals('EXP', Math.exp),
    ofReals('LN', Math.log),
    ofReals('LOG', Math.log10),
    ofReals('SIN', Math.sin),
    ofReals('SQRT', Math.sqrt),
    ofReals('TAN', Math.tan),
    ['PI', () => Decimal.fromNumber(Math.PI)],
    // Up and down; CEILING and FLOOR go away from zero and towards it.
    ['MCEILING', ofNumbers(([number]) => number?.setScale(0, 'CEILING') ?? null)],
    ['MFLOOR', ofNumbers(([number]) => number?.setScale(0, 'FLOOR') ?? null)],
    ['TRUNC', ofNumbers(([number, digits]) => number?.setScale(count(digits), 'DOWN') ?? null)]
];
