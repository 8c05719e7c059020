import { textOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';

/** Kept for references from credentials; the local org runs no browser login of its own against another org. */
export const authProviderHandler: MetadataHandler = {
    prepare: ({ consumerSecret: _secret, ...document }) => document,
    check({ document }, _context, previous) {
        if (textOf(document, 'consumerSecret') === undefined) {
            return [];
        }
        return [
            {
                message: previous
                    ? 'Consumer Secret update is not allowed'
                    : 'The local org does not support consumerSecret in an AuthProvider'
            }
        ];
    }
};
