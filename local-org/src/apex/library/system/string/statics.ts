import type { ApexDate, Datetime, Decimal } from '../../../../values/index.ts';
import type { Runtime } from '../../../runtime/runtime.ts';
import { elementsOf, noNulls } from '../../arguments.ts';
import type { ApexList } from '../../collections/apex-list.ts';
import type { NativeStatic } from '../../native.ts';
import { isWhitespaceText } from '../../text/characters.ts';
import { formatMessage } from '../../text/message-format.ts';
import { userTimeZone } from '../user-context.ts';

function commonPrefix(texts: readonly string[]): string {
    const [first = '', ...others] = texts;
    let length = first.length;
    for (const other of others) {
        while (!other.startsWith(first.slice(0, length))) {
            length--;
        }
    }
    return first.slice(0, length);
}

function join(rt: Runtime, source: unknown, separator: string): string {
    // Null elements leave their place empty.
    return elementsOf(rt, source)
        .map((element) => (element === null ? '' : rt.toText(element)))
        .join(separator);
}

function format(rt: Runtime, pattern: string, args: ApexList | null): string {
    try {
        return formatMessage(
            pattern,
            (args?.items ?? []).map((item) => rt.toText(item))
        );
    } catch (error) {
        if (error instanceof RangeError) {
            return rt.throwNew('System.StringException', error.message);
        }
        throw error;
    }
}

/** `yyyy-MM-dd HH:mm:ss` on the clock of the running user. */
function localText(rt: Runtime, value: Datetime): string {
    return value.format('yyyy-MM-dd HH:mm:ss', userTimeZone(rt));
}

function isBlank(text: string | null): boolean {
    return text === null || isWhitespaceText(text);
}

/** `null` stays null: only concatenation prints it. */
function orNull<T>(convert: (rt: Runtime, value: T) => string): NativeStatic {
    return (rt, value: T | null) => (value === null ? null : convert(rt, value));
}

const text = orNull((rt, value) => rt.toText(value));

export const stringStatics: Readonly<Record<string, NativeStatic>> = {
    'escapeSingleQuotes(String)': noNulls((_rt, value: string) => value.replace(/[\\']/g, '\\$&')),
    'format(String,List)': (rt, pattern: string | null, args: ApexList | null) =>
        pattern === null ? rt.nullPointer() : format(rt, pattern, args),
    'fromCharArray(List)': noNulls((_rt, codes: ApexList) =>
        codes.items.map((code) => String.fromCharCode(code as number)).join('')
    ),
    'getCommonPrefix(List)': noNulls((_rt, texts: ApexList) => commonPrefix(texts.items as string[])),
    'isBlank(String)': (_rt, value: string | null) => isBlank(value),
    'isEmpty(String)': (_rt, value: string | null) => value === null || value === '',
    'isNotBlank(String)': (_rt, value: string | null) => !isBlank(value),
    'isNotEmpty(String)': (_rt, value: string | null) => value !== null && value !== '',
    'join/2': noNulls(join),
    'valueOf(Date)': orNull((_rt, value: ApexDate) => value.toString()),
    'valueOf(Datetime)': orNull(localText),
    'valueOf(Decimal)': orNull((_rt, value: Decimal) => value.toString()),
    'valueOf(Double)': text,
    'valueOf(Integer)': text,
    'valueOf(Long)': text,
    'valueOf(Object)': text,
    'valueOfGmt(Datetime)': orNull((_rt, value: Datetime) => value.toString())
};
