import type { MetadataDocument } from '../../org/metadata-registry.ts';
import { documentsOf, textOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';

/**
 * New connected apps are blocked in every API since Spring '26 (help article 005228017); existing ones can be changed.
 * The text of the refusal is the local org's: the platform's own is not published.
 */
export const connectedAppHandler: MetadataHandler = {
    prepare: (document, previous) => keepConsumer(document, previous?.document),
    check({ document }, { org }, previous) {
        const [oauth] = documentsOf(document, 'oauthConfig');
        if (previous === undefined && !org.deployRules.allowNewConnectedApps) {
            return [{ message: "You can't create a connected app. Create an external client app instead." }];
        }
        if (previous !== undefined) {
            return textOf(oauth, 'consumerKey') === undefined && textOf(oauth, 'consumerSecret') === undefined
                ? []
                : [{ message: 'You cannot provide a Consumer Key' }];
        }
        return GIVEN_ONCE.flatMap((element) => checkCharacters(element, textOf(oauth, element)));
    },
    keep({ document, fullName }, { org }) {
        const secret = textOf(documentsOf(document, 'oauthConfig')[0], 'consumerSecret');
        if (secret !== undefined) {
            org.oauthApps.supplySecret(fullName, secret);
        }
    }
};

/** Source: Metadata API Developer Guide, ConnectedAppOauthConfig: 8 to 256 letters and digits, set at creation only. */
const GIVEN_ONCE = ['consumerKey', 'consumerSecret'];

function checkCharacters(element: string, value: string | undefined): { message: string }[] {
    return value === undefined || /^[\w.]{8,256}$/.test(value)
        ? []
        : [{ message: `The ${element} must have 8 to 256 letters and digits.` }];
}

/** The key is given once; a later document leaves it out. */
function keepConsumer(document: MetadataDocument, previous: MetadataDocument | undefined): MetadataDocument {
    const [oauth] = documentsOf(document, 'oauthConfig');
    const [before] = documentsOf(previous, 'oauthConfig');
    const { consumerSecret: _secret, ...kept } = oauth ?? {};
    const key = textOf(before, 'consumerKey');
    return oauth === undefined ? document : { ...document, oauthConfig: { ...kept, ...(key && { consumerKey: key }) } };
}
