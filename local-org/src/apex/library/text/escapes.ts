/** Escapes of Java, JavaScript and CSV, as org.apache.commons.lang3.StringEscapeUtils makes them. */
const CONTROL_ESCAPES: Readonly<Record<string, string>> = {
    '\b': '\\b',
    '\n': '\\n',
    '\t': '\\t',
    '\f': '\\f',
    '\r': '\\r',
    '\\': '\\\\',
    '"': '\\"'
};

export function escapeJava(text: string): string {
    return escapeWith(text, CONTROL_ESCAPES);
}

export function escapeEcmaScript(text: string): string {
    return escapeWith(text, { ...CONTROL_ESCAPES, "'": "\\'", '/': '\\/' });
}

function escapeWith(text: string, escapes: Readonly<Record<string, string>>): string {
    return Array.from({ length: text.length }, (_, index) => {
        const char = text[index];
        const code = text.charCodeAt(index);
        return escapes[char] ?? (code < 32 || code > 127 ? unicodeEscape(code) : char);
    }).join('');
}

function unicodeEscape(code: number): string {
    return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Escapes what is not ASCII. */
export function escapeUnicode(text: string): string {
    return text.replace(/[\u0080-\uffff]/g, (char) => unicodeEscape(char.charCodeAt(0)));
}

export function unescapeJava(text: string): string {
    return text.replace(/\\(u+[0-9a-fA-F]{4}|[0-3]?[0-7]{1,2}|.)/gs, (_match, body: string) => {
        if (body.length > 1 && body.startsWith('u')) {
            return String.fromCharCode(Number.parseInt(body.slice(-4), 16));
        }
        if (/^[0-7]/.test(body)) {
            return String.fromCharCode(Number.parseInt(body, 8));
        }
        return CONTROL_CHARACTERS[body] ?? body;
    });
}

const CONTROL_CHARACTERS: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t', f: '\f', r: '\r' };

export function unescapeUnicode(text: string): string {
    return text.replace(/\\u+([0-9a-fA-F]{4})/g, (_match, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16))
    );
}

export function escapeCsv(text: string): string {
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function unescapeCsv(text: string): string {
    const inner = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : undefined;
    return inner !== undefined && /[",\r\n]/.test(inner) ? inner.replaceAll('""', '"') : text;
}
