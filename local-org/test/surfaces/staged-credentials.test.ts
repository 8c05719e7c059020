import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { APP, deployApp } from './support/apps.ts';
import { list, text } from './support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let org: TestOrg;
let pair: { key: string; secret: string };
let staged: string;

beforeEach(() => {
    org = newTestOrg();
    pair = deployApp(org, { runAs: 'admin@target.local' });
    org.deploy('Settings', 'ExternalClientApp', { enableClientSecretInRestApiAccess: 'true' });
    org.deploy('PermissionSet', 'Setup', {
        label: 'Setup',
        userPermissions: [
            'ExternalClientAppAdmin',
            'ExternalClientAppDeveloper',
            'ExternalClientAppViewer',
            'ViewClientSecret'
        ].map((name) => ({ enabled: 'true', name }))
    });
    const [set] = list(org.call('GET', `${DATA}/query?q=SELECT+Id+FROM+PermissionSet`).body.records);
    org.call('POST', `${DATA}/sobjects/PermissionSetAssignment`, {
        body: { AssigneeId: org.org.admin.userId, PermissionSetId: text(set?.Id) }
    });
    const app = org.org.oauthApps.list()[0];
    assert.equal(app?.developerName, APP);
    staged = `${DATA}/apps/oauth/credentials/${app.id}/${app.consumerId}/staged`;
});

function token({ key, secret }: { key: string; secret: string }): Answer {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: key, client_secret: secret });
    return org.call('POST', '/services/oauth2/token', { token: undefined, body });
}

function stageOne(): { id: string; key: string; secret: string } {
    const answer = org.call('POST', staged, { body: {} });
    assert.equal(answer.status, 201, answer.text);
    const [item] = list(answer.body.stagedCredentials);
    assert.equal(text(item?.state), 'Active');
    return { id: text(item?.id), key: text(item?.key), secret: text(item?.secret) };
}

const rotate = (id: string): Answer => org.call('PATCH', `${staged}/${id}`, { body: { command: 'rotate' } });

describe('staged credentials', () => {
    test('start empty, take one pair, and refuse a second', () => {
        assert.deepEqual(list(org.call('GET', staged).body.stagedCredentials), []);
        const { id } = stageOne();
        assert.equal(text(list(org.call('GET', staged).body.stagedCredentials)[0]?.id), id);
        assert.equal(org.call('POST', staged, { body: {} }).status, 409);
    });

    test('are not in use before they are rotated in', () => {
        assert.equal(token(stageOne()).status, 400);
        assert.equal(token(pair).status, 200);
    });

    test('both pairs work after a rotation, and only the new one after the old one is deleted', () => {
        const next = stageOne();
        const session = text(token(pair).body.access_token);
        assert.equal(rotate(next.id).status, 200);
        assert.equal(text(list(org.call('GET', staged).body.stagedCredentials)[0]?.state), 'Rotated');
        assert.deepEqual([token(pair).status, token(next).status], [200, 200]);
        assert.equal(org.call('DELETE', `${staged}/${next.id}`).status, 204);
        assert.equal(text(token(pair).body.error), 'invalid_client_id');
        assert.equal(token(next).status, 200);
        assert.equal(
            org.call('GET', `${DATA}/limits`, { token: session }).status,
            401,
            'a token of the old pair is left'
        );
    });

    test('a staged pair that is deleted leaves the app as it was', () => {
        const { id } = stageOne();
        assert.equal(org.call('DELETE', `${staged}/${id}`).status, 204);
        assert.equal(token(pair).status, 200);
        assert.equal(org.call('DELETE', `${staged}/${id}`).status, 404);
    });

    test('the old pair ends by itself after 30 days', () => {
        rotate(stageOne().id);
        org.clock.advance(29 * DAY_MS);
        assert.equal(token(pair).status, 200);
        org.clock.advance(2 * DAY_MS);
        assert.equal(text(token(pair).body.error), 'invalid_client_id');
        const [app] = org.org.oauthApps.list();
        assert.equal(org.org.oauthApps.consumers.of(String(app?.id), undefined).staged, undefined);
    });

    test('refuse another command, another id, a second rotation, and whoever may not see secrets', () => {
        const { id } = stageOne();
        assert.equal(org.call('PATCH', `${staged}/${id}`, { body: { command: 'swap' } }).status, 400);
        assert.equal(rotate('1Sc000000000000000').status, 404);
        rotate(id);
        assert.equal(rotate(id).status, 400);
        org.deploy('Settings', 'ExternalClientApp', { enableClientSecretInRestApiAccess: 'false' });
        assert.equal(org.call('GET', staged).status, 403);
    });
});

describe('sessions as AuthSession rows', () => {
    const rows = (): readonly { readonly [field: string]: unknown }[] =>
        list(
            org.call(
                'GET',
                `${DATA}/query?q=${encodeURIComponent("SELECT Id, UsersId, LoginType FROM AuthSession WHERE LoginType = 'Remote Access 2.0'")}`
            ).body.records
        );

    test('show the session of a token, not the token, and end it when they are deleted', () => {
        const session = text(token(pair).body.access_token);
        const [row] = rows();
        assert.equal(row?.['UsersId'], org.org.admin.userId);
        assert.equal(org.call('GET', `${DATA}/limits`, { token: session }).status, 200);
        const deleted = org.call('DELETE', `${DATA}/sobjects/AuthSession/${String(row?.['Id'])}`);
        assert.equal(deleted.status, 204, deleted.text);
        assert.equal(org.call('GET', `${DATA}/limits`, { token: session }).status, 401);
        assert.equal(rows().length, 0);
    });

    test('blocking the app ends its sessions', () => {
        const session = text(token(pair).body.access_token);
        deployApp(org, { runAs: 'admin@target.local', enabled: false });
        assert.equal(org.call('GET', `${DATA}/limits`, { token: session }).status, 401);
    });

    test('login IP ranges of the profile hold unless the policy relaxes them', () => {
        const range = { startAddress: '203.0.113.0', endAddress: '203.0.113.255' };
        org.deploy('Profile', 'System Administrator', { loginIpRanges: [range] });
        const refused = token(pair);
        assert.deepEqual([refused.body.error, refused.body.error_description], ['invalid_grant', 'ip restricted']);
        deployApp(org, { runAs: 'admin@target.local', policy: { ipRelaxationPolicyType: 'Bypass' } });
        assert.equal(token(pair).status, 200);
        deployApp(org, { runAs: 'admin@target.local', policy: { ipRelaxationPolicyType: 'Enforce' } });
        const loopback = { startAddress: '127.0.0.0', endAddress: '127.255.255.255' };
        org.deploy('Profile', 'System Administrator', { loginIpRanges: [range, loopback] });
        assert.equal(token(pair).status, 200);
    });
});
