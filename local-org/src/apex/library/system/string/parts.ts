import type { Runtime } from '../../../runtime/runtime.ts';
import { allNoNulls } from '../../arguments.ts';

function substring(rt: Runtime, text: string, start: number, end: number = text.length): string {
    if (start < 0 || start > text.length) {
        return rt.throwNew('System.StringException', `Starting position out of bounds: ${start}`);
    }
    if (end < start || end > text.length) {
        return rt.throwNew('System.StringException', `Ending position out of bounds: ${end}`);
    }
    return text.slice(start, end);
}

function before(text: string, index: number): string {
    return index < 0 ? text : text.slice(0, index);
}

function after(text: string, index: number, length: number): string {
    return index < 0 ? '' : text.slice(index + length);
}

function between(text: string, open: string, close: string): string | null {
    const start = text.indexOf(open);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    return end < 0 ? null : text.slice(start + open.length, end);
}

function difference(text: string, other: string): string {
    let index = 0;
    while (index < text.length && index < other.length && text[index] === other[index]) {
        index++;
    }
    return other.slice(index);
}

/** Methods of String that give a part of it. */
export const partMethods = allNoNulls({
    'difference(String)': (_rt, self: string, other: string) => difference(self, other),
    'left(Integer)': (_rt, self: string, length: number) => self.slice(0, Math.max(0, length)),
    'mid(Integer,Integer)': (_rt, self: string, start: number, length: number) =>
        length < 0 ? '' : self.slice(Math.max(0, start), Math.max(0, start) + length),
    'right(Integer)': (_rt, self: string, length: number) => (length <= 0 ? '' : self.slice(-length)),
    'substring(Integer)': substring,
    'substring(Integer,Integer)': substring,
    'substringAfter(String)': (_rt, self: string, separator: string) =>
        after(self, self.indexOf(separator), separator.length),
    'substringAfterLast(String)': (_rt, self: string, separator: string) =>
        separator === '' ? '' : after(self, self.lastIndexOf(separator), separator.length),
    'substringBefore(String)': (_rt, self: string, separator: string) => before(self, self.indexOf(separator)),
    'substringBeforeLast(String)': (_rt, self: string, separator: string) =>
        separator === '' ? self : before(self, self.lastIndexOf(separator)),
    'substringBetween(String)': (_rt, self: string, tag: string) => between(self, tag, tag),
    'substringBetween(String,String)': (_rt, self: string, open: string, close: string) => between(self, open, close)
});
