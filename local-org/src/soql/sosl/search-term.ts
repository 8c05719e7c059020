import { SoqlError } from '../errors.ts';
import { likeMatcher } from '../like.ts';

/** Says whether a record with these texts is found. */
export type TermMatcher = (texts: readonly string[]) => boolean;

type Part =
    | { readonly kind: 'phrase'; readonly words: readonly string[] }
    | { readonly kind: 'operator'; readonly text: 'AND' | 'OR' | 'NOT' | '(' | ')' };

const WORD = /[\p{L}\p{N}_*?]+/gu;
const MINIMUM_CHARACTERS = 2;

/**
 * A search term: words that must all be there, `"phrases"`, `*` and `?` as wildcards, `AND`, `OR`, `AND NOT` and
 * parentheses. Case does not matter. Source: SOQL and SOSL Reference, FIND {SearchQuery}.
 */
export function parseTerm(text: string): TermMatcher {
    const parts = split(text);
    const letters = parts.flatMap((part) => (part.kind === 'phrase' ? part.words : [])).join('');
    if (letters.replaceAll('*', '').length < MINIMUM_CHARACTERS) {
        const detail = 'search term must be longer than one character: ' + text;
        throw new SoqlError({ code: 'MALFORMED_QUERY', detail });
    }
    const reader = new TermReader(parts, text);
    return reader.read();
}

function split(text: string): Part[] {
    const parts: Part[] = [];
    for (const [piece] of text.matchAll(/"[^"]*"|[()]|[^\s()"]+/g)) {
        const operator = operatorOf(piece);
        const words = piece.toLowerCase().match(WORD) ?? [];
        if (operator !== undefined) parts.push({ kind: 'operator', text: operator });
        else if (piece.startsWith('"')) parts.push({ kind: 'phrase', words });
        else parts.push(...words.map((word): Part => ({ kind: 'phrase', words: [word] })));
    }
    return parts;
}

function operatorOf(piece: string): Extract<Part, { kind: 'operator' }>['text'] | undefined {
    const upper = piece.toUpperCase();
    return upper === 'AND' || upper === 'OR' || upper === 'NOT' || upper === '(' || upper === ')' ? upper : undefined;
}

class TermReader {
    readonly #parts: readonly Part[];
    readonly #text: string;
    #next = 0;

    constructor(parts: readonly Part[], text: string) {
        this.#parts = parts;
        this.#text = text;
    }

    read(): TermMatcher {
        const matcher = this.#either();
        if (this.#next < this.#parts.length) throw this.#malformed();
        return matcher;
    }

    #either(): TermMatcher {
        const alternatives = [this.#all()];
        while (this.#accept('OR')) alternatives.push(this.#all());
        return (texts) => alternatives.some((matches) => matches(texts));
    }

    #all(): TermMatcher {
        const conditions = [this.#one()];
        for (;;) {
            const hasMore = this.#accept('AND') || this.#startsOne();
            if (!hasMore) return (texts) => conditions.every((matches) => matches(texts));
            conditions.push(this.#one());
        }
    }

    #startsOne(): boolean {
        const part = this.#parts[this.#next];
        return part !== undefined && (part.kind === 'phrase' || part.text === 'NOT' || part.text === '(');
    }

    #one(): TermMatcher {
        if (this.#accept('NOT')) {
            const matches = this.#one();
            return (texts) => !matches(texts);
        }
        if (this.#accept('(')) {
            const matches = this.#either();
            if (!this.#accept(')')) throw this.#malformed();
            return matches;
        }
        const part = this.#parts[this.#next];
        if (part?.kind !== 'phrase') throw this.#malformed();
        this.#next += 1;
        const patterns = part.words.map(wordPattern);
        return (texts) => texts.some((text) => containsInOrder(text, patterns));
    }

    #accept(operator: string): boolean {
        const part = this.#parts[this.#next];
        if (part?.kind !== 'operator' || part.text !== operator) return false;
        this.#next += 1;
        return true;
    }

    #malformed(): SoqlError {
        return new SoqlError({ code: 'MALFORMED_QUERY', detail: `unexpected search term: ${this.#text}` });
    }
}

/** `*` and `?` are what `%` and `_` are to LIKE; its matcher cannot run for long. */
function wordPattern(word: string): (text: string) => boolean {
    return likeMatcher(word.replaceAll('_', '\\_').replaceAll('*', '%').replaceAll('?', '_'));
}

/** The words stand next to each other in the text. */
function containsInOrder(text: string, patterns: readonly ((word: string) => boolean)[]): boolean {
    const words = text.toLowerCase().match(WORD) ?? [];
    return words.some((_, start) => patterns.every((pattern, index) => pattern(words[start + index] ?? '')));
}
