/** Text of Apex string literals. The lexer has already refused unknown escapes. */

const ESCAPES: Readonly<Record<string, string>> = {
    n: '\n',
    r: '\r',
    t: '\t',
    b: '\b',
    f: '\f',
    '"': '"',
    "'": "'",
    '\\': '\\'
};

/** `'it\'s'` as written in the source to its characters. */
export function stringLiteralValue(source: string): string {
    return unescape(source.slice(1, -1));
}

/** `'''` on a line of its own, text, `'''`: the first line break belongs to the quotes. */
export function multilineLiteralValue(source: string): string {
    const body = source.slice(3, -3);
    const lineEnd = body.indexOf('\n');
    return unescape(lineEnd === -1 ? body : body.slice(lineEnd + 1));
}

function unescape(text: string): string {
    if (!text.includes('\\')) {
        return text;
    }
    let result = '';
    for (let index = 0; index < text.length; index += 1) {
        const character = text[index];
        if (character !== '\\') {
            result += character;
            continue;
        }
        index += 1;
        const escape = text[index] ?? '';
        if (escape === 'u' || escape === 'U') {
            result += String.fromCharCode(Number.parseInt(text.slice(index + 1, index + 5), 16));
            index += 4;
        } else {
            result += ESCAPES[escape.toLowerCase()] ?? escape;
        }
    }
    return result;
}
