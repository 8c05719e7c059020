import { BoundExpressionContext, type ExpressionContext } from '@apexdevtools/apex-parser';
import type { Expression } from './ast.ts';
import { slice, type Context } from './positions.ts';

/**
 * Text of a SOQL or SOSL literal with every bind expression replaced by `:b0`, `:b1`… The replacement goes by token
 * positions, so strings and comments that hold colons are left alone.
 */
export function extractBinds(
    query: Context,
    lower: (expression: ExpressionContext) => Expression
): { readonly text: string; readonly binds: readonly Expression[] } {
    const binds: Expression[] = [];
    let text = '';
    let from = query.start.start;
    for (const bound of boundExpressions(query)) {
        const expression = bound.expression();
        text += `${slice(query, from, bound.start.start - 1)}:b${binds.length}`;
        // Keeps the next word apart when the expression was in parentheses: `:(x)LIMIT 1`.
        from = (expression.stop?.stop ?? expression.start.stop) + 1;
        binds.push(lower(expression));
        text += ' ';
    }
    const last = query.stop?.stop ?? query.start.stop;
    return { text: text + slice(query, from, last), binds };
}

/** Outermost bind expressions in source order; a query inside a bind expression is the bind's own business. */
function boundExpressions(context: Context): BoundExpressionContext[] {
    if (context instanceof BoundExpressionContext) {
        return [context];
    }
    return (context.children ?? []).flatMap((child) => ('start' in child ? boundExpressions(child as Context) : []));
}
