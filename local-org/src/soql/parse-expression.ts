import type { Expression, Path } from './ast.ts';
import type { TokenStream } from './token-stream.ts';

/** A field path or a function of field paths. */
export function parseExpression(tokens: TokenStream): Expression {
    if (tokens.isSymbol('(', 1)) {
        const { text: name, offset } = tokens.expectName();
        tokens.expectSymbol('(');
        const args: Expression[] = [];
        if (!tokens.isSymbol(')')) {
            do args.push(parseExpression(tokens));
            while (tokens.acceptSymbol(','));
        }
        tokens.expectSymbol(')');
        return { kind: 'call', name, args, offset };
    }
    return parsePath(tokens);
}

export function parsePath(tokens: TokenStream): Path {
    const { text, offset } = tokens.expectName();
    const names = [text];
    while (tokens.acceptSymbol('.')) names.push(tokens.expectName().text);
    return { kind: 'path', names, offset };
}
