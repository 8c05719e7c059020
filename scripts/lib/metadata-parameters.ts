import type { Element, MetadataDocument } from './metadata-documents.ts';

/**
 * A parameter of a credential or of an identity provider, by its type and, where a type comes several times, by its name.
 * `list` is the element that repeats. Source: Metadata API Developer Guide, NamedCredential, ExternalCredential and
 * ExternalAuthIdentityProvider.
 */
export function parameterOf(
    document: MetadataDocument | undefined,
    list: string,
    type: string,
    name?: string
): Element | undefined {
    return document
        ?.list(list)
        .find((entry) => entry['parameterType'] === type && (name === undefined || entry['parameterName'] === name));
}
