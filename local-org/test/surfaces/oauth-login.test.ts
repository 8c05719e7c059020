import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { before, beforeEach, describe, test } from 'node:test';
import { deployApp } from './support/apps.ts';
import { text } from './support/json.ts';
import { BASE_URL, DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';

const ADMIN = 'admin@target.local';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

let privateKey: KeyObject;
let publicPem: string;
let org: TestOrg;

before(() => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    privateKey = pair.privateKey;
    publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
});

beforeEach(() => {
    org = newTestOrg({ toolingCertificate: publicPem });
});

function jwt(claims: Record<string, unknown>, header: Record<string, unknown> = { alg: 'RS256', typ: 'JWT' }): string {
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${encode(header)}.${encode(claims)}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}

function claims(more: Record<string, unknown> = {}): Record<string, unknown> {
    return { iss: 'PlatformCLI', sub: ADMIN, aud: `${BASE_URL}/`, exp: org.clock.now() / 1000 + 180, ...more };
}

function login(assertion: string): Answer {
    const body = new URLSearchParams({ grant_type: GRANT, assertion });
    return org.call('POST', '/services/oauth2/token', { body, token: undefined });
}

function refusal(assertion: string): [string, string] {
    const { status, body } = login(assertion);
    assert.equal(status, 400);
    return [text(body.error), text(body.error_description)];
}

describe('a JWT bearer login', () => {
    test('gives the tooling a session', () => {
        const answer = login(jwt(claims()));
        assert.equal(answer.status, 200);
        assert.equal(answer.body.instance_url, BASE_URL);
        assert.equal(org.call('GET', `${DATA}/limits`, { token: text(answer.body.access_token) }).status, 200);
    });

    test('takes an exp in milliseconds, as the stock command line tools send it', () => {
        assert.equal(login(jwt(claims({ exp: org.clock.now() + 300 }))).status, 200);
    });

    test('is refused when it is over', () => {
        assert.deepEqual(refusal(jwt(claims({ exp: org.clock.now() / 1000 - 1 }))), [
            'invalid_grant',
            'invalid assertion'
        ]);
    });

    test('is refused for another audience', () => {
        assert.deepEqual(refusal(jwt(claims({ aud: 'https://elsewhere.example' }))), [
            'invalid_grant',
            'audience is invalid'
        ]);
    });

    test('is refused with a changed claim', () => {
        const [header, , signature] = jwt(claims()).split('.');
        const forged = Buffer.from(JSON.stringify(claims({ sub: 'x' }))).toString('base64url');
        assert.deepEqual(refusal(`${header}.${forged}.${signature}`), ['invalid_grant', 'invalid assertion']);
    });

    test('is refused without a signature algorithm', () => {
        assert.deepEqual(refusal(jwt(claims(), { alg: 'none' })), ['invalid_grant', 'invalid assertion']);
    });

    test('is refused for an unknown user', () => {
        assert.deepEqual(refusal(jwt(claims({ sub: 'nobody' }))), ['invalid_grant', 'user is invalid']);
    });

    test('is refused for an unknown app', () => {
        assert.deepEqual(refusal(jwt(claims({ iss: 'x' }))), ['invalid_client_id', 'client identifier invalid']);
    });

    test('is refused by an app that the user did not approve', () => {
        const { key } = deployApp(org, { certificate: publicPem });
        assert.deepEqual(refusal(jwt(claims({ iss: key }))), ['invalid_grant', "user hasn't approved this consumer"]);
    });
});

describe('the identity resources', () => {
    test('tell who the token belongs to', () => {
        const { status, body } = org.call('GET', '/services/oauth2/userinfo');
        assert.equal(status, 200);
        assert.equal(body.user_id, org.org.admin.userId);
        assert.equal(body.organization_id, org.org.id);
        assert.equal(body.preferred_username, ADMIN);
        assert.equal(org.call('GET', `/id/${org.org.id}/${text(body.user_id)}`).body.username, ADMIN);
    });

    test('answer 403 in plain words', () => {
        const answers = [
            org.call('GET', '/services/oauth2/userinfo', { token: undefined }),
            org.call('GET', '/services/oauth2/userinfo', { token: 'wrong' }),
            org.call('GET', `/id/00D000000000001/${org.org.admin.userId}`),
            org.call('GET', `/id/${org.org.id}/005000000000001`)
        ];
        assert.deepEqual(
            answers.map(({ status, body }) => [status, body]),
            [
                [403, 'Missing_OAuth_Token'],
                [403, 'Bad_OAuth_Token'],
                [403, 'Wrong_Org'],
                [403, 'Bad_Id']
            ]
        );
    });
});

describe('a browser login', () => {
    function frontdoor(redirect: string): URL {
        const path = `/services/oauth2/singleaccess?redirect_uri=${encodeURIComponent(redirect)}`;
        return new URL(text(org.call('GET', path).body.frontdoor_uri));
    }

    test('sets a cookie that page resources take as a session, and works once', () => {
        const { pathname, search } = frontdoor('/lightning/page/home');
        const first = org.call('GET', pathname + search, { token: undefined });
        assert.equal(first.status, 302);
        assert.equal(first.headers['location'], '/lightning/page/home');
        const [cookie = ''] = (first.headers['set-cookie'] ?? '').split(';');
        const path = `${DATA}/ui-api/object-info/Account`;
        assert.equal(org.call('GET', path, { token: undefined, headers: { cookie } }).status, 200);
        assert.equal(org.call('GET', `${DATA}/limits`, { token: undefined, headers: { cookie } }).status, 401);
        assert.equal(org.call('GET', pathname + search, { token: undefined }).status, 403);
    });

    test('does not lead to another site', () => {
        for (const target of ['https://evil.example/x', '//evil.example/x', 'javascript:alert(1)']) {
            const { pathname, search } = frontdoor(target);
            assert.equal(org.call('GET', pathname + search, { token: undefined }).headers['location'], '/');
        }
    });

    test('carries no token in its link', () => {
        assert.ok(!frontdoor('/').href.includes(org.token));
    });

    test('is over after a minute', () => {
        const { pathname, search } = frontdoor('/');
        org.clock.advance(60_000);
        assert.equal(org.call('GET', pathname + search, { token: undefined }).status, 403);
    });
});
