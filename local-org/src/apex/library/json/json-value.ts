import { JsonReader, JsonSyntaxError, type JsonToken } from './json-reader.ts';

/** Where tokens come from: a reader, or a parser that keeps track of them. */
export interface TokenSource {
    readonly source: string;
    next(): JsonToken | undefined;
}

/** A value read from JSON, with where it stands, so that a wrong type can be reported at its place. */
export type JsonNode =
    | { readonly kind: 'object'; readonly entries: readonly JsonEntry[]; readonly offset: number }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly offset: number }
    | { readonly kind: 'scalar'; readonly token: JsonToken; readonly offset: number };

export interface JsonEntry {
    readonly name: string;
    readonly value: JsonNode;
}

/** Reads a whole text. Throws JsonSyntaxError. */
export function parseJson(source: string): JsonNode {
    const reader = new JsonReader(source);
    const first = reader.next();
    if (first === undefined) {
        throw new JsonSyntaxError('No content to map to Object due to end of input', source, source.length);
    }
    const node = readNode(reader, first);
    reader.next();
    return node;
}

/** The value that begins with `first`; the reader stands behind it afterwards. */
export function readNode(reader: TokenSource, first: JsonToken): JsonNode {
    const { offset } = first;
    if (first.kind === 'START_OBJECT') {
        return { kind: 'object', entries: readEntries(reader), offset };
    }
    if (first.kind === 'START_ARRAY') {
        const items: JsonNode[] = [];
        for (let token = take(reader); token.kind !== 'END_ARRAY'; token = take(reader)) {
            items.push(readNode(reader, token));
        }
        return { kind: 'array', items, offset };
    }
    return { kind: 'scalar', token: first, offset };
}

function readEntries(reader: TokenSource): JsonEntry[] {
    const entries: JsonEntry[] = [];
    for (let token = take(reader); token.kind !== 'END_OBJECT'; token = take(reader)) {
        entries.push({ name: token.text, value: readNode(reader, take(reader)) });
    }
    return entries;
}

function take(reader: TokenSource): JsonToken {
    const token = reader.next();
    if (token === undefined) {
        throw new JsonSyntaxError('Unexpected end-of-input', reader.source, reader.source.length);
    }
    return token;
}
