import { Decimal } from '../../../values/index.ts';

/** Kinds of `System.JSONToken` that a text can hold. */
export type TokenKind =
    | 'START_OBJECT'
    | 'END_OBJECT'
    | 'START_ARRAY'
    | 'END_ARRAY'
    | 'FIELD_NAME'
    | 'VALUE_STRING'
    | 'VALUE_NUMBER_INT'
    | 'VALUE_NUMBER_FLOAT'
    | 'VALUE_TRUE'
    | 'VALUE_FALSE'
    | 'VALUE_NULL';

export interface JsonToken {
    readonly kind: TokenKind;
    /** Decoded text of a string or field name, source text of anything else. */
    readonly text: string;
    /** Where the token begins. */
    readonly offset: number;
}

/** A text that is not JSON, with the wording of the platform's parser. `line` and `column` are 1-based. */
export class JsonSyntaxError extends Error {
    readonly line: number;
    readonly column: number;

    constructor(message: string, source: string, offset: number) {
        const before = source.slice(0, offset);
        const line = before.split('\n').length;
        const column = offset - (before.lastIndexOf('\n') + 1) + 1;
        super(`${message} at [line:${line}, column:${column}]`);
        this.line = line;
        this.column = column;
    }
}

const LITERALS: Readonly<Record<string, TokenKind>> = {
    true: 'VALUE_TRUE',
    false: 'VALUE_FALSE',
    null: 'VALUE_NULL'
};

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
    '"': '"',
    '\\': '\\',
    '/': '/',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t'
};

/**
 * Streams the tokens of a JSON text and fails at the first bad one, so that what stands before it has been read already
 * (Apex Reference, System.JSONParser).
 */
export class JsonReader {
    readonly source: string;
    #at = 0;
    /** Open containers; a comma or the end is due behind a value. */
    readonly #open: ('{' | '[')[] = [];
    #state: 'value' | 'firstName' | 'firstElement' | 'name' | 'afterValue' | 'end' = 'value';

    constructor(source: string) {
        this.source = source;
    }

    get depth(): number {
        return this.#open.length;
    }

    /** undefined at the end of the text. */
    next(): JsonToken | undefined {
        this.#skipSpace();
        if (this.#state === 'afterValue') {
            this.#separator();
            if (this.#closing !== undefined) {
                return this.#close();
            }
        }
        if (this.#at >= this.source.length) {
            return this.#end();
        }
        if (this.#state === 'firstName' || this.#state === 'name') {
            return this.#state === 'firstName' && this.source[this.#at] === '}' ? this.#close() : this.#name();
        }
        if (this.#state === 'firstElement' && this.source[this.#at] === ']') {
            return this.#close();
        }
        return this.#value();
    }

    /** The closing bracket that stands here, if any. */
    get #closing(): string | undefined {
        const char = this.source[this.#at];
        return char === '}' || char === ']' ? char : undefined;
    }

