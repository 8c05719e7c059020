import type { Runtime } from '../../../runtime/runtime.ts';
import { INTEGER } from '../../../types/apex-types.ts';
import { allNoNulls, stringList } from '../../arguments.ts';
import { ApexList } from '../../collections/apex-list.ts';
import { isWhitespaceChar, javaTrim, splitByCategory } from '../../text/characters.ts';
import { javaRegExp, replaceMatches, splitAround } from '../../text/java-matching.ts';
import { withPatternErrors } from '../../text/regex-errors.ts';
import { checkTextLength } from '../../text/text-length.ts';

function abbreviate(rt: Runtime, text: string, width: number, offset: number = 0): string {
    if (width < 4) {
        return rt.throwNew('System.StringException', `Minimum abbreviation width is 4`);
    }
    if (text.length <= width) {
        return text;
    }
    const start = Math.min(offset, text.length, text.length - (width - 3));
    if (start <= 4) {
        return `${text.slice(0, width - 3)}...`;
    }
    if (width < 7) {
        return rt.throwNew('System.StringException', 'Minimum abbreviation width with offset is 7');
    }
    return start + width - 3 < text.length
        ? `...${abbreviate(rt, text.slice(start), width - 3)}`
        : `...${text.slice(text.length - (width - 3))}`;
}

function center(rt: Runtime, text: string, size: number, padding: string = ' '): string {
    checkTextLength(rt, size);
    const missing = size - text.length;
    if (missing <= 0) {
        return text;
    }
    return text.padStart(text.length + Math.floor(missing / 2), padding).padEnd(size, padding);
}

function swapCase(text: string): string {
    return Array.from(text, (char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join('');
}

function overlay(text: string, replacement: string, from: number, to: number): string {
    const clamp = (index: number): number => Math.max(0, Math.min(text.length, index));
    const start = Math.min(clamp(from), clamp(to));
    const end = Math.max(clamp(from), clamp(to));
    return text.slice(0, start) + replacement + text.slice(end);
}

function withoutStart(text: string, part: string, ignoreCase: boolean): string {
    const head = text.slice(0, part.length);
    return (ignoreCase ? head.toLowerCase() === part.toLowerCase() : head === part) ? text.slice(part.length) : text;
}

function withoutEnd(text: string, part: string, ignoreCase: boolean): string {
    if (part === '') {
        return text;
    }
    const tail = text.slice(-part.length);
    return (ignoreCase ? tail.toLowerCase() === part.toLowerCase() : tail === part)
        ? text.slice(0, -part.length)
        : text;
}

function leftPad(rt: Runtime, text: string, size: number, padding: string = ' '): string {
    checkTextLength(rt, size);
    return text.padStart(size, padding === '' ? ' ' : padding);
}

function rightPad(rt: Runtime, text: string, size: number, padding: string = ' '): string {
    checkTextLength(rt, size);
    return text.padEnd(size, padding === '' ? ' ' : padding);
}

function repeat(rt: Runtime, text: string, count: number, separator: string = ''): string {
    checkTextLength(rt, (text.length + separator.length) * count);
    return count <= 0 ? '' : new Array<string>(count).fill(text).join(separator);
}

function split(rt: Runtime, text: string, pattern: string, limit: number = 0): ApexList {
    return withPatternErrors(rt, () => stringList(splitAround(text, javaRegExp(pattern), limit)));
}

function replaceRegex(onlyFirst: boolean) {
    return (rt: Runtime, self: string, pattern: string, replacement: string): string =>
        withPatternErrors(rt, () => replaceMatches(self, pattern, replacement, onlyFirst));
}

function upperFirst(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
    return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Methods of String that make another text. */
export const transformMethods = allNoNulls({
    'abbreviate(Integer)': abbreviate,
    'abbreviate(Integer,Integer)': abbreviate,
    'capitalize()': (_rt, self: string) => upperFirst(self),
    'center(Integer)': center,
    'center(Integer,String)': center,
    'deleteWhitespace()': (_rt, self: string) => [...self].filter((char) => !isWhitespaceChar(char)).join(''),
    'getChars()': (_rt, self: string) =>
        new ApexList(
            INTEGER,
            Array.from({ length: self.length }, (_, index) => self.charCodeAt(index))
        ),
    'leftPad(Integer)': leftPad,
    'leftPad(Integer,String)': leftPad,
    'normalizeSpace()': (_rt, self: string) => javaTrim(self.replace(/\s+/g, ' ')),
    'overlay(String,Integer,Integer)': (_rt, self: string, text: string, from: number, to: number) =>
        overlay(self, text, from, to),
    'remove(String)': (_rt, self: string, part: string) => (part === '' ? self : self.replaceAll(part, '')),
    'removeEnd(String)': (_rt, self: string, part: string) => withoutEnd(self, part, false),
    'removeEndIgnoreCase(String)': (_rt, self: string, part: string) => withoutEnd(self, part, true),
    'removeStart(String)': (_rt, self: string, part: string) => withoutStart(self, part, false),
    'removeStartIgnoreCase(String)': (_rt, self: string, part: string) => withoutStart(self, part, true),
    'repeat(Integer)': (rt, self: string, count: number) => repeat(rt, self, count),
    'repeat(String,Integer)': (rt, self: string, separator: string, count: number) =>
        repeat(rt, self, count, separator),
    'replace(String,String)': (_rt, self: string, part: string, replacement: string) =>
        self.replaceAll(part, () => replacement),
    'replaceAll(String,String)': replaceRegex(false),
    'replaceFirst(String,String)': replaceRegex(true),
    'reverse()': (_rt, self: string) => [...self].reverse().join(''),
    'rightPad(Integer)': rightPad,
    'rightPad(Integer,String)': rightPad,
    'split(String)': split,
    'split(String,Integer)': split,
    'splitByCharacterType()': (_rt, self: string) => stringList(splitByCategory(self, false)),
    'splitByCharacterTypeCamelCase()': (_rt, self: string) => stringList(splitByCategory(self, true)),
    'stripHtmlTags()': (_rt, self: string) => self.replace(/<[^>]*>/g, ''),
    'swapCase()': (_rt, self: string) => swapCase(self),
    'toLowerCase()': (_rt, self: string) => self.toLowerCase(),
    'toLowerCase(String)': (_rt, self: string, locale: string) => self.toLocaleLowerCase(locale.replace('_', '-')),
    'toString()': (_rt, self: string) => self,
    'toUpperCase()': (_rt, self: string) => self.toUpperCase(),
    'toUpperCase(String)': (_rt, self: string, locale: string) => self.toLocaleUpperCase(locale.replace('_', '-')),
    'trim()': (_rt, self: string) => javaTrim(self),
    'uncapitalize()': (_rt, self: string) => lowerFirst(self)
});
