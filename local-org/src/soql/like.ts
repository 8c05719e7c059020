/**
 * LIKE of SOQL: `%` is any text, `_` any character, a backslash takes the meaning from either; without regard to case.
 * Works without regular expressions, so no pattern can run for long: a mismatch only goes back to the last `%`.
 */
export function likeMatcher(pattern: string): (text: string) => boolean {
    const parts = splitPattern(pattern.toLowerCase());
    return (text) => matches(parts, [...text.toLowerCase()]);
}

type Part = { readonly kind: 'char'; readonly char: string } | { readonly kind: 'one' | 'many' };

function splitPattern(pattern: string): Part[] {
    const parts: Part[] = [];
    const chars = [...pattern];
    for (let index = 0; index < chars.length; index++) {
        const char = chars[index] ?? '';
        const next = chars[index + 1];
        if (char === '\\' && (next === '%' || next === '_' || next === '\\')) {
            parts.push({ kind: 'char', char: next });
            index += 1;
        } else if (char === '%') parts.push({ kind: 'many' });
        else if (char === '_') parts.push({ kind: 'one' });
        else parts.push({ kind: 'char', char });
    }
    return parts;
}

function matches(parts: readonly Part[], chars: readonly string[]): boolean {
    let part = 0;
    let place = 0;
    let retryPart = -1;
    let retryPlace = 0;
    while (place < chars.length) {
        const current = parts[part];
        if (current?.kind === 'many') {
            retryPart = part + 1;
            retryPlace = place;
            part = retryPart;
        } else if (current?.kind === 'one' || (current?.kind === 'char' && current.char === chars[place])) {
            part += 1;
            place += 1;
        } else if (retryPart >= 0) {
            part = retryPart;
            retryPlace += 1;
            place = retryPlace;
        } else return false;
    }
    return parts.slice(part).every((rest) => rest.kind === 'many');
}
