/**
 * Offset of the first character that makes a text invalid JSON, its length when it ends too early, undefined when it is
 * valid. The engine's own messages name no offset for most mistakes. Grammar: RFC 8259.
 */
export function jsonSyntaxError(source: string): number | undefined {
    const scanner = new Scanner(source);
    const failed = !scanner.value() || !scanner.atEnd();
    return failed ? scanner.offset : undefined;
}

const WHITE = ' \t\n\r';
const DIGITS = '0123456789';
const HEX = '0123456789abcdefABCDEF';

/** Each method consumes what it names and answers whether it was there; `offset` stays where it went wrong. */
class Scanner {
    offset = 0;
    readonly #source: string;

    constructor(source: string) {
        this.#source = source;
    }

    atEnd(): boolean {
        this.#skip(WHITE);
        return this.offset === this.#source.length;
    }

    value(): boolean {
        this.#skip(WHITE);
        switch (this.#next()) {
            case '{':
                return this.#list('}', () => this.#member());
            case '[':
                return this.#list(']', () => this.value());
            case '"':
                return this.#string();
            case 't':
                return this.#word('true');
            case 'f':
                return this.#word('false');
            case 'n':
                return this.#word('null');
            default:
                return this.#number();
        }
    }

    #list(end: string, item: () => boolean): boolean {
        this.offset += 1;
        this.#skip(WHITE);
        if (this.#take(end)) {
            return true;
        }
        do {
            if (!item()) {
                return false;
            }
            this.#skip(WHITE);
        } while (this.#take(','));
        return this.#take(end);
    }

    #member(): boolean {
        this.#skip(WHITE);
        const named = this.#next() === '"' && this.#string();
        this.#skip(WHITE);
        return named && this.#take(':') && this.value();
    }

    #string(): boolean {
        this.offset += 1;
        for (;;) {
            const character = this.#next();
            if (character === undefined || character < ' ') {
                return false;
            }
            this.offset += 1;
            if (character === '"') {
                return true;
            }
            if (character === '\\' && !this.#escape()) {
                return false;
            }
        }
    }

    #escape(): boolean {
        if (this.#take('u')) {
            return [1, 2, 3, 4].every(() => this.#takeAny(HEX));
        }
        return this.#takeAny('"\\/bfnrt');
    }

    #number(): boolean {
        this.#take('-');
        if (!this.#take('0') && !this.#digits()) {
            return false;
        }
        if (this.#take('.') && !this.#digits()) {
            return false;
        }
        if (this.#takeAny('eE')) {
            this.#takeAny('+-');
            return this.#digits();
        }
        return true;
    }

    #digits(): boolean {
        const found = this.#takeAny(DIGITS);
        this.#skip(DIGITS);
        return found;
    }

    #word(word: string): boolean {
        return [...word].every((character) => this.#take(character));
    }

    #next(): string | undefined {
        return this.#source[this.offset];
    }

    #take(character: string): boolean {
        return this.#takeAny(character);
    }

    #takeAny(characters: string): boolean {
        const next = this.#next();
        const found = next !== undefined && characters.includes(next);
        this.offset += found ? 1 : 0;
        return found;
    }

    #skip(characters: string): void {
        while (this.#takeAny(characters)) {
            // Each turn takes one.
        }
    }
}
