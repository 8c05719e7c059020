import type { MetadataFile } from './project.ts';
import { childrenNamed, child, textOf, type XmlElement } from './xml.ts';

/** One `…Parameters` element of a credential or identity provider. */
export interface Parameter {
    readonly element: XmlElement;
    readonly name: string | undefined;
    readonly type: string | undefined;
    readonly value: string | undefined;
    /** The element to point at when the value is wrong. */
    readonly place: XmlElement;
}

const LISTS: Readonly<Record<string, string>> = {
    ExternalAuthIdentityProvider: 'externalAuthIdentityProviderParameters',
    ExternalCredential: 'externalCredentialParameters',
    NamedCredential: 'namedCredentialParameters'
};

export function parametersOf(file: MetadataFile): readonly Parameter[] {
    const list = LISTS[file.kind];
    return (list === undefined ? [] : childrenNamed(file.root, list)).map((element) => ({
        element,
        name: textOf(element, 'parameterName'),
        type: textOf(element, 'parameterType'),
        value: textOf(element, 'parameterValue'),
        place: child(element, 'parameterValue') ?? element
    }));
}

export function parametersOfType(file: MetadataFile, ...types: readonly string[]): readonly Parameter[] {
    return parametersOf(file).filter(({ type }) => type !== undefined && types.includes(type));
}
