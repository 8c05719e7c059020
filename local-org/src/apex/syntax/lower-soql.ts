import {
    ApexParser,
    BoundExpressionContext,
    type ApexTerminalNode,
    type ExpressionContext
} from '@apexdevtools/apex-parser';
import type { Expression } from './ast.ts';
import { multilineLiteralValue } from './literals.ts';
import type { Context } from './positions.ts';

/**
 * Text of a SOQL or SOSL literal with every bind expression replaced by `:b0`, `:b1`… It is put together from the tokens,
 * so comments are left out and strings that hold colons are left alone.
 */
export function extractBinds(
    query: Context,
    lower: (expression: ExpressionContext) => Expression
): { readonly text: string; readonly binds: readonly Expression[] } {
    const binds: Expression[] = [];
    let text = '';
    let end = query.start.start;
    const append = (part: string, start: number, stop: number): void => {
        text += (start > end ? ' ' : '') + part;
        end = stop + 1;
    };
    for (const part of parts(query)) {
        if (part instanceof BoundExpressionContext) {
            append(`:b${binds.length}`, part.start.start, (part.stop ?? part.start).stop);
            binds.push(lower(part.expression()));
        } else {
            append(tokenText(part), part.symbol.start, part.symbol.stop);
        }
    }
    return { text, binds };
}

/** The grammar of queries knows no strings of many lines, so they are written as others are. */
function tokenText(token: ApexTerminalNode): string {
    const text = token.getText();
    if (token.symbol.type !== ApexParser.MultilineStringLiteral) return text;
    const value = multilineLiteralValue(text).replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n');
    return `'${value}'`;
}

type Part = BoundExpressionContext | ApexTerminalNode;

/** Tokens and outermost bind expressions in source order; a query inside a bind expression is the bind's own business. */
function parts(context: Context): Part[] {
    return (context.children ?? []).flatMap((child): Part[] => {
        if (child instanceof BoundExpressionContext) return [child];
        return 'symbol' in child ? [child as ApexTerminalNode] : parts(child as unknown as Context);
    });
}
