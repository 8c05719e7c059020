import { textOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';

/**
 * The secret is given when the provider is created; the org keeps it in memory. One that it has cannot be changed; one
 * that a restart took from it can be given again. Source: Metadata API Developer Guide, AuthProvider.
 */
export const authProviderHandler: MetadataHandler = {
    prepare: ({ consumerSecret: _secret, ...document }) => document,
    check({ document, fullName }, { org }, previous) {
        const isKnown = previous !== undefined && org.providerSecrets.get('AuthProvider', fullName) !== undefined;
        return textOf(document, 'consumerSecret') !== undefined && isKnown
            ? [{ message: 'Consumer Secret update is not allowed' }]
            : [];
    },
    keep({ document, fullName }, { org }) {
        const secret = textOf(document, 'consumerSecret');
        if (secret !== undefined) {
            org.providerSecrets.put('AuthProvider', fullName, new Map([['clientSecret', secret]]));
        }
    }
};
