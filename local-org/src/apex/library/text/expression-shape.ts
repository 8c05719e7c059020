/** What decides how long a backtracking match of a JavaScript expression can take. */
export interface ExpressionShape {
    /** It repeats a group that can match the same text in several ways: the steps double with each character. */
    readonly isExponential: boolean;
    /** Repetitions without an upper end; each may stop anywhere. */
    readonly repetitions: number;
    /** Parts that may be left out, and alternatives. */
    readonly choices: number;
}

interface Group {
    /** It can match one text in several ways. */
    isVariable: boolean;
    /** First characters of its alternatives; undefined as soon as one does not start with a character of its own. */
    starts: Set<string> | undefined;
    alternatives: number;
    atStart: boolean;
}

/** The shape of an expression's source (`RegExp.source`, flag `v`). Errs on the slow side. */
export function shapeOf(source: string): ExpressionShape {
    const reader = new ShapeReader(source);
    reader.read();
    return reader;
}

class ShapeReader implements ExpressionShape {
    isExponential = false;
    repetitions = 0;
    choices = 0;
    readonly #source: string;
    #at = 0;

    constructor(source: string) {
        this.#source = source;
    }

    read(): void {
        const groups: Group[] = [newGroup()];
        while (this.#at < this.#source.length) {
            const group = groups[groups.length - 1];
            const char = this.#source[this.#at];
            if (char === '(') {
                this.#skip(/\((?:\?(?:<?[=!]|<[^>]*>|[a-z]*(?:-[a-z]*)?:))?/y);
                group.starts = group.atStart ? undefined : group.starts;
                group.atStart = false;
                groups.push(newGroup());
            } else if (char === ')') {
                this.#at += 1;
                groups.pop();
                this.#quantifier(groups[groups.length - 1], group);
            } else if (char === '|') {
                this.#at += 1;
                this.choices += 1;
                group.alternatives += 1;
                group.atStart = true;
            } else {
                this.#atom(group, char);
            }
        }
    }

    #atom(group: Group, char: string): void {
        if (char === '[') {
            this.#skipClass();
        } else if (char === '\\') {
            this.#skip(/\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|k<[^>]*>|[\s\S])/y);
        } else {
            this.#at += 1;
        }
        if (group.atStart) {
            const isOwn = !'[\\.^$'.includes(char) && group.starts?.has(char) === false;
            if (isOwn) group.starts?.add(char);
            else group.starts = undefined;
            group.atStart = false;
        }
        this.#quantifier(group, undefined);
    }

    /** The quantifier behind an atom or a group, if any. */
    #quantifier(outer: Group, inner: Group | undefined): void {
        const isAmbiguous =
            inner !== undefined && (inner.isVariable || (inner.alternatives > 1 && inner.starts === undefined));
        const text = this.#skip(/(?:[*+?]|\{\d+(?:,\d*)?\})/y);
        if (text !== '') this.#skip(/\?/y);
        if (text === '?') {
            this.choices += 1;
        } else if (text !== '') {
            const isUnbounded = text === '*' || text === '+' || text.endsWith(',}');
            if (isUnbounded) this.repetitions += 1;
            if (isAmbiguous) this.isExponential = true;
        }
        if (isAmbiguous || (text !== '' && !/^\{\d+\}$/.test(text))) outer.isVariable = true;
    }

    #skipClass(): void {
        let depth = 0;
        do {
            const char = this.#source[this.#at];
            if (char === '\\') this.#at += 1;
            else if (char === '[') depth += 1;
            else if (char === ']') depth -= 1;
            this.#at += 1;
        } while (depth > 0 && this.#at < this.#source.length);
    }

    #skip(pattern: RegExp): string {
        pattern.lastIndex = this.#at;
        const text = pattern.exec(this.#source)?.[0] ?? '';
        this.#at += text.length;
        return text;
    }
}

function newGroup(): Group {
    return { isVariable: false, starts: new Set(), alternatives: 1, atStart: true };
}
