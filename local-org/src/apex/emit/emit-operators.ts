import type { BoundExpression } from '../semantics/bound.ts';
import { BOOLEAN, INTEGER, LONG, STRING } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import type { BodyWriter } from './body-writer.ts';
import { emitExpression, emitNonNull } from './emit-expressions.ts';
import { neverNull } from './nullness.ts';

type Of<K extends BoundExpression['kind']> = Extract<BoundExpression, { kind: K }>;

const DECIMAL_METHODS = { '+': 'add', '-': 'subtract', '*': 'multiply' } as const;

export function emitArithmetic(writer: BodyWriter, value: Of<'arithmetic'>): string {
    if (value.domain === 'integer') return emitIntegerArithmetic(writer, value);
    const left = emitNonNull(writer, value.left);
    const right = emitNonNull(writer, value.right);
    const { operator } = value;
    switch (value.domain) {
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

function emitIntegerArithmetic(writer: BodyWriter, { operator, left, right }: Of<'arithmetic'>): string {
    if (operator === '/') return `S.divideInteger(R, ${emitNonNull(writer, left)}, ${emitNonNull(writer, right)})`;
    const [first, second] = [emitInteger(writer, left), emitInteger(writer, right)];
    return operator === '*' ? `Math.imul(${first}, ${second})` : `(${first} ${operator} ${second} | 0)`;
}

/**
 * An Integer that is no null, in a form that JavaScript knows for a 32-bit integer. Of a value of which it knows nothing
 * it would compute in floating point from the first overflow on. Once compiled, the comparison costs nothing beside
 * the look at the value's type that `| 0` takes, which the two of `??` do.
 */
function emitInteger(writer: BodyWriter, value: BoundExpression): string {
    if (isKnownInteger(value)) return emitExpression(writer, value);
    if (neverNull(value) || !isRepeatable(value)) return `(${emitNonNull(writer, value)} | 0)`;
    const text = emitExpression(writer, value);
    return `((${text} | 0) === ${text} ? ${text} | 0 : ${writer.nullPointer()} | 0)`;
}

function isKnownInteger(value: BoundExpression): boolean {
    switch (value.kind) {
        case 'constant':
            return value.type === INTEGER;
        case 'bitwise':
        case 'negate':
        case 'complement':
            return true;
        case 'arithmetic':
            return value.operator !== '/';
        default:
            return false;
    }
}

/** Can be written more than once: a variable, or a field of an object that is there. */
function isRepeatable(value: BoundExpression): boolean {
    switch (value.kind) {
        case 'local':
            return true;
        case 'field':
            return value.target?.kind === 'this';
        case 'oldValue':
            return value.target.kind === 'local' || value.target.kind === 'field';
        default:
            return false;
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
