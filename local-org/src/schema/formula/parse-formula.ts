/** Syntax tree of a formula (Salesforce Help, "Formula Operators and Functions"). */
export type Formula =
    | { readonly kind: 'literal'; readonly value: string | boolean | null }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'field'; readonly path: readonly string[] }
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Formula[] }
    | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Formula }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Formula; readonly right: Formula };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '&' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';

export class FormulaError extends Error {}

interface Token {
    readonly kind: 'number' | 'string' | 'name' | 'symbol' | 'end';
    readonly text: string;
}

const PATTERNS: readonly (readonly [kind: Token['kind'] | 'skip', pattern: RegExp])[] = [
    ['skip', /\s+|\/\*[^]*?\*\//y],
    ['number', /\d+\.?\d*|\.\d+/y],
    ['string', /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y],
    ['name', /[$A-Za-z_][\w$]*(?:\s*\.\s*[A-Za-z_]\w*)*/y],
    ['symbol', /&&|\|\||<>|!=|<=|>=|==|[-+*/^&=<>!(),]/y]
];

/** Binary operators by rising precedence. */
const LEVELS: readonly (readonly string[])[] = [
    ['||'],
    ['&&'],
    ['=', '==', '!=', '<>'],
    ['<', '<=', '>', '>='],
    ['+', '-', '&'],
    ['*', '/'],
    ['^']
];

/** Throws FormulaError when the text is no formula. */
export function parseFormula(text: string): Formula {
    const parser = new Parser(tokenize(text));
    return parser.parse();
}

function tokenize(text: string): Token[] {
    const tokens: Token[] = [];
    for (let offset = 0; offset < text.length;) {
        const token = tokenAt(text, offset);
        if (token === undefined)
            throw new FormulaError(`Syntax error in formula at '${text.slice(offset, offset + 10)}'`);
        if (token.kind !== 'skip') tokens.push({ kind: token.kind, text: token.text });
        offset += token.text.length;
    }
    tokens.push({ kind: 'end', text: '' });
    return tokens;
}

function tokenAt(text: string, offset: number): { kind: Token['kind'] | 'skip'; text: string } | undefined {
    for (const [kind, pattern] of PATTERNS) {
        pattern.lastIndex = offset;
        const match = pattern.exec(text);
        if (match !== null) return { kind, text: match[0] };
    }
    return undefined;
}

class Parser {
    readonly #tokens: readonly Token[];
    #next = 0;

    constructor(tokens: readonly Token[]) {
        this.#tokens = tokens;
    }

    parse(): Formula {
        const formula = this.#level(0);
        if (this.#peek().kind !== 'end') throw this.#unexpected();
        return formula;
    }

    #level(level: number): Formula {
        const operators = LEVELS[level];
        if (operators === undefined) return this.#unary();
        let left = this.#level(level + 1);
        while (this.#peek().kind === 'symbol' && operators.includes(this.#peek().text)) {
            const operator = normalize(this.#take().text);
            left = { kind: 'binary', operator, left, right: this.#level(level + 1) };
        }
        return left;
    }

    #unary(): Formula {
        if (this.#accept('-')) return { kind: 'unary', operator: '-', operand: this.#unary() };
        if (this.#accept('!')) return { kind: 'unary', operator: '!', operand: this.#unary() };
        if (this.#accept('+')) return this.#unary();
        return this.#primary();
    }

    #primary(): Formula {
        if (this.#accept('(')) {
            const inner = this.#level(0);
            this.#expect(')');
            return inner;
        }
        const token = this.#take();
        if (token.kind === 'number') return { kind: 'number', text: token.text };
        if (token.kind === 'string') return { kind: 'literal', value: unquote(token.text) };
        if (token.kind !== 'name') throw this.#unexpected(token);
        const path = token.text.split('.').map((name) => name.trim());
        const [first = ''] = path;
        if (path.length === 1) {
            if (this.#accept('(')) return { kind: 'call', name: first.toUpperCase(), args: this.#arguments() };
            const constant = CONSTANTS.get(first.toUpperCase());
            if (constant !== undefined) return { kind: 'literal', value: constant };
        }
        return { kind: 'field', path };
    }

    #arguments(): Formula[] {
        const args: Formula[] = [];
        if (this.#accept(')')) return args;
        do args.push(this.#level(0));
        while (this.#accept(','));
        this.#expect(')');
        return args;
    }

    #peek(): Token {
        return this.#tokens[this.#next] ?? { kind: 'end', text: '' };
    }

    #take(): Token {
        const token = this.#peek();
        this.#next += 1;
        return token;
    }

    #accept(symbol: string): boolean {
        if (this.#peek().kind !== 'symbol' || this.#peek().text !== symbol) return false;
        this.#next += 1;
        return true;
    }

    #expect(symbol: string): void {
        if (!this.#accept(symbol)) throw this.#unexpected();
    }

    #unexpected(token: Token = this.#peek()): FormulaError {
        return new FormulaError(`Syntax error in formula: unexpected '${token.text}'`);
    }
}

const CONSTANTS = new Map<string, boolean | null | undefined>([
    ['TRUE', true],
    ['FALSE', false],
    ['NULL', null]
]);

function normalize(operator: string): BinaryOperator {
    if (operator === '==') return '=';
    return (operator === '<>' ? '!=' : operator) as BinaryOperator;
}

function unquote(text: string): string {
    const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
    return text.slice(1, -1).replace(/\\([^])/g, (_, char: string) => escapes[char] ?? char);
}
