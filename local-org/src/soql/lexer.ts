import { SoqlError } from './errors.ts';

export interface Token {
    readonly kind: 'name' | 'string' | 'number' | 'date' | 'datetime' | 'time' | 'bind' | 'symbol' | 'end';
    /** As written; of a string its value, of a bind its name. */
    readonly text: string;
    readonly offset: number;
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const DATETIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})/y;
const DATE = /\d{4}-\d{2}-\d{2}/y;
const TIME = /\d{2}:\d{2}:\d{2}(?:\.\d+)?[Zz]?/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const BIND = /:\s*([A-Za-z_][A-Za-z0-9_]*(?:\s*\.\s*[A-Za-z_][A-Za-z0-9_]*)*)/y;
const SYMBOL = /<=|>=|<>|!=|[=<>(),.:]/y;
const SPACE = /\s+/y;

const ESCAPES: Readonly<Record<string, string>> = {
    n: '\n',
    N: '\n',
    r: '\r',
    R: '\r',
    t: '\t',
    T: '\t',
    b: '\b',
    B: '\b',
    f: '\f',
    F: '\f',
    '"': '"',
    "'": "'",
    '\\': '\\'
};

/** Splits a query into tokens; the last one is `end`. */
export function tokenize(text: string): Token[] {
    const tokens: Token[] = [];
    let offset = 0;
    while (offset < text.length) {
        offset += matchAt(SPACE, text, offset)?.[0].length ?? 0;
        if (offset >= text.length) break;
        const [token, length] = text[offset] === "'" ? stringAt(text, offset) : wordAt(text, offset, tokens.at(-1));
        tokens.push(token);
        offset += length;
    }
    tokens.push({ kind: 'end', text: '<EOF>', offset: text.length });
    return tokens;
}

const WORDS: readonly (readonly [kind: Token['kind'], pattern: RegExp])[] = [
    ['name', NAME],
    ['datetime', DATETIME],
    ['date', DATE],
    ['time', TIME],
    ['number', NUMBER]
];

function wordAt(text: string, offset: number, previous: Token | undefined): [Token, number] {
    for (const [kind, pattern] of WORDS) {
        const match = matchAt(pattern, text, offset);
        if (match !== undefined) return [{ kind, text: match[0], offset }, match[0].length];
    }
    // The colon of LAST_N_DAYS:5 is a symbol; a bind cannot follow a name directly except a keyword.
    const bind = matchAt(BIND, text, offset);
    if (bind !== undefined && previous !== undefined) {
        return [{ kind: 'bind', text: (bind[1] ?? '').replace(/\s/g, ''), offset }, bind[0].length];
    }
    const symbol = matchAt(SYMBOL, text, offset);
    if (symbol !== undefined) return [{ kind: 'symbol', text: symbol[0], offset }, symbol[0].length];
    throw new SoqlError({ code: 'MALFORMED_QUERY', detail: `unexpected token: '${text[offset]}'`, text, offset });
}

/**
 * The value of a string literal. `\_` and `\%` keep their backslash: LIKE reads them. Other escapes than those of the
 * SOQL reference ("Quoted String Escape Sequences") are errors.
 */
function stringAt(text: string, start: number): [Token, number] {
    let value = '';
    let offset = start + 1;
    for (;;) {
        const char = text[offset];
        if (char === undefined) {
            throw new SoqlError({ code: 'MALFORMED_QUERY', detail: 'missing closing quote', text, offset: start });
        }
        if (char === "'") break;
        if (char !== '\\') {
            value += char;
            offset += 1;
            continue;
        }
        const [decoded, length] = escapeAt(text, offset);
        value += decoded;
        offset += length;
    }
    return [{ kind: 'string', text: value, offset: start }, offset + 1 - start];
}

function escapeAt(text: string, offset: number): [string, number] {
    const next = text[offset + 1] ?? '';
    if (next === '_' || next === '%') return [`\\${next}`, 2];
    const simple = ESCAPES[next];
    if (simple !== undefined) return [simple, 2];
    const code = /^\\[uU]([0-9a-fA-F]{4})/.exec(text.slice(offset, offset + 6))?.[1];
    if (code !== undefined) return [String.fromCharCode(Number.parseInt(code, 16)), 6];
    const detail = `Invalid string literal: illegal escape sequence '\\${next}'`;
    throw new SoqlError({ code: 'MALFORMED_QUERY', detail, text, offset });
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | undefined {
    pattern.lastIndex = offset;
    return pattern.exec(text) ?? undefined;
}
