import { jsonParserError } from './api-error.ts';
import { jsonSyntaxError } from './json-syntax.ts';

/** A number as it was written: record fields keep digits that a JavaScript number would lose. */
export class JsonNumber {
    readonly source: string;

    constructor(source: string) {
        this.source = source;
    }
}

/** Throws JSON_PARSER_ERROR with a position, as the platform's parser does. */
export function parseJson(source: string): unknown {
    return parse(source, undefined);
}

/** Like `parseJson`, with every number as a JsonNumber. */
export function parseExactJson(source: string): unknown {
    return parse(source, (_key, value, context) =>
        typeof value === 'number' && context.source !== undefined ? new JsonNumber(context.source) : value
    );
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

function parse(source: string, reviver: Reviver | undefined): unknown {
    try {
        // The third argument of a reviver is newer than the library typings of JSON.parse.
        return JSON.parse(source, reviver as (key: string, value: unknown) => unknown);
    } catch {
        throw jsonParserError(describe(source, jsonSyntaxError(source) ?? 0));
    }
}

function describe(source: string, offset: number): string {
    if (offset >= source.length) {
        return `Unexpected end-of-input at ${position(source, source.length)}`;
    }
    const character = String.fromCodePoint(source.codePointAt(offset) ?? 0);
    return `Unexpected character ('${character}' (code ${character.codePointAt(0)})) at ${position(source, offset)}`;
}

function position(source: string, offset: number): string {
    const before = source.slice(0, offset).split('\n');
    return `[line:${before.length}, column:${(before.at(-1)?.length ?? 0) + 1}]`;
}
