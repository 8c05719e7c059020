import { CHARACTER_ESCAPES, CLASS_ESCAPES, POSIX } from './character-classes.ts';
import { GuardedExpression } from './guarded-expression.ts';
import { RegionScope, type RegionBounds } from './region-scope.ts';

/**
 * Translates patterns of java.util.regex.Pattern to JavaScript regular expressions with the `v` flag. What JavaScript
 * cannot express is refused: possessive quantifiers, atomic groups, `\G`, `\X` and the comment flag.
 */
export class PatternSyntaxError extends Error {}

interface Flags {
    i: boolean;
    m: boolean;
    s: boolean;
}

/**
 * Throws PatternSyntaxError. The expression has the flags `dgv`. Where the end is `unseen`, nothing that only the end of
 * the input makes true matches: `$`, `\z`, `\Z`, `\b`, `\B` and negative lookaheads. With `region` it is for a whole text of
 * which a region is searched, and does not match beyond the end of that.
 */
export function compileJavaPattern(pattern: string, end: 'seen' | 'unseen' = 'seen', region?: RegionBounds): RegExp {
    const scope = new RegionScope(region);
    const source = scope.beginning(new Translator(pattern, end === 'unseen', scope).translate());
    try {
        return new GuardedExpression(source, 'dgv');
    } catch (error) {
        throw new PatternSyntaxError((error as Error).message);
    }
}

const NEVER = '(?!)';

class Translator {
    readonly #pattern: string;
    readonly #isEndUnseen: boolean;
    #scope: RegionScope;
    #at = 0;
    #flags: Flags = { i: false, m: false, s: false };

    constructor(pattern: string, isEndUnseen: boolean, scope: RegionScope) {
        this.#pattern = pattern;
        this.#isEndUnseen = isEndUnseen;
        this.#scope = scope;
    }

    translate(): string {
        const source = this.#alternation();
        if (this.#at < this.#pattern.length) {
            throw this.#error("Unmatched closing ')'");
        }
        return source;
    }

    /** Up to `)` or the end. Flags set inside hold to the end of the group. */
    #alternation(): string {
        const outer = { ...this.#flags };
        let source = '';
        const settings: string[] = [];
        while (this.#at < this.#pattern.length && this.#peek() !== ')') {
            if (this.#peek() === '(' && this.#isFlagSetting()) {
                const setting = this.#flagSetting();
                settings.push(setting);
                source += setting;
            } else if (this.#peek() === '|') {
                this.#at++;
                source += `${')'.repeat(settings.length)}|${settings.join('')}`;
            } else {
                source += this.#item();
            }
        }
        this.#flags = outer;
        return source + ')'.repeat(settings.length);
    }

