import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { deployApp, type AppOptions } from './support/apps.ts';
import { text } from './support/json.ts';
import { BASE_URL, DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';

const ADMIN = 'admin@target.local';
let org: TestOrg;

beforeEach(() => {
    org = newTestOrg();
});

function token(fields: Record<string, string>, headers: Record<string, string> = {}): Answer {
    return org.call('POST', '/services/oauth2/token', { body: new URLSearchParams(fields), token: undefined, headers });
}

function clientCredentials(options: AppOptions, more: Record<string, string> = {}): Answer {
    const { key, secret } = deployApp(org, options);
    return token({ grant_type: 'client_credentials', client_id: key, client_secret: secret, ...more });
}

function refused(answer: Answer, error: string, description: string): void {
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, { error, error_description: description });
}

describe('client credentials', () => {
    test('give a token that works, with the app’s scopes and the run-as user', () => {
        const { key, secret } = deployApp(org, { runAs: ADMIN });
        const answer = token({ grant_type: 'client_credentials', client_id: key, client_secret: secret });
        const id = `${BASE_URL}/id/${org.org.id}/${org.org.admin.userId}`;
        const issued = String(org.clock.now());
        assert.equal(answer.status, 200);
        assert.match(text(answer.body.access_token), /^(00D\w{12,15})![.\w]*$/);
        assert.deepEqual(
            { ...answer.body, access_token: '' },
            {
                access_token: '',
                signature: createHmac('sha256', secret)
                    .update(id + issued)
                    .digest('base64'),
                scope: 'api',
                instance_url: BASE_URL,
                id,
                token_type: 'Bearer',
                issued_at: issued
            }
        );
        assert.equal(org.call('GET', `${DATA}/limits`, { token: text(answer.body.access_token) }).status, 200);
    });

    test('may come in a Basic header', () => {
        const { key, secret } = deployApp(org, { runAs: ADMIN });
        const authorization = `Basic ${btoa(`${key}:${secret}`)}`;
        assert.equal(token({ grant_type: 'client_credentials' }, { authorization }).status, 200);
    });

    test('must not come in the header and the body', () => {
        const { key, secret } = deployApp(org, { runAs: ADMIN });
        const authorization = `Basic ${btoa(`${key}:${secret}`)}`;
        const answer = token({ grant_type: 'client_credentials', client_id: key }, { authorization });
        assert.equal(answer.body.error, 'invalid_request');
    });

    test('must not ask for a scope', () => {
        refused(
            clientCredentials({ runAs: ADMIN }, { scope: 'api' }),
            'invalid_request',
            'scope parameter not supported'
        );
    });

    test('need a known key', () => {
        refused(
            token({ grant_type: 'client_credentials', client_id: '3MVG9x', client_secret: 'y' }),
            'invalid_client_id',
            'client identifier invalid'
        );
    });

    test('need the right secret', () => {
        refused(
            clientCredentials({ runAs: ADMIN }, { client_secret: 'wrong' }),
            'invalid_client',
            'invalid client credentials'
        );
    });

    for (const flags of [{ offered: false }, { allowed: false }]) {
        test(`need the flow in the settings and in the policy: ${JSON.stringify(flags)}`, () => {
            refused(
                clientCredentials({ runAs: ADMIN, ...flags }),
                'unsupported_grant_type',
                'grant type not supported'
            );
        });
    }

    for (const runAs of [undefined, 'nobody@target.local']) {
        test(`need a run-as user: ${runAs}`, () => {
            const options = runAs === undefined ? {} : { runAs };
            refused(clientCredentials(options), 'invalid_grant', 'no client credentials user enabled');
        });
    }

    test('need the approval of an administrator when the policy says so', () => {
        refused(
            clientCredentials({ runAs: ADMIN, permissionSet: 'Target_Account_API' }),
            'invalid_app_access',
            'user is not admin approved to access this app'
        );
    });

    test('are refused by an app that is blocked', () => {
        assert.equal(clientCredentials({ runAs: ADMIN, enabled: false }).body.error, 'app_blocked');
    });

    test('end with the app', () => {
        const { key, secret } = deployApp(org, { runAs: ADMIN });
        org.org.metadata.remove('ExternalClientApplication', 'SalesforceOrgIntegration');
        refused(
            token({ grant_type: 'client_credentials', client_id: key, client_secret: secret }),
            'invalid_client_id',
            'client identifier invalid'
        );
    });

    test('stay the same over a redeploy', () => {
        const before = deployApp(org, { runAs: ADMIN });
        assert.deepEqual(deployApp(org, { runAs: ADMIN, permissionSet: 'Other' }), before);
    });
});

describe('the token endpoint', () => {
    test('refuses flows that it has not, and bodies that are no form', () => {
        refused(token({ grant_type: 'password' }), 'unsupported_grant_type', 'grant type not supported');
        const answer = org.call('POST', '/services/oauth2/token', { body: {}, token: undefined });
        refused(answer, 'unsupported_grant_type', 'grant type not supported');
    });

    test('wants POST', () => {
        refused(
            org.call('GET', '/services/oauth2/token', { token: undefined }),
            'invalid_request',
            'must use HTTP POST'
        );
    });
});

describe('a token', () => {
    test('can be revoked once', () => {
        const bearer = text(clientCredentials({ runAs: ADMIN }).body.access_token);
        const revoke = (): Answer =>
            org.call('POST', '/services/oauth2/revoke', { body: new URLSearchParams({ token: bearer }) });
        assert.equal(revoke().status, 200);
        assert.equal(org.call('GET', `${DATA}/limits`, { token: bearer }).status, 401);
        assert.equal(revoke().body.error, 'invalid_token');
    });

    test('ends two hours after its last use', () => {
        const bearer = text(clientCredentials({ runAs: ADMIN }).body.access_token);
        const use = (): number => org.call('GET', `${DATA}/limits`, { token: bearer }).status;
        const hour = 3_600_000;
        org.clock.advance(1.5 * hour);
        assert.equal(use(), 200);
        org.clock.advance(1.5 * hour);
        assert.equal(use(), 200);
        org.clock.advance(2 * hour);
        assert.equal(use(), 401);
    });

    test('shows itself to its own app only', () => {
        const { key, secret } = deployApp(org, { runAs: ADMIN });
        const login = token({ grant_type: 'client_credentials', client_id: key, client_secret: secret });
        const bearer = text(login.body.access_token);
        const introspect = (inspected: string): Answer['body'] =>
            org.call('POST', '/services/oauth2/introspect', {
                body: new URLSearchParams({ token: inspected, client_id: key, client_secret: secret }),
                token: undefined
            }).body;
        const { active, username, client_id: client, scope } = introspect(bearer);
        assert.deepEqual(
            { active, username, client, scope },
            { active: true, username: ADMIN, client: key, scope: 'api' }
        );
        assert.deepEqual(introspect(org.token), { active: false });
    });

    test('without the api scope opens no REST resource', () => {
        const bearer = text(clientCredentials({ runAs: ADMIN, scopes: 'Web' }).body.access_token);
        const answer = org.call('GET', `${DATA}/limits`, { token: bearer });
        assert.equal(answer.status, 401);
        assert.deepEqual(answer.body, [
            { message: 'This session is not valid for use with the REST API', errorCode: 'INVALID_SESSION_ID' }
        ]);
    });
});
