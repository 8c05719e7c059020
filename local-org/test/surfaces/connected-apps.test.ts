import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { sessionCookie } from '../../src/http/authorization.ts';
import { setAppBlocked } from '../../src/org/block-app.ts';
import { text } from './support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';
import { createUser } from './support/users.ts';

const APP = 'Integration';
const ADMIN = 'admin@target.local';
const CALLBACK = 'https://source.example/services/authcallback/TargetOrgAuth';
const TOKEN = '/services/oauth2/token';
const PAGE = '/lightning/setup/ConnectedAppsUsage/home';
const REFUSED = { error: 'app_blocked', error_description: 'this app is blocked by admin' };

let host: TestOrg;
let client: { client_id: string; client_secret: string };

beforeEach(() => {
    host = newTestOrg();
    host.deploy('ConnectedApp', APP, {
        label: 'The integration',
        contactEmail: 'integration@example.com',
        oauthConfig: {
            callbackUrl: CALLBACK,
            isClientCredentialEnabled: 'true',
            oauthClientCredentialUser: ADMIN,
            scopes: ['Api', 'RefreshToken']
        }
    });
    const [app] = host.org.oauthApps.list();
    client = { client_id: app.consumerKey, client_secret: app.consumerSecret! };
});

function ask(grant: Record<string, string>): Answer {
    return host.call('POST', TOKEN, { token: undefined, body: new URLSearchParams({ ...client, ...grant }) });
}

function accessToken(answer: Answer): string {
    assert.equal(answer.status, 200, answer.text);
    return text(answer.body.access_token);
}

/** A refresh token of the administrator. */
function refreshToken(): string {
    const { oauthGrants, admin } = host.org;
    const consent = { consumerKey: client.client_id, userId: admin.userId, scopes: new Set(['api', 'refresh_token']) };
    return oauthGrants.issueRefreshToken(consent, oauthGrants.newGrantId(), { kind: 'infinite' }).token;
}

function authorize(redirectUri = CALLBACK): Answer {
    const asked = { response_type: 'code', client_id: client.client_id, redirect_uri: redirectUri, state: 'a state' };
    return host.call('GET', `/services/oauth2/authorize?${new URLSearchParams(asked)}`, { token: undefined });
}

const callsApi = (token: string): number => host.call('GET', `${DATA}/limits`, { token }).status;

function cookie(userId = host.org.admin.userId): { cookie: string } {
    const session = host.org.sessions.open({ userId, scopes: new Set(['web', 'api']) });
    return { cookie: `${sessionCookie(host.org.id)}=${session.token}` };
}

describe('a connected app that is blocked', () => {
    test('gets no tokens, and those it has end', () => {
        const token = accessToken(ask({ grant_type: 'client_credentials' }));
        const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken() };
        assert.equal(callsApi(token), 200);
        setAppBlocked(host.org, APP, true);
        assert.equal(callsApi(token), 401);
        assert.deepEqual(ask({ grant_type: 'client_credentials' }).body, REFUSED);
        assert.deepEqual(ask(refresh).body, REFUSED);
    });

    test('is told at its own address that it is', () => {
        assert.equal(authorize().status, 200);
        setAppBlocked(host.org, APP, true);
        const { searchParams: answer } = new URL(authorize().headers['location']);
        assert.deepEqual(Object.fromEntries(answer), {
            error: 'OAUTH_APP_BLOCKED',
            error_description: 'this app is blocked by admin',
            state: 'a state'
        });
        assert.equal(authorize('https://elsewhere.example').headers['location'], undefined);
    });

    test('goes on with its refresh token when it is unblocked, not with its sessions', () => {
        const token = accessToken(ask({ grant_type: 'client_credentials' }));
        const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken() };
        setAppBlocked(host.org, APP, true);
        setAppBlocked(host.org, APP, false);
        assert.equal(callsApi(token), 401);
        assert.equal(callsApi(accessToken(ask(refresh))), 200);
        assert.equal(callsApi(accessToken(ask({ grant_type: 'client_credentials' }))), 200);
    });

    test('stays blocked when the org starts again, and when it is deployed again', () => {
        setAppBlocked(host.org, APP, true);
        host = newTestOrg({ restored: host.snapshot() });
        const [app] = host.org.oauthApps.list();
        assert.equal(app.enabled, false);
        const { fullName, document } = host.org.metadata.list('ConnectedApp')[0];
        host.deploy('ConnectedApp', fullName, { ...document, label: 'Another label' });
        assert.deepEqual(
            host.org.oauthApps.list().map(({ label, enabled }) => [label, enabled]),
            [['Another label', false]]
        );
    });

    test('has to be there', () => {
        assert.throws(() => setAppBlocked(host.org, 'Other', true), /^RangeError: No such connected app.*: Other$/);
    });
});

describe('the page of connected apps', () => {
    function press(action: string, app = APP, headers: Record<string, string> = cookie()): Answer {
        return host.call('POST', PAGE, { token: undefined, headers, body: new URLSearchParams({ app, action }) });
    }

    const shown = (): string => host.call('GET', PAGE, { token: undefined, headers: cookie() }).text;

    test('shows them with the users who came through them', () => {
        assert.match(shown(), /The integration<\/th><td>0<\/td>\s*<td>Open/);
        accessToken(ask({ grant_type: 'client_credentials' }));
        accessToken(ask({ grant_type: 'client_credentials' }));
        assert.match(shown(), /The integration<\/th><td>1<\/td>/);
    });

    test('blocks and unblocks one', () => {
        assert.equal(press('block').headers['location'], PAGE);
        assert.deepEqual(ask({ grant_type: 'client_credentials' }).body, REFUSED);
        assert.match(shown(), /<td>Blocked/);
        assert.match(shown(), /value="unblock"/);
        press('unblock');
        accessToken(ask({ grant_type: 'client_credentials' }));
    });

    test('refuses other acts, apps, sites and users', () => {
        const other = cookie(createUser(host, 'other@target.local', 'Standard User'));
        assert.equal(press('delete').status, 400);
        assert.equal(press('block', 'Other').status, 404);
        assert.equal(press('block', APP, { ...cookie(), 'sec-fetch-site': 'cross-site' }).status, 403);
        assert.equal(press('block', APP, {}).status, 401);
        assert.equal(press('block', APP, other).status, 403);
        assert.equal(host.call('GET', PAGE, { token: undefined, headers: other }).status, 403);
        accessToken(ask({ grant_type: 'client_credentials' }));
    });
});
