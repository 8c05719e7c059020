import { compileJavaPattern } from './java-pattern.ts';

const compiled = new Map<string, RegExp>();
const CACHE_SIZE = 500;

/** The expression of a Java pattern, shared: set `lastIndex` before use. Throws PatternSyntaxError. */
export function javaRegExp(pattern: string): RegExp {
    let expression = compiled.get(pattern);
    if (expression === undefined) {
        if (compiled.size >= CACHE_SIZE) {
            compiled.clear();
        }
        expression = compileJavaPattern(pattern);
        compiled.set(pattern, expression);
    }
    return expression;
}

/** Thrown for a replacement that names no group. */
export class ReplacementError extends Error {}

/** Expands `$1`, `${name}` and `\` of a Java replacement. Throws ReplacementError. */
export function expandReplacement(replacement: string, match: RegExpExecArray): string {
    let text = '';
    for (let index = 0; index < replacement.length; index++) {
        const char = replacement[index];
        if (char === '\\') {
            index++;
            if (index >= replacement.length) {
                throw new ReplacementError('character to be escaped is missing');
            }
            text += replacement[index];
        } else if (char === '$') {
            const reference = readReference(replacement, index + 1, match);
            text += reference.text;
            index = reference.end - 1;
        } else {
            text += char;
        }
    }
    return text;
}

function readReference(replacement: string, start: number, match: RegExpExecArray): { text: string; end: number } {
    const name = /^\{([a-zA-Z][a-zA-Z0-9]*)\}/.exec(replacement.slice(start));
    if (name !== null) {
        const group = name[1];
        if (match.groups === undefined || !(group in match.groups)) {
            throw new ReplacementError(`No group with name {${group}}`);
        }
        return { text: match.groups[group] ?? '', end: start + name[0].length };
    }
    if (!/[0-9]/.test(replacement[start] ?? '')) {
        throw new ReplacementError('Illegal group reference');
    }
    let group = Number(replacement[start]);
    if (group >= match.length) {
        throw new ReplacementError(`No group ${group}`);
    }
    let end = start + 1;
    // Further digits belong to the reference as long as such a group exists.
    while (/[0-9]/.test(replacement[end] ?? '') && group * 10 + Number(replacement[end]) < match.length) {
        group = group * 10 + Number(replacement[end]);
        end++;
    }
    return { text: match[group] ?? '', end };
}

/** `String.replaceAll` and `replaceFirst` of Java. */
export function replaceMatches(text: string, pattern: string, replacement: string, onlyFirst: boolean): string {
    return replaceWith(javaRegExp(pattern), text, replacement, onlyFirst);
}

export function replaceWith(expression: RegExp, text: string, replacement: string, onlyFirst: boolean): string {
    let result = '';
    let end = 0;
    expression.lastIndex = 0;
    for (const match of text.matchAll(expression)) {
        result += text.slice(end, match.index) + expandReplacement(replacement, match);
        end = match.index + match[0].length;
        if (onlyFirst) {
            break;
        }
    }
    return result + text.slice(end);
}

/** `String.split(regex, limit)` of Java: 0 drops empty parts at the end, a positive limit is the most parts. */
export function splitAround(text: string, expression: RegExp, limit: number): string[] {
    const parts: string[] = [];
    let start = 0;
    expression.lastIndex = 0;
    for (const match of text.matchAll(expression)) {
        const end = match.index + match[0].length;
        if (limit > 0 && parts.length === limit - 1) {
            break;
        }
        // A match of nothing at the start gives no empty first part; one at the end is no separator.
        if (end === 0 || (match[0] === '' && match.index >= text.length)) {
            continue;
        }
        parts.push(text.slice(start, match.index));
        start = end;
    }
    if (start === 0 && parts.length === 0) {
        return [text];
    }
    parts.push(text.slice(start));
    while (limit === 0 && parts.length > 0 && parts[parts.length - 1] === '') {
        parts.pop();
    }
    return parts;
}
