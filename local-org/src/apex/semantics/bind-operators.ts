import type { BinaryExpression, BinaryOperator, Node, UnaryExpression } from '../syntax/ast.ts';
import {
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE,
    ID,
    INTEGER,
    LONG,
    NULL,
    numericRank,
    OBJECT,
    SOBJECT,
    STRING,
    TIME,
    VOID
} from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { bindExpression } from './bind-expressions.ts';
import type { BodyContext } from './body-context.ts';
import type { ArithmeticDomain, BitwiseExpression, BoundExpression } from './bound.ts';
import { commonType } from './conversions.ts';
import { convert, tryConvert } from './convert.ts';
import { diagnostics } from './diagnostics.ts';
import { isEnum, mayBeBoth } from './hierarchy.ts';
import { ERROR_TYPE } from './world.ts';

export function bindBinary(context: BodyContext, node: BinaryExpression): BoundExpression {
    const left = bindExpression(context, node.left);
    const right = bindExpression(context, node.right);
    return combine(context, node.operator, left, right, node);
}

/** An operator with its operands bound: a binary expression, or the work of `+=`. */
export function combine(
    context: BodyContext,
    operator: BinaryOperator,
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression {
    if (left.type === ERROR_TYPE || right.type === ERROR_TYPE) {
        return { kind: 'error', type: ERROR_TYPE, line: at.line };
    }
    switch (operator) {
        case '+':
            if (left.type === STRING || right.type === STRING) return concatenate(context, left, right, at);
            return arithmetic(context, operator, left, right, at);
        case '-':
        case '*':
        case '/':
            return arithmetic(context, operator, left, right, at);
        case '<':
        case '>':
        case '<=':
        case '>=':
            return comparison(context, operator, left, right, at);
        case '==':
        case '!=':
        case '===':
        case '!==':
            return equality(context, operator, left, right, at);
        case '&&':
        case '||':
            return logical(context, operator, left, right, at);
        case '??':
            return coalesce(context, left, right, at);
        case '&':
        case '|':
        case '^':
            return bitwise(context, operator, left, right, at);
        case '<<':
        case '>>':
        case '>>>':
            return shift(context, operator, left, right, at);
    }
}

function concatenate(context: BodyContext, left: BoundExpression, right: BoundExpression, at: Node): BoundExpression {
    if (left.type === VOID || right.type === VOID) return context.error(at, diagnostics.voidArithmetic());
    const parts = left.kind === 'concatenation' ? [...left.parts, right] : [left, right];
    return { kind: 'concatenation', parts, type: STRING, line: at.line };
}

const DOMAINS: ReadonlyMap<ApexType, ArithmeticDomain> = new Map<ApexType, ArithmeticDomain>([
    [INTEGER, 'integer'],
    [LONG, 'long'],
    [DOUBLE, 'double'],
    [DECIMAL, 'decimal']
]);

function arithmetic(
    context: BodyContext,
    operator: '+' | '-' | '*' | '/',
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression {
    if (left.type === VOID || right.type === VOID) return context.error(at, diagnostics.voidArithmetic());
    const temporal =
        operator === '+' || operator === '-' ? temporalArithmetic(context, operator, left, right, at) : undefined;
    if (temporal !== undefined) return temporal;
    if (numericRank(left.type) === 0 || numericRank(right.type) === 0) {
        return context.error(at, diagnostics.arithmeticOperands());
    }
    const type = numericRank(left.type) >= numericRank(right.type) ? left.type : right.type;
    return {
        kind: 'arithmetic',
        operator,
        domain: DOMAINS.get(type) as ArithmeticDomain,
        left: convert(context, left, type, at),
        right: convert(context, right, type, at),
        type,
        line: at.line
    };
}

/** Dates move by days, Datetimes by days and fractions, Times by milliseconds. */
function temporalArithmetic(
    context: BodyContext,
    operator: '+' | '-',
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression | undefined {
    const common = { kind: 'arithmetic' as const, operator, left, type: left.type, line: at.line };
    const rank = numericRank(right.type);
    if (left.type === DATE) {
        if (right.type !== INTEGER && right.type !== LONG) return context.error(at, diagnostics.dateOperands());
        return { ...common, domain: 'date', right: convert(context, right, LONG, at) };
    }
    if (left.type === DATETIME) {
        if (rank === 0) return context.error(at, diagnostics.datetimeOperands());
        return { ...common, domain: 'datetime', right: convert(context, right, DOUBLE, at) };
    }
    if (left.type === TIME) {
        if (right.type !== INTEGER && right.type !== LONG) return context.error(at, diagnostics.timeOperands());
        return { ...common, domain: 'time', right: convert(context, right, LONG, at) };
    }
    return undefined;
}

function comparison(
    context: BodyContext,
    operator: '<' | '>' | '<=' | '>=',
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression {
    const type = comparedType(context, left, right);
    if (type === undefined) return context.error(at, diagnostics.comparisonTypes(left.type, right.type));
    const domain = comparisonDomain(context, type);
    if (domain === undefined) return context.error(at, diagnostics.inequalityType(type));
    return {
        kind: 'comparison',
        operator,
        domain,
        left: convert(context, left, type, at),
        right: convert(context, right, type, at),
        type: BOOLEAN,
        line: at.line
    };
}

function comparisonDomain(context: BodyContext, type: ApexType): 'number' | 'value' | 'string' | undefined {
    if (type === INTEGER || type === LONG) return 'number';
    if (type === STRING || type === ID) return 'string';
    const isOrdered = numericRank(type) > 0 || type === DATE || type === DATETIME || type === TIME;
    return isOrdered || isEnum(context.world, type) ? 'value' : undefined;
}

/** The type that both sides are compared as; null is no type to compare with. */
function comparedType(context: BodyContext, left: BoundExpression, right: BoundExpression): ApexType | undefined {
    if (left.type === NULL || right.type === NULL) return undefined;
    return equalityType(context, left, right);
}

function equality(
    context: BodyContext,
    operator: '==' | '!=' | '===' | '!==',
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression {
    const negated = operator.startsWith('!');
    const common = { kind: 'equality' as const, negated, type: BOOLEAN, line: at.line };
    const type = equalityType(context, left, right);
    if (type === undefined || left.type === VOID || right.type === VOID) {
        return context.error(at, diagnostics.comparisonTypes(left.type, right.type));
    }
    const isExact = operator.length === 3;
    if (
        isExact &&
        left.type.kind === 'primitive' &&
        left.type !== OBJECT &&
        left.type !== NULL &&
        left.type !== STRING
    ) {
        return context.error(at, diagnostics.exactEqualityType(left.type));
    }
    const sides = { left: convertOr(context, left, type), right: convertOr(context, right, type) };
    const hasNull = left.type === NULL || right.type === NULL;
    if (isExact || hasNull) return { ...common, ...sides, domain: 'exact' };
    return { ...common, ...sides, domain: equalityDomain(context, type) };
}

function equalityDomain(context: BodyContext, type: ApexType): 'primitive' | 'string' | 'value' {
    if (type === BOOLEAN || type === INTEGER || type === LONG || isEnum(context.world, type)) return 'primitive';
    return type === STRING ? 'string' : 'value';
}

function convertOr(context: BodyContext, value: BoundExpression, type: ApexType): BoundExpression {
    return tryConvert(context, value, type) ?? value;
}

function equalityType(context: BodyContext, left: BoundExpression, right: BoundExpression): ApexType | undefined {
    const [from, to] = [left.type, right.type];
    // An Id next to text is compared as an Id when it can be one; the runtime decides.
    if ((from === ID && to === STRING) || (from === STRING && to === ID)) return OBJECT;
    if (from === VOID || to === VOID) return undefined;
    const common = commonType(context.world, from, to);
    if (common === SOBJECT && from !== to && from !== SOBJECT && to !== SOBJECT) return undefined;
    if (common !== undefined) return common;
    return mayBeBoth(context.world, from, to) ? OBJECT : undefined;
}

function logical(
    context: BodyContext,
    operator: '&&' | '||',
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression {
    if (!isBoolean(left.type) || !isBoolean(right.type)) return context.error(at, diagnostics.logicalOperands());
    return { kind: 'logical', operator, left, right, type: BOOLEAN, line: at.line };
}

function isBoolean(type: ApexType): boolean {
    return type === BOOLEAN || type === NULL;
}

function coalesce(context: BodyContext, left: BoundExpression, right: BoundExpression, at: Node): BoundExpression {
    // A single row is asked for, not a list, when the other side is a record.
    const single = right.type.kind === 'sobject' ? tryConvert(context, left, right.type) : undefined;
    const receiver = single ?? left;
    const type = commonType(context.world, receiver.type, right.type);
    if (type === undefined || type === VOID) {
        return context.error(at, diagnostics.incompatibleCoalescing(left.type, right.type));
    }
    return {
        kind: 'coalesce',
        left: convert(context, receiver, type, at),
        right: convert(context, right, type, at),
        type,
        line: at.line
    };
}

function bitwise(
    context: BodyContext,
    operator: '&' | '|' | '^',
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression {
    if (left.type === BOOLEAN && right.type === BOOLEAN) {
        return { kind: 'bitwise', operator, domain: 'boolean', left, right, type: BOOLEAN, line: at.line };
    }
    if (!isWhole(left.type) || !isWhole(right.type)) return context.error(at, diagnostics.bitwiseOperands(operator));
    const type = left.type === LONG || right.type === LONG ? LONG : INTEGER;
    return {
        kind: 'bitwise',
        operator,
        domain: type === LONG ? 'long' : 'integer',
        left: convert(context, left, type, at),
        right: convert(context, right, type, at),
        type,
        line: at.line
    };
}

function shift(
    context: BodyContext,
    operator: '<<' | '>>' | '>>>',
    left: BoundExpression,
    right: BoundExpression,
    at: Node
): BoundExpression {
    if (!isWhole(left.type) || !isWhole(right.type)) return context.error(at, diagnostics.shiftOperands(operator));
    const domain: BitwiseExpression['domain'] = left.type === LONG ? 'long' : 'integer';
    return { kind: 'bitwise', operator, domain, left, right, type: left.type, line: at.line };
}

function isWhole(type: ApexType): boolean {
    return type === INTEGER || type === LONG;
}

export function bindUnary(context: BodyContext, node: UnaryExpression): BoundExpression {
    const operand = bindExpression(context, node.operand);
    const { type } = operand;
    if (type === ERROR_TYPE) return operand;
    switch (node.operator) {
        case '!':
            if (type !== BOOLEAN) return context.error(node, diagnostics.notOperand('!'));
            return { kind: 'not', operand, type, line: node.line };
        case '~':
            if (!isWhole(type)) return context.error(node, diagnostics.complementOperand(type));
            return { kind: 'complement', operand, type, line: node.line };
        case '-':
            if (numericRank(type) === 0) return context.error(node, diagnostics.negateOperand());
            return { kind: 'negate', operand, type, line: node.line };
        case '+':
            // The platform takes a plus in front of anything; it changes nothing.
            return operand;
    }
}
