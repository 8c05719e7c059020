/** Tests of characters as java.lang.Character makes them. */

const NO_BREAK_SPACES = '\u00a0\u2007\u202f\ufeff';

/** Character.isWhitespace: Unicode spaces without the no-break ones, and the control separators. */
export function isWhitespaceText(text: string): boolean {
    return [...text].every((char) => isControlSeparator(char) || (/\s/.test(char) && !NO_BREAK_SPACES.includes(char)));
}

function isControlSeparator(char: string): boolean {
    return char >= '\u001c' && char <= '\u001f';
}

export function isWhitespaceChar(char: string): boolean {
    return char !== '' && isWhitespaceText(char);
}

/** `String.trim` of Java takes everything up to the space. */
export function javaTrim(text: string): string {
    let start = 0;
    let end = text.length;
    while (start < end && text.charCodeAt(start) <= 32) {
        start++;
    }
    while (end > start && text.charCodeAt(end - 1) <= 32) {
        end--;
    }
    return text.slice(start, end);
}

const CATEGORIES: readonly (readonly [name: string, test: RegExp])[] = [
    ['upper', /^\p{Lu}$/u],
    ['lower', /^\p{Ll}$/u],
    ['title', /^\p{Lt}$/u],
    ['modifier letter', /^\p{Lm}$/u],
    ['other letter', /^\p{Lo}$/u],
    ['digit', /^\p{Nd}$/u],
    ['number', /^[\p{Nl}\p{No}]$/u],
    ['space', /^\p{Zs}$/u],
    ['dash', /^\p{Pd}$/u],
    ['open', /^\p{Ps}$/u],
    ['close', /^\p{Pe}$/u],
    ['connector', /^\p{Pc}$/u],
    ['initial quote', /^\p{Pi}$/u],
    ['final quote', /^\p{Pf}$/u],
    ['punctuation', /^\p{Po}$/u],
    ['math', /^\p{Sm}$/u],
    ['currency', /^\p{Sc}$/u],
    ['modifier symbol', /^\p{Sk}$/u],
    ['symbol', /^\p{So}$/u],
    ['mark', /^\p{M}$/u],
    ['control', /^\p{Cc}$/u]
];

/** Runs of characters of one Unicode category; with `camelCase`, an upper-case letter joins the lower-case run behind. */
export function splitByCategory(text: string, camelCase: boolean): string[] {
    const parts: string[] = [];
    let run = '';
    let runCategory = '';
    for (const char of text) {
        const category = CATEGORIES.find(([, test]) => test.test(char))?.[0] ?? 'other';
        if (category === runCategory || run === '') {
            run += char;
        } else if (camelCase && category === 'lower' && runCategory === 'upper') {
            const last = [...run].at(-1) ?? '';
            if (run.length > last.length) {
                parts.push(run.slice(0, -last.length));
            }
            run = last + char;
        } else {
            parts.push(run);
            run = char;
        }
        runCategory = category;
    }
    if (run !== '') {
        parts.push(run);
    }
    return parts;
}
