import { SoqlError } from './errors.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';

/** A cursor over the tokens of a query. Keywords are compared without case. */
export class TokenStream {
    readonly text: string;
    readonly #tokens: readonly Token[];
    #next = 0;

    constructor(text: string) {
        this.text = text;
        this.#tokens = tokenize(text);
    }

    /** The token `ahead` places on; the last one is `end`. */
    peek(ahead = 0): Token {
        const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
        if (token === undefined) throw new Error('a query has at least the end token');
        return token;
    }

    take(): Token {
        const token = this.peek();
        this.#next += 1;
        return token;
    }

    isWord(word: string, ahead = 0): boolean {
        const token = this.peek(ahead);
        return token.kind === 'name' && token.text.toUpperCase() === word;
    }

    isSymbol(symbol: string, ahead = 0): boolean {
        const token = this.peek(ahead);
        return token.kind === 'symbol' && token.text === symbol;
    }

    acceptWord(...words: readonly string[]): boolean {
        if (!words.every((word, index) => this.isWord(word, index))) return false;
        this.#next += words.length;
        return true;
    }

    acceptSymbol(symbol: string): boolean {
        if (!this.isSymbol(symbol)) return false;
        this.#next += 1;
        return true;
    }

    expectWord(word: string): Token {
        if (!this.isWord(word)) throw this.unexpected();
        return this.take();
    }

    expectSymbol(symbol: string): Token {
        if (!this.isSymbol(symbol)) throw this.unexpected();
        return this.take();
    }

    expectName(): Token {
        if (this.peek().kind !== 'name') throw this.unexpected();
        return this.take();
    }

    unexpected(token: Token = this.peek()): SoqlError {
        const detail = token.kind === 'end' ? `unexpected token: '<EOF>'` : `unexpected token: '${token.text}'`;
        return this.malformed(detail, token.offset);
    }

    malformed(detail: string, offset: number): SoqlError {
        return new SoqlError({ code: 'MALFORMED_QUERY', detail, text: this.text, offset });
    }
}
