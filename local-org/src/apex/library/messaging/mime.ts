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
    readonly value: string;
}

export interface Mailbox {
    readonly address: string;
    readonly name: string | undefined;
}

/** Nested deeper than any mail is. */
const DEEPEST = 32;

/** Reads a message; a text without headers is a body. */
export function parseMime(bytes: Uint8Array, depth = 0): MimePart {
    const text = Buffer.from(bytes).toString('latin1');
    const end = /\r?\n\r?\n/.exec(text);
    const hasHeaders = /^[!-9;-~]+:/.test(text);
    const headers = hasHeaders ? readHeaders(text.slice(0, end?.index ?? text.length)) : [];
    const content = hasHeaders ? (end === null ? '' : text.slice(end.index + end[0].length)) : text;
    const contentType = parameterized(headerOf(headers, 'Content-Type') ?? 'text/plain');
    const disposition = parameterized(headerOf(headers, 'Content-Disposition') ?? '');
    const fileName = disposition.parameters.get('filename') ?? contentType.parameters.get('name');
    const boundary = contentType.parameters.get('boundary');
    const isMultipart = contentType.value.startsWith('multipart/') && boundary !== undefined && depth < DEEPEST;
    return {
        headers,
        type: contentType.value === '' ? 'text/plain' : contentType.value,
        charset: contentType.parameters.get('charset') ?? 'us-ascii',
        fileName: fileName === undefined ? undefined : decodeWords(fileName),
        isAttachment: disposition.value === 'attachment' || fileName !== undefined,
        body: decodeBody(content, (headerOf(headers, 'Content-Transfer-Encoding') ?? '').trim().toLowerCase()),
        parts: isMultipart ? splitParts(content, boundary).map((part) => parseMime(part, depth + 1)) : []
    };
}

export function headerOf(headers: readonly MimeHeader[], name: string): string | undefined {
    const lower = name.toLowerCase();
    return headers.find((header) => header.name.toLowerCase() === lower)?.value;
}

/** Text of a part in its character set; one that is not known is read as UTF-8. */
export function textOfPart({ body, charset }: MimePart): string {
    return decoded(body, charset);
}

/** `Ann Lee <ann@example.com>, bob@example.com` */
export function mailboxes(value: string | undefined): Mailbox[] {
    if (value === undefined) return [];
    const entries = value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,])+/g) ?? [];
    return entries.flatMap((entry): Mailbox[] => {
        const [, name = '', address] = /^(.*?)<([^>]*)>\s*$/.exec(entry.trim()) ?? [undefined, '', entry.trim()];
        const plain = name
            .trim()
            .replace(/^"(.*)"$/, '$1')
            .replaceAll(/\\(.)/g, '$1');
        return address === undefined || address === '' ? [] : [{ address, name: plain === '' ? undefined : plain }];
    });
}

function readHeaders(text: string): MimeHeader[] {
    const unfolded = text.replaceAll(/\r?\n[ \t]+/g, ' ');
    return unfolded.split(/\r?\n/).flatMap((line) => {
        const colon = line.indexOf(':');
        return colon > 0 ? [{ name: line.slice(0, colon), value: decodeWords(line.slice(colon + 1).trim()) }] : [];
    });
}

/** `text/plain; charset="utf-8"` */
function parameterized(text: string): { readonly value: string; readonly parameters: ReadonlyMap<string, string> } {
    const [value = '', ...rest] = text.match(/(?:"(?:[^"\\]|\\.)*"|[^;])+/g) ?? [];
    const parameters = rest.flatMap((entry): [string, string][] => {
        const [, name = '', given = ''] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(entry) ?? [];
        return name === '' ? [] : [[name.toLowerCase(), given.replace(/^"(.*)"$/, '$1').replaceAll(/\\(.)/g, '$1')]];
    });
    return { value: value.trim().toLowerCase(), parameters: new Map(parameters) };
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
    if (encoding !== 'quoted-printable') return Buffer.from(content, 'latin1');
    return quotedPrintable(content.replaceAll(/[ \t]+(?=\r?\n|$)/g, ''));
}

function quotedPrintable(text: string): Buffer {
    const joined = text.replaceAll(/=\r?\n/g, '').replace(/=$/, '');
    const bytes = joined.replaceAll(/=([0-9A-Fa-f]{2})/g, (_match, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16))
    );
    return Buffer.from(bytes, 'latin1');
}

/** Encoded words of headers: `=?utf-8?Q?J=C3=BCrgen?=` (RFC 2047). */
function decodeWords(text: string): string {
    const joined = text.replaceAll(/\?=\s+=\?/g, '?==?');
    return joined.replaceAll(
        /=\?([^?]+)\?([BbQq])\?([^?]*)\?=/g,
        (_match, charset: string, kind: string, word: string) => {
            const bytes =
                kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : quotedPrintable(word.replaceAll('_', ' '));
            return decoded(bytes, charset);
        }
    );
}

function decoded(bytes: Buffer, charset: string): string {
    try {
        return new TextDecoder(charset.trim()).decode(bytes);
    } catch {
        return new TextDecoder().decode(bytes);
    }
}