    #end(): undefined {
        if (this.#open.length > 0) {
            const kind = this.#open.at(-1) === '{' ? 'OBJECT' : 'ARRAY';
            throw this.#error(`Unexpected end-of-input: expected close marker for ${kind}`);
        }
        if (this.#state === 'value') {
            throw this.#error('No content to map to Object due to end of input');
        }
        return undefined;
    }

    /** Behind a value: takes the comma, or leaves the closing bracket. */
    #separator(): void {
        const container = this.#open.at(-1);
        if (container === undefined) {
            if (this.#at < this.source.length) {
                throw this.#unexpected('Unexpected trailing content');
            }
            this.#state = 'end';
            return;
        }
        const char = this.source[this.#at];
        if (char === ',') {
            this.#at++;
            this.#state = container === '{' ? 'name' : 'value';
            this.#skipSpace();
            if (this.#closing !== undefined) {
                throw this.#unexpected('expected a value');
            }
            return;
        }
        if (char !== undefined && char !== (container === '{' ? '}' : ']')) {
            const kind = container === '{' ? 'OBJECT' : 'ARRAY';
            throw this.#unexpected(`was expecting comma to separate ${kind} entries`);
        }
    }

    #close(): JsonToken {
        const offset = this.#at;
        const container = this.#open.pop();
        const char = this.source[offset];
        this.#at++;
        this.#state = 'afterValue';
        return { kind: container === '{' ? 'END_OBJECT' : 'END_ARRAY', text: char, offset };
    }

    #name(): JsonToken {
        if (this.source[this.#at] !== '"') {
            throw this.#unexpected('was expecting double-quote to start field name');
        }
        const offset = this.#at;
        const text = this.#string();
        this.#skipSpace();
        if (this.source[this.#at] !== ':') {
            throw this.#unexpected('was expecting a colon to separate field name and value');
        }
        this.#at++;
        this.#state = 'value';
        return { kind: 'FIELD_NAME', text, offset };
    }

    #value(): JsonToken {
        const offset = this.#at;
        const char = this.source[offset];
        if (char === '{' || char === '[') {
            this.#at++;
            this.#open.push(char);
            this.#state = char === '{' ? 'firstName' : 'firstElement';
            return { kind: char === '{' ? 'START_OBJECT' : 'START_ARRAY', text: char, offset };
        }
        this.#state = 'afterValue';
        if (char === '"') {
            return { kind: 'VALUE_STRING', text: this.#string(), offset };
        }
        return char === '-' || (char >= '0' && char <= '9') ? this.#number() : this.#literal();
    }

    #number(): JsonToken {
        const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
        pattern.lastIndex = this.#at;
        const match = pattern.exec(this.source);
        if (match === null) {
            throw this.#unexpected('expected digit (0-9) to follow minus sign');
        }
        const offset = this.#at;
        this.#at += match[0].length;
        const isFloat = match[1] !== undefined || match[2] !== undefined;
        return { kind: isFloat ? 'VALUE_NUMBER_FLOAT' : 'VALUE_NUMBER_INT', text: match[0], offset };
    }

    #literal(): JsonToken {
        const word = /[A-Za-z_$][\w$]*/y;
        word.lastIndex = this.#at;
        const text = word.exec(this.source)?.[0];
        const kind = text === undefined ? undefined : LITERALS[text];
        if (text !== undefined && kind !== undefined) {
            const offset = this.#at;
            this.#at += text.length;
            return { kind, text, offset };
        }
        if (text !== undefined) {
            throw this.#error(`Unrecognized token '${text}': was expecting 'true', 'false' or 'null'`);
        }
        throw this.#unexpected("expected a valid value (number, String, array, object, 'true', 'false' or 'null')");
    }

    #string(): string {
        this.#at++;
        let text = '';
        let start = this.#at;
        for (;;) {
            const char = this.source[this.#at];
            if (char === undefined) {
                throw this.#error('Unexpected end-of-input: was expecting closing quote for a string value');
            }
            if (char === '"') {
                text += this.source.slice(start, this.#at);
                this.#at++;
                return text;
            }
            if (char === '\\') {
                text += this.source.slice(start, this.#at) + this.#escape();
                start = this.#at;
                continue;
            }
            if (char < ' ') {
                const code = char.charCodeAt(0);
                throw this.#error(
                    `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`
                );
            }
            this.#at++;
        }
    }

    #escape(): string {
        const char = this.source[this.#at + 1] ?? '';
        const simple = SIMPLE_ESCAPES[char];
        if (simple !== undefined) {
            this.#at += 2;
            return simple;
        }
        const hex = /^[0-9a-fA-F]{4}/.exec(this.source.slice(this.#at + 2, this.#at + 6))?.[0];
        if (char !== 'u' || hex === undefined) {
            throw this.#error(`Unrecognized character escape '${char}' (code ${char.charCodeAt(0)})`);
        }
        this.#at += 6;
        return String.fromCharCode(Number.parseInt(hex, 16));
    }

    #skipSpace(): void {
        while (this.#at < this.source.length && ' \t\n\r'.includes(this.source[this.#at])) {
            this.#at++;
        }
    }

    #unexpected(expected: string): JsonSyntaxError {
        const char = this.source[this.#at];
        if (char === undefined) {
            return this.#error('Unexpected end-of-input');
        }
        return this.#error(`Unexpected character ('${char}' (code ${char.charCodeAt(0)})): ${expected}`);
    }

    #error(message: string): JsonSyntaxError {
        return new JsonSyntaxError(message, this.source, this.#at);
    }
}

/** The Apex value of a number whose type nothing tells: Integer, else Long, else Decimal. */
export function untypedNumber(token: JsonToken): number | bigint | Decimal {
    if (token.kind === 'VALUE_NUMBER_FLOAT') {
        return Decimal.parse(token.text);
    }
    const whole = BigInt(token.text);
    if (BigInt.asIntN(32, whole) === whole) {
        return Number(whole);
    }
    return BigInt.asIntN(64, whole) === whole ? whole : Decimal.of(whole);
}
