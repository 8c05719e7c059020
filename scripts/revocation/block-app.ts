import { CONNECTED_APP, ECA_POLICY } from '../lib/app-types.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { deployDocument, retrieveDocuments, type MetadataDocument } from '../lib/metadata-documents.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';

/** Lets the app in no more. What it did is its answer. */
export function blockApp(target: BridgeOrg, plan: LinkPlan): Promise<string> {
    return plan.app === 'connected-app'
        ? closeConnectedApp(target, plan.appName)
        : blockClientApp(target, plan.appName);
}

async function blockClientApp(target: BridgeOrg, appName: string): Promise<string> {
    const documents = await retrieveDocuments(target, { [ECA_POLICY]: ['*'] });
    const policy = documents.list(ECA_POLICY).find((item) => item.text('externalClientApplication') === appName);
    if (policy === undefined || policy.text('isEnabled') === 'false') {
        return 'it is blocked, or not there';
    }
    await deployDocument(target, policy, policy.xml.replace(/<isEnabled>true</, '<isEnabled>false<'));
    return `${appName} is blocked`;
}

/**
 * Blocking a connected app is done in Setup only. Its metadata takes away what a login rests on: the client credentials
 * flow, the certificate of assertions, and the permission set that approves its users.
 */
async function closeConnectedApp(target: BridgeOrg, appName: string): Promise<string> {
    const document = (await retrieveDocuments(target, { [CONNECTED_APP]: [appName] })).get(CONNECTED_APP, appName);
    if (document === undefined) {
        return 'it is not there';
    }
    await deployDocument(target, document, closed(document));
    return `${appName}: no client credentials, no certificate, no approved users`;
}

/** The key is given at creation only; a file that names it is refused. */
function closed({ xml }: MetadataDocument): string {
    return xml
        .replaceAll(/\s*<(consumerKey|consumerSecret|certificate|oauthClientCredentialUser)>[^<]*<\/\1>/g, '')
        .replace(/<isClientCredentialEnabled>true</, '<isClientCredentialEnabled>false<')
        .replaceAll(/\s*<permissionSetName>[^<]*<\/permissionSetName>/g, '');
}
