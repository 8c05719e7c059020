import { Decimal } from '../values/index.ts';
import type { Expression, Path } from './ast.ts';
import type { TokenStream } from './token-stream.ts';

/** A field path or a function of field paths. */
export function parseExpression(tokens: TokenStream): Expression {
    if (tokens.isSymbol('(', 1)) {
        const { text: name, offset } = tokens.expectName();
        tokens.expectSymbol('(');
        const args: Expression[] = [];
        if (!tokens.isSymbol(')')) {
            do args.push(parseArgument(tokens));
            while (tokens.acceptSymbol(','));
        }
        tokens.expectSymbol(')');
        return { kind: 'call', name, args, offset };
    }
    return parsePath(tokens);
}

function parseArgument(tokens: TokenStream): Expression {
    const { kind, text, offset } = tokens.peek();
    switch (kind) {
        case 'number':
            tokens.take();
            return { kind: 'literal', value: { kind: 'literal', value: Decimal.parse(text), offset }, offset };
        case 'string':
            tokens.take();
            return { kind: 'literal', value: { kind: 'literal', value: text, offset }, offset };
        case 'bind':
            tokens.take();
            return { kind: 'literal', value: { kind: 'bind', name: text.toLowerCase(), offset }, offset };
        default:
            return parseExpression(tokens);
    }
}

export function parsePath(tokens: TokenStream): Path {
    const { text, offset } = tokens.expectName();
    const names = [text];
    while (tokens.acceptSymbol('.')) names.push(tokens.expectName().text);
    return { kind: 'path', names, offset };
}
