/** java.net.URLEncoder in UTF-8: letters, digits and `.-*_` stay, a space is a plus. */
export function formEncode(text: string): string {
    return encodeURIComponent(text)
        .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%20', '+');
}

/** java.net.URLDecoder in UTF-8. Throws URIError for a broken escape. */
export function formDecode(text: string): string {
    return decodeURIComponent(text.replaceAll('+', ' '));
}

const ENTITIES: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;'
};

/** Text as it stands in HTML, also in an attribute. */
export function htmlEncode(text: string): string {
    return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]);
}
