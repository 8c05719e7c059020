import { setTimeout as sleep } from 'node:timers/promises';
import type { AppCredentials } from './app-credentials.ts';
import { BridgeError } from './errors.ts';
import type { BridgeOrg } from './org-connection.ts';
import { askForToken, type TokenAnswer } from './token-endpoint.ts';

/** A new app is unknown to the login servers for up to ten minutes. */
const PROPAGATION = { attempts: 40, pauseMs: 15_000 };

/** What each refusal means and what to do. (Salesforce Help: "OAuth 2.0 Error Codes".) */
const ACTIONS: Readonly<Record<string, string>> = {
    'no client credentials user enabled':
        'Check the run-as user of the app: it must be a user name, not an e-mail address, and active.',
    'invalid client credentials': 'The secret was rotated meanwhile. Run: npm run bridge -- connect',
    'request not supported on this domain': "Use the target org's My Domain, not login.salesforce.com.",
    'user is not admin approved to access this app': 'Assign the permission set Target_Account_API to the run-as user.'
};

/**
 * Fetches a token as the source org will and calls the target's REST API with it, so that a fault of the app shows
 * before anything in the source is touched. The token is used once and dropped.
 */
export async function probeApp(
    target: BridgeOrg,
    app: AppCredentials,
    apiPath: string,
    onWait: (text: string) => void
): Promise<void> {
    const token = await fetchToken(target, app, onWait);
    const response = await fetch(`${target.url}${apiPath}?limit=1`, { headers: { Authorization: `Bearer ${token}` } });
    if (!response.ok) {
        const body = (await response.text()).slice(0, 500);
        throw new BridgeError(
            'org',
            'TARGET_API_REFUSED',
            `The target org answered ${response.status} for GET ${apiPath}: ${body}`,
            ['Check that the integration user has the permission set Target_Account_API.']
        );
    }
    await response.arrayBuffer();
}

/**
 * Why the token endpoint refuses a pair, `invalid_client_id (client identifier invalid)`; undefined when it does not.
 * Throws TOKEN_ENDPOINT when it says neither.
 */
export async function tokenRefusal(target: BridgeOrg, app: AppCredentials): Promise<string | undefined> {
    const answer = await askAsApp(target, app);
    return 'token' in answer ? undefined : `${answer.error} (${answer.description})`;
}

export async function fetchToken(
    target: BridgeOrg,
    app: AppCredentials,
    onWait: (text: string) => void
): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
        const answer = await askAsApp(target, app);
        if ('token' in answer) {
            return answer.token;
        }
        const isPropagating = answer.error === 'invalid_client_id' && !target.isLocal;
        if (!isPropagating || attempt === PROPAGATION.attempts) {
            throw refusal(answer.error, answer.description);
        }
        onWait(`the new app is not known to the login servers yet (attempt ${attempt})`);
        await sleep(PROPAGATION.pauseMs);
    }
}

function askAsApp({ url }: BridgeOrg, { key, secret }: AppCredentials): Promise<TokenAnswer> {
    return askForToken(url, { grant_type: 'client_credentials', client_id: key, client_secret: secret });
}

function refusal(error: string, description: string): BridgeError {
    const action = ACTIONS[description] ?? 'Check the policies of the app SalesforceOrgIntegration in the target org.';
    return new BridgeError('org', 'TOKEN_REFUSED', `The target org gave no token: ${error} (${description}).`, [
        action
    ]);
}
