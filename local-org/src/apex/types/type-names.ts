/** `Map<Id, List<Account>>` taken apart: names with their arguments, nothing resolved. */
export interface TypeName {
    /** Dotted: `Schema.SObjectType`. */
    readonly name: string;
    readonly args: readonly TypeName[];
}

/** Reads a type in Apex notation; arrays become lists. Throws SyntaxError when the text is no type. */
export function parseTypeName(text: string): TypeName {
    const reader = new TypeNameReader(text);
    const type = reader.type();
    reader.expectEnd();
    return type;
}

class TypeNameReader {
    readonly #text: string;
    #at = 0;

    constructor(text: string) {
        this.#text = text;
    }

    type(): TypeName {
        const name = this.#name();
        const args: TypeName[] = [];
        if (this.#accept('<')) {
            do {
                args.push(this.type());
            } while (this.#accept(','));
            this.#expect('>');
        }
        let type: TypeName = { name, args };
        while (this.#accept('[')) {
            this.#expect(']');
            type = { name: 'List', args: [type] };
        }
        return type;
    }

    expectEnd(): void {
        this.#skipSpace();
        if (this.#at < this.#text.length) throw this.#error();
    }

    #name(): string {
        this.#skipSpace();
        const start = this.#at;
        while (this.#at < this.#text.length && isNameCharacter(this.#text.charCodeAt(this.#at))) {
            this.#at += 1;
        }
        if (start === this.#at) throw this.#error();
        return this.#text.slice(start, this.#at);
    }

    #accept(character: string): boolean {
        this.#skipSpace();
        if (this.#text[this.#at] !== character) return false;
        this.#at += 1;
        return true;
    }

    #expect(character: string): void {
        if (!this.#accept(character)) throw this.#error();
    }

    #skipSpace(): void {
        while (this.#text[this.#at] === ' ') this.#at += 1;
    }

    #error(): SyntaxError {
        return new SyntaxError(`Not a type name: ${this.#text}`);
    }
}

function isNameCharacter(code: number): boolean {
    const isDigit = code >= 48 && code <= 57;
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    return isDigit || isLetter || code === 95 || code === 46;
}
