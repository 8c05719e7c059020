import { componentReferences } from '../../org/credential-setup/component-references.ts';
import { externalCredentialProblems } from '../../org/credential-setup/external-credential-rules.ts';
import { keepPrincipals } from '../../org/credential-setup/principal-components.ts';
import type { MetadataHandler } from './metadata-handler.ts';
import { checkReference } from './references.ts';

/** Source: Metadata API Developer Guide, ExternalCredential. Connect REST and Apex change them by the same rules. */
export const externalCredentialHandler: MetadataHandler = {
    check: ({ document }, context) => [
        ...externalCredentialProblems(document).map((message) => ({ message })),
        ...componentReferences(document, 'externalCredentialParameters').flatMap(({ element, type, fullName }) =>
            checkReference(context, element, type, fullName)
        )
    ],
    stageParts: ({ fullName, document }, { org }) => keepPrincipals(org.metadata, fullName, document),
    removeParts: (fullName, { org }) => keepPrincipals(org.metadata, fullName, undefined)
};
