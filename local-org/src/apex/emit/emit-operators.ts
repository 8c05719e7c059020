import type { BoundExpression } from '../semantics/bound.ts';
import { BOOLEAN, INTEGER, LONG, STRING } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { neverNull } from './nullness.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

const DECIMAL_METHODS = { '+': 'add', '-': 'subtract', '*': 'multiply' } as const;

export function emitArithmetic(writer: BodyWriter, value: Of<'arithmetic'>): string {
    const left = emitNonNull(writer, value.left);
    const right = emitNonNull(writer, value.right);
    const { operator } = value;
    switch (value.domain) {
        case 'integer':
            if (operator === '*') return `Math.imul(${left}, ${right})`;
            if (operator === '/') return `S.divideInteger(R, ${left}, ${right})`;
            return `(${left} ${operator} ${right} | 0)`;
        case 'long':
            if (operator === '/') return `S.divideLong(R, ${left}, ${right})`;
            return `BigInt.asIntN(64, ${left} ${operator} ${right})`;
        case 'decimal':
            if (operator === '/') return `S.divideDecimal(R, ${left}, ${right})`;
            return `${left}.${DECIMAL_METHODS[operator]}(${right})`;
        case 'double':
            if (operator === '/') return `S.divideDouble(R, ${left}, ${right})`;
            return `S.double(${left}.value ${operator} ${right}.value)`;
        case 'date':
        case 'datetime':
        case 'time': {
            const move = { date: 'moveDate', datetime: 'moveDatetime', time: 'moveTime' }[value.domain];
            return `S.${move}(${left}, ${right}, ${operator === '+' ? 1 : -1})`;
        }
    }
}

const PRINT_THEMSELVES: ReadonlySet<ApexType> = new Set<ApexType>([STRING, INTEGER, LONG, BOOLEAN]);

export function emitConcatenation(writer: BodyWriter, value: Of<'concatenation'>): string {
    const parts = value.parts.map((part) => {
        const text = emitExpression(writer, part);
        return PRINT_THEMSELVES.has(part.type) ? text : `R.toText(${text})`;
    });
    const [first] = value.parts;
    // JavaScript prints null, numbers and Booleans as Apex does, once one side of `+` is text for certain.
    const startsAsText = first?.type === STRING && neverNull(first);
    return `S.joined(R, ${startsAsText ? '' : "'' + "}${parts.join(' + ')})`;
}

const COMPARISONS = { '<': 'less', '>': 'greater', '<=': 'lessOrEqual', '>=': 'greaterOrEqual' } as const;

export function emitComparison(writer: BodyWriter, value: Of<'comparison'>): string {
    const left = emitExpression(writer, value.left);
    const right = emitExpression(writer, value.right);
    if (value.domain === 'string') return `(S.compareText(${left}, ${right}) ${value.operator} 0)`;
    if (value.domain === 'number' && neverNull(value.left) && neverNull(value.right)) {
        return `(${left} ${value.operator} ${right})`;
    }
    // A comparison with null is false.
    if (value.domain === 'number' && isSimple(value.left) && isSimple(value.right)) {
        const checks = [value.left, value.right]
            .filter((side) => !neverNull(side))
            .map((side) => `${side === value.left ? left : right} !== null && `);
        return `(${checks.join('')}${left} ${value.operator} ${right})`;
    }
    const suffix = value.domain === 'value' ? 'Value' : '';
    return `S.${COMPARISONS[value.operator]}${suffix}(${left}, ${right})`;
}

/** Can be written twice: it is cheap and changes nothing. */
function isSimple({ kind }: BoundExpression): boolean {
    return kind === 'local' || kind === 'constant';
}

export function emitEquality(writer: BodyWriter, value: Of<'equality'>): string {
    const left = emitExpression(writer, value.left);
    const right = emitExpression(writer, value.right);
    const not = value.negated ? '!' : '';
    switch (value.domain) {
        case 'primitive':
        case 'exact':
            return `(${left} ${not === '' ? '===' : '!=='} ${right})`;
        case 'string':
            return `${not}S.equalText(${left}, ${right})`;
        case 'value':
            return `${not}R.equals(${left}, ${right})`;
    }
}

export function emitBitwise(writer: BodyWriter, value: Of<'bitwise'>): string {
    const left = emitNonNull(writer, value.left);
    const right = emitNonNull(writer, value.right);
    const { operator } = value;
    const isShift = operator === '<<' || operator === '>>' || operator === '>>>';
    switch (value.domain) {
        case 'boolean':
            return `((${left} ${operator} ${right}) === 1)`;
        case 'integer':
            return isShift ? `(${left} ${operator} Number(${right}) | 0)` : `(${left} ${operator} ${right})`;
        case 'long':
            if (isShift) return `S.shiftLong(${left}, ${right}, '${operator}')`;
            return `(${left} ${operator} ${right})`;
    }
}

export function emitNegate(writer: BodyWriter, value: Of<'negate' | 'complement'>): string {
    const operand = emitNonNull(writer, value.operand);
    if (value.kind === 'complement') return `(~${operand})`;
    switch (value.type) {
        case INTEGER:
            return `(-${operand} | 0)`;
        case LONG:
            return `BigInt.asIntN(64, -${operand})`;
        default:
            return `S.negate(${operand})`;
    }
}
