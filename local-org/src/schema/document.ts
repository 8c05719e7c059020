import type { MetadataDocument, MetadataValue } from '../org/metadata-registry.ts';

/** Typed reads of metadata documents; an absent element reads as undefined, false or an empty list. */
export function textOf(document: MetadataDocument | undefined, element: string): string | undefined {
    const value = document?.[element];
    return typeof value === 'string' ? value : undefined;
}

export function flagOf(document: MetadataDocument | undefined, element: string): boolean {
    return textOf(document, element) === 'true';
}

export function numberOf(document: MetadataDocument | undefined, element: string): number | undefined {
    const text = textOf(document, element);
    return text === undefined ? undefined : Number(text);
}

export function documentOf(document: MetadataDocument | undefined, element: string): MetadataDocument | undefined {
    const value = document?.[element];
    return isDocument(value) ? value : undefined;
}

export function documentsOf(document: MetadataDocument | undefined, element: string): readonly MetadataDocument[] {
    return valuesOf(document, element).filter(isDocument);
}

export function textsOf(document: MetadataDocument | undefined, element: string): readonly string[] {
    return valuesOf(document, element).filter((value) => typeof value === 'string');
}

function valuesOf(document: MetadataDocument | undefined, element: string): readonly (string | MetadataDocument)[] {
    const value = document?.[element];
    if (value === undefined) return [];
    return isList(value) ? value : [value];
}

function isList(value: MetadataValue): value is readonly (string | MetadataDocument)[] {
    return Array.isArray(value);
}

function isDocument(value: MetadataValue | undefined): value is MetadataDocument {
    return typeof value === 'object' && !Array.isArray(value);
}
