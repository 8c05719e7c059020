import { documentsOf, textOf } from '../../schema/document.ts';
import type { MetadataDocument } from '../metadata-registry.ts';

/** Types of the components that a parameter of a credential names, by the element that names them. */
const TYPES: Readonly<Record<string, string>> = {
    authProvider: 'AuthProvider',
    certificate: 'Certificate',
    externalAuthIdentityProvider: 'ExternalAuthIdentityProvider',
    externalCredential: 'ExternalCredential'
};

export interface ComponentReference {
    readonly element: string;
    readonly type: string;
    readonly fullName: string;
}

/** What the parameters of a credential refer to. */
export function componentReferences(
    document: MetadataDocument | undefined,
    parameters: 'externalCredentialParameters' | 'namedCredentialParameters'
): ComponentReference[] {
    return documentsOf(document, parameters).flatMap((parameter) =>
        Object.entries(TYPES).flatMap(([element, type]) => {
            const fullName = textOf(parameter, element);
            return fullName === undefined || fullName === '' ? [] : [{ element, type, fullName }];
        })
    );
}
