import {
    IdPrimaryContext,
    LiteralPrimaryContext,
    SoqlPrimaryContext,
    SoslPrimaryContext,
    SuperPrimaryContext,
    ThisPrimaryContext,
    TypeRefPrimaryContext,
    type LiteralContext,
    type PrimaryContext
} from '@apexdevtools/apex-parser';
import type { Expression, LiteralExpression } from './ast.ts';
import { multilineLiteralValue, stringLiteralValue } from './literals.ts';
import { lowerExpression } from './lower-expressions.ts';
import { extractBinds } from './lower-soql.ts';
import { lowerTypeRef } from './lower-types.ts';
import { at } from './positions.ts';

export function lowerPrimary(context: PrimaryContext): Expression {
    const position = at(context);
    if (context instanceof IdPrimaryContext) {
        return { kind: 'name', ...position, name: context.getText() };
    }
    if (context instanceof LiteralPrimaryContext) {
        return lowerLiteral(context.literal());
    }
    if (context instanceof ThisPrimaryContext) {
        return { kind: 'this', ...position };
    }
    if (context instanceof SuperPrimaryContext) {
        return { kind: 'super', ...position };
    }
    if (context instanceof TypeRefPrimaryContext) {
        return { kind: 'classLiteral', ...position, type: lowerTypeRef(context.typeRef()) };
    }
    if (context instanceof SoqlPrimaryContext) {
        return { kind: 'soql', ...position, ...extractBinds(context.soqlLiteral().query(), lowerExpression) };
    }
    if (context instanceof SoslPrimaryContext) {
        return { kind: 'sosl', ...position, ...extractBinds(context.soslLiteral(), lowerExpression) };
    }
    return { kind: 'classLiteral', ...position, type: undefined };
}

export function lowerLiteral(context: LiteralContext): LiteralExpression {
    const text = context.getText();
    const literal = (type: LiteralExpression['type'], value: string): LiteralExpression => ({
        kind: 'literal',
        ...at(context),
        type,
        text: value
    });
    if (context.IntegerLiteral() !== null) {
        return literal('integer', text);
    }
    if (context.LongLiteral() !== null) {
        return literal('long', text.slice(0, -1));
    }
    if (context.NumberLiteral() !== null) {
        return text.endsWith('d') || text.endsWith('D')
            ? literal('double', text.slice(0, -1))
            : literal('decimal', text);
    }
    if (context.StringLiteral() !== null) {
        return literal('string', stringLiteralValue(text));
    }
    if (context.MultilineStringLiteral() !== null) {
        return literal('string', multilineLiteralValue(text));
    }
    if (context.BooleanLiteral() !== null) {
        return literal('boolean', text.toLowerCase());
    }
    return literal('null', '');
}
