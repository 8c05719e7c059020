import assert from 'node:assert/strict';
import type { KeyObject } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import type { OrgInfo } from '../../local-org/src/index.ts';

const NAME = 'HubLogin';
/** Chosen here, so that the test need not read it back. */
export const HUB_APP_KEY = 'HubLoginConsumerKey';

/** Deploys an External Client App with which tools log in by JWT as an administrator. */
export async function deployHubApp({ url, admin }: OrgInfo, publicKey: KeyObject): Promise<void> {
    const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const app = `<externalClientApplication>${NAME}</externalClientApplication><label>${NAME}</label>`;
    const components: readonly (readonly [type: string, name: string, path: string, content: string])[] = [
        [
            'ExternalClientApplication',
            NAME,
            `externalClientApps/${NAME}.eca`,
            `<contactEmail>${admin.username}</contactEmail><distributionState>Local</distributionState><label>${NAME}</label>`
        ],
        [
            'ExtlClntAppOauthSettings',
            `${NAME}_oauth`,
            `extlClntAppOauthSettings/${NAME}_oauth.ecaOauth`,
            `<commaSeparatedOauthScopes>Api, Web, RefreshToken</commaSeparatedOauthScopes>${app}`
        ],
        [
            'ExtlClntAppGlobalOauthSettings',
            `${NAME}_glbloauth`,
            `extlClntAppGlobalOauthSets/${NAME}_glbloauth.ecaGlblOauth`,
            `<callbackUrl>http://localhost:1717/OauthRedirect</callbackUrl><certificate>${certificate}</certificate>` +
                `<consumerKey>${HUB_APP_KEY}</consumerKey>${app}`
        ],
        [
            'ExtlClntAppOauthConfigurablePolicies',
            `${NAME}_oauth_defaultPolicy`,
            `extlClntAppOauthPolicies/${NAME}_oauth_defaultPolicy.ecaOauthPlcy`,
            `<commaSeparatedProfile>System Administrator</commaSeparatedProfile>${app}` +
                '<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>'
        ]
    ];
    const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
    const document = (root: string, content: string): Uint8Array =>
        strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespace}>${content}</${root}>\n`);
    const types = components.map(([type, name]) => `<types><members>${name}</members><name>${type}</name></types>`);
    const zip = zipSync({
        'package.xml': document('Package', `${types.join('')}<version>67.0</version>`),
        ...Object.fromEntries(components.map(([type, , path, content]) => [path, document(type, content)]))
    });
    const body = new FormData();
    body.set('entity_content', JSON.stringify({ deployOptions: { singlePackage: true } }));
    body.set('file', new Blob([zip]), 'package.zip');
    const resource = `${url}/services/data/v67.0/metadata/deployRequest`;
    const headers = { authorization: `Bearer ${admin.accessToken}` };
    const started = (await (await fetch(resource, { method: 'POST', headers, body })).json()) as { id: string };
    const status = await fetch(`${resource}/${started.id}?includeDetails=true`, { headers });
    const { deployResult } = (await status.json()) as { deployResult: { success: boolean } };
    assert.ok(deployResult.success, JSON.stringify(deployResult));
}
