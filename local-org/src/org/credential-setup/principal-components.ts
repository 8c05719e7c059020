import { documentsOf, textOf } from '../../schema/document.ts';
import { PRINCIPAL_TYPES } from './external-credential-rules.ts';
import type { MetadataDocument, MetadataRegistry } from '../metadata-registry.ts';

/** The platform's object for principals: what permission sets give access to. */
export const PRINCIPAL = 'ExternalCredentialParameter';

export function principalFullName(credential: string, principal: string): string {
    return `${credential}-${principal}`;
}

/**
 * Keeps a component for each principal of an external credential, as its document has them: one that it leaves out is
 * gone, and its secret with it. Without a document all of them go.
 */
export function keepPrincipals(
    metadata: MetadataRegistry,
    credential: string,
    document: MetadataDocument | undefined
): void {
    const kept = new Set<string>();
    for (const parameter of documentsOf(document, 'externalCredentialParameters')) {
        if (!PRINCIPAL_TYPES.includes(textOf(parameter, 'parameterType') ?? '')) continue;
        const fullName = principalFullName(credential, textOf(parameter, 'parameterName') ?? '');
        kept.add(fullName.toLowerCase());
        metadata.put({ type: PRINCIPAL, fullName, files: new Map(), document: parameter });
    }
    const prefix = principalFullName(credential, '').toLowerCase();
    for (const { fullName } of metadata.list(PRINCIPAL)) {
        const name = fullName.toLowerCase();
        if (name.startsWith(prefix) && !kept.has(name)) metadata.remove(PRINCIPAL, fullName);
    }
}
