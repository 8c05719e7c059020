import {
    Arth1ExpressionContext,
    Arth2ExpressionContext,
    ArrayExpressionContext,
    AssignExpressionContext,
    BitAndExpressionContext,
    BitExpressionContext,
    BitNotExpressionContext,
    BitOrExpressionContext,
    CastExpressionContext,
    CmpExpressionContext,
    CoalExpressionContext,
    CondExpressionContext,
    DotExpressionContext,
    EqualityExpressionContext,
    InstanceOfExpressionContext,
    LogAndExpressionContext,
    LogOrExpressionContext,
    MethodCallExpressionContext,
    NegExpressionContext,
    NewExpressionContext,
    PostOpExpressionContext,
    PreOpExpressionContext,
    PrimaryExpressionContext,
    SubExpressionContext,
    type ExpressionContext,
    type ExpressionListContext,
    type MethodCallContext
} from '@apexdevtools/apex-parser';
import type { BinaryOperator, Expression, UnaryExpression } from './ast.ts';
import { lowerCreator } from './lower-creators.ts';
import { lowerPrimary } from './lower-primaries.ts';
import { lowerTypeRef } from './lower-types.ts';
import { at, type Context } from './positions.ts';

type Lowering = (context: never) => Expression;

/** One entry per alternative of the grammar's `expression` rule. */
const LOWERINGS = new Map<unknown, Lowering>([
    [PrimaryExpressionContext, (context: PrimaryExpressionContext) => lowerPrimary(context.primary())],
    [SubExpressionContext, (context: SubExpressionContext) => lowerExpression(context.expression())],
    [DotExpressionContext, lowerDot],
    [MethodCallExpressionContext, (context: MethodCallExpressionContext) => lowerCall(context.methodCall())],
    [NewExpressionContext, (context: NewExpressionContext) => lowerCreator(context.creator())],
    [ArrayExpressionContext, lowerIndex],
    [CastExpressionContext, lowerCast],
    [InstanceOfExpressionContext, lowerInstanceOf],
    [CondExpressionContext, lowerConditional],
    [AssignExpressionContext, lowerAssign],
    [PostOpExpressionContext, lowerPostfix],
    [PreOpExpressionContext, lowerPrefix],
    [NegExpressionContext, lowerPrefix],
    ...[
        Arth1ExpressionContext,
        Arth2ExpressionContext,
        BitExpressionContext,
        CmpExpressionContext,
        EqualityExpressionContext,
        BitAndExpressionContext,
        BitNotExpressionContext,
        BitOrExpressionContext,
        LogAndExpressionContext,
        LogOrExpressionContext,
        CoalExpressionContext
    ].map((type): [unknown, Lowering] => [type, lowerBinary])
]);

export function lowerExpression(context: ExpressionContext): Expression {
    const lowering = LOWERINGS.get(context.constructor);
    if (lowering === undefined) {
        throw new Error(`No lowering for ${context.constructor.name}.`);
    }
    return lowering(context as never);
}

export function lowerArguments(context: ExpressionListContext | null | undefined): Expression[] {
    return context?.expression_list().map(lowerExpression) ?? [];
}

/** A member is reported at its name, as the platform does. */
function lowerDot(context: DotExpressionContext): Expression {
    const target = lowerExpression(context.expression());
    const safe = context.QUESTIONDOT() !== null;
    const call = context.dotMethodCall();
    if (call !== null) {
        const name = call.anyId();
        const args = lowerArguments(call.expressionList());
        return { kind: 'methodCall', ...at(name), target, name: name.getText(), args, safe };
    }
    const name = context.anyId();
    return { kind: 'member', ...at(name), target, name: name.getText(), safe };
}

function lowerCall(context: MethodCallContext): Expression {
    const args = lowerArguments(context.expressionList());
    const name = context.id();
    if (name !== null) {
        return { kind: 'call', ...at(context), name: name.getText(), args };
    }
    return { kind: 'constructorCall', ...at(context), target: context.THIS() === null ? 'super' : 'this', args };
}

function lowerIndex(context: ArrayExpressionContext): Expression {
    return {
        kind: 'index',
        ...at(context),
        target: lowerExpression(context.expression(0)),
        index: lowerExpression(context.expression(1))
    };
}

function lowerCast(context: CastExpressionContext): Expression {
    const type = lowerTypeRef(context.typeRef());
    return { kind: 'cast', ...at(context), type, value: lowerExpression(context.expression()) };
}

function lowerInstanceOf(context: InstanceOfExpressionContext): Expression {
    const value = lowerExpression(context.expression());
    return { kind: 'instanceOf', ...at(context), value, type: lowerTypeRef(context.typeRef()) };
}

function lowerConditional(context: CondExpressionContext): Expression {
    return {
        kind: 'conditional',
        ...at(context),
        condition: lowerExpression(context.expression(0)),
        then: lowerExpression(context.expression(1)),
        otherwise: lowerExpression(context.expression(2))
    };
}

function lowerAssign(context: AssignExpressionContext): Expression {
    const symbol = operatorText(context);
    return {
        kind: 'assign',
        ...at(context),
        operator: symbol === '=' ? '=' : (symbol.slice(0, -1) as BinaryOperator),
        target: lowerExpression(context.expression(0)),
        value: lowerExpression(context.expression(1))
    };
}

function lowerBinary(context: Arth1ExpressionContext): Expression {
    const symbol = operatorText(context);
    return {
        kind: 'binary',
        ...at(context),
        operator: (symbol === '<>' ? '!=' : symbol) as BinaryOperator,
        left: lowerExpression(context.expression(0)),
        right: lowerExpression(context.expression(1))
    };
}

/** The tokens between the two operands: `>` and `=` are two tokens of `>=`. */
function operatorText(context: Context): string {
    const tokens = (context.children ?? []).slice(1, -1);
    return tokens.map((token) => token.getText()).join('');
}

function lowerPostfix(context: PostOpExpressionContext): Expression {
    const operand = lowerExpression(context.expression());
    return { kind: 'step', ...at(context), operator: context.INC() === null ? '--' : '++', prefix: false, operand };
}

function lowerPrefix(context: PreOpExpressionContext | NegExpressionContext): Expression {
    const operand = lowerExpression(context.expression());
    const symbol = context.start.text;
    if (symbol === '++' || symbol === '--') {
        return { kind: 'step', ...at(context), operator: symbol, prefix: true, operand };
    }
    if (symbol === '-' && operand.kind === 'literal' && isNumber(operand.type)) {
        // One literal, so that the smallest Integer and Long can be written.
        return { ...operand, ...at(context), text: `-${operand.text}` };
    }
    return { kind: 'unary', ...at(context), operator: symbol as UnaryExpression['operator'], operand };
}

function isNumber(type: string): boolean {
    return type === 'integer' || type === 'long' || type === 'decimal' || type === 'double';
}
