import { createRequire } from 'node:module';

/** A message or a part of one (RFC 5322, RFC 2045, RFC 2046). */
export interface MimePart {
    readonly headers: readonly MimeHeader[];
    /** `text/plain`, lower case. */
    readonly type: string;
    readonly charset: string;
    readonly fileName: string | undefined;
    readonly isAttachment: boolean;
    /** Content with its transfer encoding undone. */
    readonly body: Buffer;
    /** Of a multipart: its parts, in order. */
    readonly parts: readonly MimePart[];
}

export interface MimeHeader {
    readonly name: string;
    /** Unfolded, with its encoded words decoded. */
    readonly value: string;
    /** Unfolded, as it is written: addresses are told apart before their words are decoded (RFC 2047, 6.2). */
    readonly raw: string;
}

export interface Mailbox {
    readonly address: string;
    readonly name: string | undefined;
}

/** Nested deeper than any mail is. */
const DEEPEST = 32;

/** Loaded when the first mail is read: their tables of character sets are large, and few orgs read mail. */
const require = createRequire(import.meta.url);
type Libmime = (typeof import('libmime'))['default'];
const libmime = (): Libmime => require('libmime') as Libmime;
const libqp = (): typeof import('libqp') => require('libqp') as typeof import('libqp');
type AddressParser = (typeof import('nodemailer/lib/addressparser'))['default'];

/** Reads a message; a text without headers is a body. */
export function parseMime(bytes: Uint8Array, depth = 0): MimePart {
    const text = Buffer.from(bytes).toString('latin1');
    const end = /\r?\n\r?\n/.exec(text);
    const hasHeaders = /^[!-9;-~]+:/.test(text);
    const headers = hasHeaders ? readHeaders(text.slice(0, end?.index ?? text.length)) : [];
    const content = hasHeaders ? (end === null ? '' : text.slice(end.index + end[0].length)) : text;
    const { value: type, params } = structured(headers, 'Content-Type');
    const disposition = structured(headers, 'Content-Disposition');
    const fileName = disposition.params.filename ?? params.name;
    const { boundary } = params;
    const isMultipart = type.startsWith('multipart/') && boundary !== undefined && depth < DEEPEST;
    return {
        headers,
        type: type === '' ? 'text/plain' : type,
        charset: params.charset ?? 'us-ascii',
        fileName,
        isAttachment: disposition.value === 'attachment' || fileName !== undefined,
        body: decodeBody(content, structured(headers, 'Content-Transfer-Encoding').value),
        parts: isMultipart ? splitParts(content, boundary).map((part) => parseMime(part, depth + 1)) : []
    };
}

/** The first header of a name, in any case. */
export function headerOf(headers: readonly MimeHeader[], name: string): MimeHeader | undefined {
    const lower = name.toLowerCase();
    return headers.find((header) => header.name.toLowerCase() === lower);
}

/** Text of a part in its character set; one that is not known is read as UTF-8. */
export function textOfPart({ body, charset }: MimePart): string {
    try {
        return new TextDecoder(libmime().normalizeCharset(charset)).decode(body);
    } catch {
        return new TextDecoder().decode(body);
    }
}

/** `Ann Lee <ann@example.com>, bob@example.com`; the members of a group one by one. */
export function mailboxes(header: MimeHeader | undefined): Mailbox[] {
    const { default: parse } = require('nodemailer/lib/addressparser') as { default: AddressParser };
    return parse(header?.raw, { flatten: true })
        .filter(({ address }) => address !== '')
        .map(({ address, name }) => ({ address, name: name === '' ? undefined : libmime().decodeWords(name) }));
}

/** Headers in their order and spelling, which Apex sees. */
function readHeaders(text: string): MimeHeader[] {
    const unfolded = text.replaceAll(/\r?\n(?=[ \t])/g, '');
    return unfolded.split(/\r?\n/).flatMap((line) => {
        const colon = line.indexOf(':');
        if (colon <= 0) return [];
        const raw = line.slice(colon + 1).trim();
        return [{ name: line.slice(0, colon), value: libmime().decodeWords(raw), raw }];
    });
}

interface Structured {
    /** Lower case. */
    readonly value: string;
    /** Decoded, by lower-case name. */
    readonly params: Readonly<Record<string, string | undefined>>;
}

/** `text/plain; charset="utf-8"`, with the long and the encoded parameters of RFC 2231. */
function structured(headers: readonly MimeHeader[], name: string): Structured {
    const { value, params, decodedParams } = libmime().parseHeaderValue(headerOf(headers, name)?.raw ?? '', {
        stripComments: true
    });
    const decoded = Object.entries(params).map(([key, text]) => [
        key,
        decodedParams.includes(key) ? text : libmime().decodeWords(text)
    ]);
    return { value: value.trim().toLowerCase(), params: Object.fromEntries(decoded) as Record<string, string> };
}

function splitParts(content: string, boundary: string): Buffer[] {
    const parts: string[][] = [];
    let current: string[] | undefined;
    for (const line of content.split('\n')) {
        const bare = line.trimEnd();
        if (bare === `--${boundary}--`) break;
        if (bare === `--${boundary}`) {
            current = [];
            parts.push(current);
        } else current?.push(line);
    }
    // The line break before a boundary belongs to the boundary.
    return parts.map((lines) => Buffer.from(lines.join('\n').replace(/\r$/, ''), 'latin1'));
}

function decodeBody(content: string, encoding: string): Buffer {
    if (encoding === 'base64') return Buffer.from(content, 'base64');
    return encoding === 'quoted-printable' ? libqp().decode(content) : Buffer.from(content, 'latin1');
}
