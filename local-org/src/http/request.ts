import { bodyRequired, unsupportedMediaType } from './api-error.ts';
import { parseExactJson, parseJson } from './json-body.ts';
import type { WireRequest } from './types.ts';

/** A request as handlers see it: path and query apart, the body parsed on demand. */
export interface HttpRequest {
    readonly method: string;
    /** Without query, starts with exactly one slash, still percent-encoded. */
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly remoteAddress: string;
    /** Media type in lower case without parameters; empty when there is none. */
    readonly contentType: string;
    text(): string;
    /** Throws 415 for another media type, 400 JSON_PARSER_ERROR for a missing or malformed body. */
    json(): unknown;
    /** As `json()`, numbers as JsonNumber so that no digit is lost. */
    exactJson(): unknown;
    /** An `application/x-www-form-urlencoded` body; undefined when the body is of another type. */
    form(): URLSearchParams | undefined;
    cookie(name: string): string | undefined;
}

/** Clients that were given an instance URL with a trailing slash send `//services/…`; the platform takes it. */
export function parseRequest(wire: WireRequest): HttpRequest {
    const target = `/${wire.url.slice(leadingSlashes(wire.url))}`;
    const mark = target.indexOf('?');
    const path = mark < 0 ? target : target.slice(0, mark);
    const contentType = (wire.headers['content-type'] ?? '').split(';', 1)[0].trim().toLowerCase();
    const readText = (): string => new TextDecoder().decode(wire.body);
    const readJson = (parse: (source: string) => unknown): unknown => {
        if (contentType !== 'application/json') {
            throw contentType === '' && wire.body.length === 0 ? bodyRequired() : unsupportedMediaType(contentType);
        }
        const source = readText();
        if (source.trim() === '') {
            throw bodyRequired();
        }
        return parse(source);
    };
    return {
        method: wire.method,
        path,
        query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
        headers: wire.headers,
        body: wire.body,
        remoteAddress: wire.remoteAddress,
        contentType,
        text: readText,
        json: () => readJson(parseJson),
        exactJson: () => readJson(parseExactJson),
        form: () => (contentType === 'application/x-www-form-urlencoded' ? new URLSearchParams(readText()) : undefined),
        cookie: (name) => readCookie(wire.headers['cookie'], name)
    };
}

function leadingSlashes(url: string): number {
    let count = 0;
    while (url[count] === '/') {
        count += 1;
    }
    return count;
}

function readCookie(header: string | undefined, name: string): string | undefined {
    for (const part of header?.split(';') ?? []) {
        const equals = part.indexOf('=');
        if (equals > 0 && part.slice(0, equals).trim() === name) {
            return part.slice(equals + 1).trim();
        }
    }
    return undefined;
}
