import { textOf } from '../../schema/document.ts';
import {
    namedCredentialProblems,
    namedCredentialReferences
} from '../../org/credential-setup/named-credential-rules.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkElement, checkReference } from './references.ts';

/** Source: Metadata API Developer Guide, NamedCredential. Connect REST and Apex change them by the same rules. */
export const namedCredentialHandler: MetadataHandler = {
    check({ document }, context) {
        if (textOf(document, 'namedCredentialType') !== 'SecuredEndpoint') {
            return checkElement(context, document, 'authProvider', 'AuthProvider');
        }
        return [
            ...namedCredentialProblems(document).map((message) => ({ message })),
            ...namedCredentialReferences(document).flatMap(({ element, type, fullName }) =>
                checkReference(context, element, type, fullName)
            )
        ];
    }
};
