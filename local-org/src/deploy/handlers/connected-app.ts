import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';

/**
 * New connected apps are blocked in every API since Spring '26 (help article 005228017); existing ones can be changed.
 * The text of the refusal is the local org's: the platform's own is not published.
 */
export const connectedAppHandler: MetadataHandler = {
    prepare: (document, previous) => keepConsumer(document, previous?.document),
    check({ document }, { rules }, previous) {
        const [oauth] = documentsOf(document, 'oauthConfig');
        if (previous === undefined && !rules.allowNewConnectedApps) {
            return [{ message: "You can't create a connected app. Create an external client app instead." }];
        }
        if (textOf(oauth, 'consumerSecret') !== undefined) {
            return [{ message: 'The local org does not support consumerSecret in a ConnectedApp; it makes its own' }];
        }
        return previous !== undefined && textOf(oauth, 'consumerKey') !== undefined
            ? [{ message: 'You cannot provide a Consumer Key' }]
            : [];
    }
};

/** The key is given once; a later document leaves it out. */
function keepConsumer(document: MetadataDocument, previous: MetadataDocument | undefined): MetadataDocument {
    const [oauth] = documentsOf(document, 'oauthConfig');
    const [before] = documentsOf(previous, 'oauthConfig');
    const { consumerSecret: _secret, ...kept } = oauth ?? {};
    const key = textOf(before, 'consumerKey');
    return oauth === undefined ? document : { ...document, oauthConfig: { ...kept, ...(key && { consumerKey: key }) } };
}
