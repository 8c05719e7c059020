import type { Runtime } from '../../../runtime/runtime.ts';
import { allNoNulls } from '../../arguments.ts';
import { isWhitespaceChar } from '../../text/characters.ts';

function indexOfDifference(left: string, right: string): number {
    if (left === right) {
        return -1;
    }
    let index = 0;
    while (index < left.length && index < right.length && left[index] === right[index]) {
        index++;
    }
    return index;
}

function countMatches(text: string, part: string): number {
    return part === '' ? 0 : text.split(part).length - 1;
}

function indexOfAny(text: string, characters: string): number {
    return [...text].findIndex((char) => characters.includes(char));
}

function compareJava(left: string, right: string): number {
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index++) {
        const order = left.charCodeAt(index) - right.charCodeAt(index);
        if (order !== 0) {
            return order;
        }
    }
    return left.length - right.length;
}

/** Edit distance; -1 when it is above the threshold. */
function levenshtein(left: string, right: string, threshold: number = Infinity): number {
    let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
    for (let row = 1; row <= left.length; row++) {
        const current = [row];
        for (let column = 1; column <= right.length; column++) {
            const cost = left[row - 1] === right[column - 1] ? 0 : 1;
            const replaced = previous[column - 1] + cost;
            current.push(Math.min(previous[column] + 1, current[column - 1] + 1, replaced));
        }
        previous = current;
    }
    const distance = previous[right.length];
    return distance > threshold ? -1 : distance;
}

function lower(text: string): string {
    return text.toLowerCase();
}

function charAt(rt: Runtime, text: string, index: number): number {
    return index < 0 || index >= text.length
        ? rt.throwNew('System.StringException', `String index out of range: ${index}`)
        : text.charCodeAt(index);
}

function codePointAt(rt: Runtime, text: string, index: number): number {
    charAt(rt, text, index);
    return text.codePointAt(index) as number;
}

function codePointBefore(rt: Runtime, text: string, index: number): number {
    charAt(rt, text, index - 1);
    const isPair = index >= 2 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(index - 2, index));
    return text.codePointAt(isPair ? index - 2 : index - 1) as number;
}

function offsetByCodePoints(rt: Runtime, text: string, index: number, count: number): number {
    const before = [...text.slice(0, index)];
    const target = before.length + count;
    const all = [...text];
    return target < 0 || target > all.length
        ? rt.throwNew('System.StringException', `String index out of range: ${target}`)
        : all.slice(0, target).join('').length;
}

/** Methods of String that look for something or compare. */
export const searchMethods = {
    'equals(Object)': (rt: Runtime, self: string, other: unknown) => rt.equals(self, other),
    'equalsIgnoreCase(String)': (_rt: Runtime, self: string, other: string | null) =>
        other !== null && lower(self) === lower(other),
    ...allNoNulls({
        'charAt(Integer)': charAt,
        'codePointAt(Integer)': codePointAt,
        'codePointBefore(Integer)': codePointBefore,
        'codePointCount(Integer,Integer)': (_rt, self: string, start: number, end: number) =>
            [...self.slice(start, end)].length,
        'compareTo(String)': (_rt, self: string, other: string) => compareJava(self, other),
        'contains(String)': (_rt, self: string, part: string) => self.includes(part),
        'containsAny(String)': (_rt, self: string, characters: string) => indexOfAny(self, characters) >= 0,
        'containsIgnoreCase(String)': (_rt, self: string, part: string) => lower(self).includes(lower(part)),
        'containsNone(String)': (_rt, self: string, characters: string) => indexOfAny(self, characters) < 0,
        'containsOnly(String)': (_rt, self: string, characters: string) =>
            [...self].every((char) => characters.includes(char)),
        'containsWhitespace()': (_rt, self: string) => [...self].some(isWhitespaceChar),
        'countMatches(String)': (_rt, self: string, part: string) => countMatches(self, part),
        'endsWith(String)': (_rt, self: string, part: string) => self.endsWith(part),
        'endsWithIgnoreCase(String)': (_rt, self: string, part: string) => lower(self).endsWith(lower(part)),
        'getLevenshteinDistance(String)': (_rt, self: string, other: string) => levenshtein(self, other),
        'getLevenshteinDistance(String,Integer)': (_rt, self: string, other: string, threshold: number) =>
            levenshtein(self, other, threshold),
        'hashCode()': (rt, self: string) => rt.hashCode(self),
        'indexOf(String)': (_rt, self: string, part: string) => self.indexOf(part),
        'indexOf(String,Integer)': (_rt, self: string, part: string, from: number) => self.indexOf(part, from),
        'indexOfAny(String)': (_rt, self: string, characters: string) => indexOfAny(self, characters),
        'indexOfAnyBut(String)': (_rt, self: string, characters: string) =>
            [...self].findIndex((char) => !characters.includes(char)),
        'indexOfChar(Integer)': (_rt, self: string, char: number) => self.indexOf(String.fromCodePoint(char)),
        'indexOfChar(Integer,Integer)': (_rt, self: string, char: number, from: number) =>
            self.indexOf(String.fromCodePoint(char), from),
        'indexOfDifference(String)': (_rt, self: string, other: string) => indexOfDifference(self, other),
        'indexOfIgnoreCase(String)': (_rt, self: string, part: string) => lower(self).indexOf(lower(part)),
        'indexOfIgnoreCase(String,Integer)': (_rt, self: string, part: string, from: number) =>
            lower(self).indexOf(lower(part), from),
        'lastIndexOf(String)': (_rt, self: string, part: string) => self.lastIndexOf(part),
        'lastIndexOf(String,Integer)': (_rt, self: string, part: string, from: number) =>
            from < 0 ? -1 : self.lastIndexOf(part, from),
        'lastIndexOfChar(Integer)': (_rt, self: string, char: number) => self.lastIndexOf(String.fromCodePoint(char)),
        'lastIndexOfChar(Integer,Integer)': (_rt, self: string, char: number, from: number) =>
            from < 0 ? -1 : self.lastIndexOf(String.fromCodePoint(char), from),
        'lastIndexOfIgnoreCase(String)': (_rt, self: string, part: string) => lower(self).lastIndexOf(lower(part)),
        'lastIndexOfIgnoreCase(String,Integer)': (_rt, self: string, part: string, from: number) =>
            from < 0 ? -1 : lower(self).lastIndexOf(lower(part), from),
        'length()': (_rt, self: string) => self.length,
        'offsetByCodePoints(Integer,Integer)': offsetByCodePoints,
        'startsWith(String)': (_rt, self: string, part: string) => self.startsWith(part),
        'startsWithIgnoreCase(String)': (_rt, self: string, part: string) => lower(self).startsWith(lower(part))
    })
};
