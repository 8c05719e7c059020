/** A name with its prefix and namespace; '' where it has none. */
export interface XmlName {
    readonly prefix: string;
    readonly local: string;
    readonly namespace: string;
}

export interface XmlAttribute extends XmlName {
    readonly value: string;
}

/** A namespace declaration; '' is the default namespace. */
export interface XmlDeclaration {
    readonly prefix: string;
    readonly namespace: string;
}

export function qualified({ prefix, local }: Pick<XmlName, 'prefix' | 'local'>): string {
    return prefix === '' ? local : `${prefix}:${local}`;
}

export function escapeText(text: string): string {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function escapeAttribute(text: string): string {
    return escapeText(text).replaceAll('"', '&quot;');
}

/** ` xmlns:p="…"` for each. */
export function declarationText(declarations: readonly XmlDeclaration[]): string {
    return declarations
        .map(({ prefix, namespace }) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(namespace)}"`)
        .join('');
}
