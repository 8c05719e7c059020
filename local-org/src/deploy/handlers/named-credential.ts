import { textOf } from '../../schema/document.ts';
import { componentReferences } from '../../org/credential-setup/component-references.ts';
import { namedCredentialProblems } from '../../org/credential-setup/named-credential-rules.ts';
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
            ...componentReferences(document, 'namedCredentialParameters').flatMap(({ element, type, fullName }) =>
                checkReference(context, element, type, fullName)
            )
        ];
    }
};