    #item(): string {
        return this.#quantified(this.#atom(this.#next()));
    }

    #atom(char: string): string {
        switch (char) {
            case '(':
                return this.#group();
            case '[':
                return this.#scope.reading(this.#characterClass());
            case '\\':
                return this.#escape();
            case '.':
                return this.#scope.reading('.');
            case '^':
                return this.#scope.caret(this.#flags.m);
            case '$':
                return this.#lineEnd();
            case '*':
            case '+':
            case '?':
                throw this.#error(`Dangling meta character '${char}'`);
            case '{':
                throw this.#error('Illegal repetition');
            default:
                return this.#scope.reading(literal(char));
        }
    }

    #quantified(atom: string): string {
        const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.#pattern.slice(this.#at))?.[0];
        if (quantifier === undefined) {
            return atom;
        }
        this.#at += quantifier.length;
        if (this.#peek() === '+') {
            throw this.#error('Possessive quantifiers are not supported here');
        }
        if (this.#peek() === '?') {
            this.#at++;
            return `${atom}${quantifier}?`;
        }
        return atom + quantifier;
    }

    #isFlagSetting(): boolean {
        return (
            /^\(\?[a-zA-Z]*(?:-[a-zA-Z]+)?\)/.test(this.#pattern.slice(this.#at)) && this.#pattern[this.#at + 2] !== ')'
        );
    }

    /** `(?i)` becomes `(?i:` and is closed where its group ends. */
    #flagSetting(): string {
        const end = this.#pattern.indexOf(')', this.#at);
        const modifiers = this.#modifiers(this.#pattern.slice(this.#at + 2, end));
        this.#at = end + 1;
        return `(?${modifiers}:`;
    }

    #modifiers(text: string): string {
        const [on = '', off = ''] = text.split('-');
        const isKnown = (flag: string): boolean => 'ims'.includes(flag);
        for (const flag of on + off) {
            if (!isKnown(flag) && flag !== 'u' && flag !== 'U' && flag !== 'd') {
                throw this.#error(`Flag '${flag}' is not supported here`);
            }
        }
        for (const flag of on) {
            if (isKnown(flag)) this.#flags[flag as keyof Flags] = true;
        }
        for (const flag of off) {
            if (isKnown(flag)) this.#flags[flag as keyof Flags] = false;
        }
        const kept = (flags: string): string => [...new Set(flags)].filter(isKnown).join('');
        return kept(off) === '' ? kept(on) : `${kept(on)}-${kept(off)}`;
    }

    #lineEnd(): string {
        const { lineEnd, lastEnd, beforeMore } = this.#scope;
        if (this.#flags.m) return this.#isEndUnseen ? `(?:${lineEnd}${beforeMore})` : lineEnd;
        return this.#isEndUnseen ? NEVER : lastEnd;
    }

    /** Behind `(`. */
    #group(): string {
        const rest = this.#pattern.slice(this.#at);
        const prefix = /^\?(?:<[a-zA-Z][a-zA-Z0-9]*>|<?[=!]|:)/.exec(rest)?.[0];
        const flags = /^\?([a-zA-Z]*(?:-[a-zA-Z]+)?):/.exec(rest);
        const outer = { ...this.#flags };
        let open = '(';
        if (prefix !== undefined) {
            this.#at += prefix.length;
            open += prefix;
        } else if (flags !== null) {
            this.#at += flags[0].length;
            open += `?${this.#modifiers(flags[1])}:`;
        } else if (rest.startsWith('?')) {
            throw this.#error(rest.startsWith('?>') ? 'Atomic groups are not supported here' : 'Unknown group type');
        }
        const scope = this.#scope;
        const isBehind = prefix === '?<=' || prefix === '?<!';
        if (isBehind) this.#scope = scope.behind();
        else if (prefix === '?=' || prefix === '?!') this.#scope = scope.ahead();
        const content = this.#alternation();
        const body = isBehind ? this.#scope.readingBack(content) : content;
        this.#flags = outer;
        this.#scope = scope;
        if (this.#peek() !== ')') {
            throw this.#error('Unclosed group');
        }
        this.#at++;
        const group = `${open}${body})`;
        return this.#isEndUnseen && prefix === '?!' ? `(?:${group}${scope.beforeMore})` : group;
    }

    /** Behind `\` and outside a class. */
    #escape(): string {
        const char = this.#next();
        if (char === 'Q') {
            return [...this.#quotation()].map((quoted) => this.#scope.reading(literal(quoted))).join('');
        }
        const anchor = this.#anchor(char);
        if (anchor !== undefined) {
            return anchor;
        }
        if (char === 'k') {
            const name = /^<[a-zA-Z][a-zA-Z0-9]*>/.exec(this.#pattern.slice(this.#at))?.[0];
            if (name === undefined) {
                throw this.#error('\\k is not followed by a group name');
            }
            this.#at += name.length;
            return this.#scope.reading(`\\k${name}`);
        }
        if (char >= '1' && char <= '9') {
            // A following literal digit must not become part of the reference.
            return this.#scope.reading(`(?:\\${char})`);
        }
        const set = this.#classEscape(char);
        return this.#scope.reading(set === undefined ? this.#characterEscape(char) : set);
    }

    #anchor(char: string): string | undefined {
        const { start, end, lastEnd, linebreak, beforeMore } = this.#scope;
        switch (char) {
            case 'A':
                return start;
            case 'z':
                return this.#isEndUnseen ? NEVER : end;
            case 'Z':
                return this.#isEndUnseen ? NEVER : lastEnd;
            case 'R':
                return linebreak;
            case 'b':
            case 'B': {
                const boundary = this.#scope.wordBoundary(char);
                return this.#isEndUnseen ? `(?:${boundary}${beforeMore})` : boundary;
            }
            default:
                return undefined;
        }
    }

    /** A whole class such as `[0-9]` for `\d`; undefined when the escape names one character. */
    #classEscape(char: string): string | undefined {
        if (char === 'p' || char === 'P') {
            return `[${char === 'P' ? '^' : ''}${this.#property()}]`;
        }
        const content = CLASS_ESCAPES[char.toLowerCase()];
        if (content === undefined || char === 'V' || char === 'H') {
            const negated = CLASS_ESCAPES[char.toLowerCase()];
            return negated === undefined ? undefined : `[^${negated}]`;
        }
        return char === char.toLowerCase() ? `[${content}]` : `[^${content}]`;
    }

    #property(): string {
        const match = /^(?:\{([\w=]+)\}|([A-Z]))/.exec(this.#pattern.slice(this.#at));
        if (match === null) {
            throw this.#error('Unclosed character family');
        }
        this.#at += match[0].length;
        const name = match[1] ?? match[2];
        const script = /^Is([A-Z]\w+)$/.exec(name)?.[1];
        return POSIX[name] ?? (script === undefined ? `\\p{${name}}` : `\\p{Script=${script}}`);
    }

    #characterEscape(char: string): string {
        const simple = CHARACTER_ESCAPES[char];
        if (simple !== undefined) {
            return simple;
        }
        const rest = this.#pattern.slice(this.#at);
        const code =
            char === 'u'
                ? /^[0-9a-fA-F]{4}/.exec(rest)
                : char === 'x'
                  ? /^(?:[0-9a-fA-F]{2}|\{[0-9a-fA-F]+\})/.exec(rest)
                  : char === '0'
                    ? /^[0-3]?[0-7]{1,2}/.exec(rest)
                    : undefined;
        if (code) {
            this.#at += code[0].length;
            const value = Number.parseInt(code[0].replace(/[{}]/g, ''), char === '0' ? 8 : 16);
            return `\\u{${value.toString(16)}}`;
        }
        if (/[a-zA-Z0-9]/.test(char) || code === null) {
            throw this.#error(`Illegal/unsupported escape sequence '\\${char}'`);
        }
        return literal(char);
    }

    #quotation(): string {
        const end = this.#pattern.indexOf('\\E', this.#at);
        const text = this.#pattern.slice(this.#at, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#pattern.length : end + 2;
        return text;
    }

    /** Behind `[`. Unions become nested classes, intersections keep their `&&`. */
    #characterClass(): string {
        const negated = this.#peek() === '^';
        if (negated) {
            this.#at++;
        }
        const operands: string[] = [];
        let content = '';
        for (let first = true; first || this.#peek() !== ']'; first = false) {
            if (this.#at >= this.#pattern.length) {
                throw this.#error('Unclosed character class');
            }
            if (this.#pattern.startsWith('&&', this.#at)) {
                this.#at += 2;
                operands.push(`[${content}]`);
                content = '';
                continue;
            }
            content += this.#classItem();
        }
        this.#at++;
        const body = operands.length === 0 ? content : [...operands, `[${content}]`].join('&&');
        return `[${negated ? '^' : ''}${body}]`;
    }

    #classItem(): string {
        const char = this.#next();
        if (char === '[') {
            return this.#characterClass();
        }
        const start = char === '\\' ? this.#escapeInClass() : literal(char);
        const isRange = this.#peek() === '-' && !']['.includes(this.#pattern[this.#at + 1] ?? ']');
        if (!isRange || start.startsWith('[')) {
            return start;
        }
        this.#at++;
        const end = this.#next();
        return `${start}-${end === '\\' ? this.#escapeInClass() : literal(end)}`;
    }

    #escapeInClass(): string {
        const char = this.#next();
        if (char === 'Q') {
            return [...this.#quotation()].map(literal).join('');
        }
        return this.#classEscape(char) ?? this.#characterEscape(char);
    }

    #peek(): string | undefined {
        return this.#pattern[this.#at];
    }

    /** The next character, whole when it is a surrogate pair. */
    #next(): string {
        const code = this.#pattern.codePointAt(this.#at);
        if (code === undefined) {
            throw this.#error('Unexpected end of the pattern');
        }
        const char = String.fromCodePoint(code);
        this.#at += char.length;
        return char;
    }

    #error(message: string): PatternSyntaxError {
        return new PatternSyntaxError(`${message} near index ${this.#at} in ${this.#pattern}`);
    }
}

/** A character that stands for itself, inside and outside classes. */
function literal(char: string): string {
    if (/[\\^$.*+?()[\]{}|/\-&!#%,:;<=>@`~]/.test(char)) {
        return `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
    }
    return char;
}
