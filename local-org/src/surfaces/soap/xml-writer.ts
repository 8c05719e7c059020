/** Content of an element: text, children by name, or nothing; an array stands for a repeated element. */
export type XmlContent =
    string | number | boolean | null | undefined | readonly XmlContent[] | { readonly [element: string]: unknown };

/** Elements in the order of the object's keys. `undefined` leaves an element out, null is `xsi:nil`. */
export function writeXml(content: Readonly<Record<string, unknown>>): string {
    return Object.entries(content)
        .map(([name, value]) => writeElement(name, value as XmlContent))
        .join('');
}

function writeElement(name: string, value: XmlContent): string {
    if (value === undefined) {
        return '';
    }
    if (value === null) {
        return `<${name} xsi:nil="true"/>`;
    }
    if (Array.isArray(value)) {
        return value.map((item: XmlContent) => writeElement(name, item)).join('');
    }
    const content = typeof value === 'object' ? writeXml(value as Record<string, unknown>) : escapeXml(String(value));
    return `<${name}>${content}</${name}>`;
}

export function escapeXml(text: string): string {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
