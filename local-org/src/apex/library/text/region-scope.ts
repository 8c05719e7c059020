/** Bounds of a region of a text, as java.util.regex.Matcher has them; `before` and `after` count code points. */
export interface RegionBounds {
    /** Characters of the text before the region. */
    readonly before: number;
    /** Characters of the text behind the region. */
    readonly after: number;
    /** `^` and `$` hold at the ends of the region, not at those of the text. */
    readonly anchoring: boolean;
    /** Lookaheads, lookbehinds and `\b` see what is outside of the region. */
    readonly transparent: boolean;
}

const LINE_END = '(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])';
const WHOLE_TEXT: RegionBounds = { before: 0, after: 0, anchoring: true, transparent: false };

/**
 * What a part of an expression may read of a text of which a region is searched, as assertions of JavaScript. Lookarounds
 * with transparent bounds move the ends, and with them their anchors (java.util.regex.Pattern, classes Pos and Behind).
 */
export class RegionScope {
    readonly #bounds: RegionBounds;
    /** Characters that stand before what may be read, and behind it. */
    readonly #before: number;
    readonly #after: number;

    constructor(bounds: RegionBounds = WHOLE_TEXT, before = bounds.before, after = bounds.after) {
        this.#bounds = bounds;
        this.#before = before;
        this.#after = after;
    }

    /** `\A`. */
    get start(): string {
        return startOf(this.#bounds.anchoring ? this.#before : 0);
    }

    /** `^`, which JavaScript finds fastest as it is. With the flag m Java finds none at the end of the input. */
    caret(isMultiline: boolean): string {
        const isOfText = !this.#bounds.anchoring || this.#before === 0;
        if (!isMultiline) return isOfText ? '^' : this.start;
        return `(?:${isOfText ? '^' : `(?:${this.start}|^)`}(?!${this.end}))`;
    }

    /** `\z`. */
    get end(): string {
        return endOf(this.#bounds.anchoring ? this.#after : 0);
    }

    /** `\Z`, and `$` without the flag m. */
    get lastEnd(): string {
        return `(?=${LINE_END}?${this.end})`;
    }

    /** `$` with the flag m. */
    get lineEnd(): string {
        return this.#bounds.anchoring && this.#after > 0 ? `(?:${this.end}|$)` : '$';
    }

    get linebreak(): string {
        return this.reading(LINE_END);
    }

    /** Before a character that may be read. */
    get beforeMore(): string {
        return this.#after === 0 ? '(?=[\\s\\S])' : `(?=[\\s\\S]{${this.#after + 1},}?)`;
    }

    /** `\b` and `\B`. */
    wordBoundary(kind: 'b' | 'B'): string {
        const { transparent } = this.#bounds;
        if (transparent || (this.#before === 0 && this.#after === 0)) return `\\${kind}`;
        const behindWord = `(?<=${this.#behindStart()}\\w)`;
        const beforeWord = `(?=${this.reading('\\w')})`;
        const not = (assertion: string): string => assertion.replace(/=/, '!');
        return kind === 'b'
            ? `(?:${behindWord}${not(beforeWord)}|${not(behindWord)}${beforeWord})`
            : `(?:${behindWord}${beforeWord}|${not(behindWord)}${not(beforeWord)})`;
    }

    /** What takes characters, none of them behind the end. */
    reading(atom: string): string {
        return this.#after === 0 ? atom : `(?:${atom}(?=[\\s\\S]{${this.#after},}?))`;
    }

    /** A whole expression, which does not begin behind the end. */
    beginning(source: string): string {
        return this.#after === 0 ? source : `(?=[\\s\\S]{${this.#after},}?)(?:${source})`;
    }

    ahead(): RegionScope {
        return this.#bounds.transparent ? new RegionScope(this.#bounds, this.#before, 0) : this;
    }

    behind(): RegionScope {
        return this.#bounds.transparent ? new RegionScope(this.#bounds, 0, this.#after) : this;
    }

    /** The content of a lookbehind, which does not begin before the start. */
    readingBack(body: string): string {
        return this.#before === 0 ? body : `${this.#behindStart()}(?:${body})`;
    }

    #behindStart(): string {
        return this.#before === 0 ? '' : `(?<=[\\s\\S]{${this.#before},}?)`;
    }
}

/** The place that so many characters stand before. */
function startOf(before: number): string {
    return before === 0 ? '(?<![\\s\\S])' : `(?<=(?<![\\s\\S])[\\s\\S]{${before}})`;
}

function endOf(after: number): string {
    return after === 0 ? '(?![\\s\\S])' : `(?=[\\s\\S]{${after}}(?![\\s\\S]))`;
}
