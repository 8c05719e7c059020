import assert from 'node:assert/strict';
import { createHash, createHmac, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { before, beforeEach, describe, test } from 'node:test';
import { sessionCookie } from '../../src/http/authorization.ts';
import { deployApp } from './support/apps.ts';
import { text } from './support/json.ts';
import { BASE_URL, DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';

/**
 * Requests that an OAuth server must not accept, each with the error that the platform documents (help
 * xcloud.remoteaccess_oauth_flow_errors, RFC 6749, 7009, 7523, 7636, 7662). Every list is checked to hold what is
 * refused only because of its fault: the same request without the fault is accepted.
 */
const ADMIN = 'admin@target.local';
const CALLBACK = 'https://source.example/services/authcallback/TargetOrgAuth';
const VERIFIER = 'a-verifier-that-is-long-enough-for-the-standard-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const TOKEN = '/services/oauth2/token';
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

type Fields = Readonly<Record<string, string | undefined>>;
type Parameters = Fields | readonly (readonly [string, string])[];

let refusals = 0;
let host: TestOrg;
let app: { key: string; secret: string };
let key: KeyObject;
let publicPem: string;
let cookie: string;

before(() => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    key = pair.privateKey;
    publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
});

beforeEach(() => {
    host = newTestOrg({ toolingCertificate: publicPem });
    app = deployApp(host, {
        scopes: 'Api, RefreshToken',
        runAs: ADMIN,
        certificate: publicPem,
        global: { callbackUrl: CALLBACK, isRefreshTokenRotationEnabled: 'true' },
        policy: {
            refreshTokenPolicyType: 'SpecificLifetime',
            refreshTokenValidityPeriod: '1',
            refreshTokenValidityUnit: 'Days'
        }
    });
    const { org } = host;
    const session = org.sessions.open({ userId: org.admin.userId, scopes: new Set(['web', 'api']) });
    cookie = `${sessionCookie(org.id)}=${session.token}`;
    const scopes = new Set(['api', 'refresh_token']);
    org.oauthGrants.approve({ consumerKey: app.key, userId: org.admin.userId, scopes });
});

function encode(parameters: Parameters): URLSearchParams {
    const entries = Array.isArray(parameters)
        ? (parameters as [string, string][])
        : Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return new URLSearchParams(entries);
}

function post(path: string, parameters: Parameters, headers: Readonly<Record<string, string>> = {}): Answer {
    return host.call('POST', path, { token: undefined, body: encode(parameters), headers });
}

function authorizing(more: Fields = {}): Fields {
    const request = { response_type: 'code', client_id: app.key, redirect_uri: CALLBACK, state: 'the state' };
    return { ...request, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...more };
}

function authorize(parameters: Parameters): Answer {
    const path = `/services/oauth2/authorize?${encode(parameters)}`;
    return host.call('GET', path, { token: undefined, headers: { cookie } });
}

function newCode(more: Fields = {}): string {
    const answer = authorize(authorizing(more));
    assert.equal(answer.status, 302, answer.text);
    return new URL(answer.headers['location']).searchParams.get('code') ?? '';
}

function exchanging(more: Fields = {}): Fields {
    const client = { client_id: app.key, client_secret: app.secret };
    const grant = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code_verifier: VERIFIER };
    return { ...grant, ...client, ...('code' in more ? {} : { code: newCode() }), ...more };
}

function tokens(more: Fields = {}): { access: string; refresh: string } {
    const answer = post(TOKEN, exchanging(more));
    assert.equal(answer.status, 200, answer.text);
    return { access: text(answer.body.access_token), refresh: text(answer.body.refresh_token) };
}

function refreshing(more: Fields = {}): Fields {
    return { grant_type: 'refresh_token', client_id: app.key, client_secret: app.secret, ...more };
}

/** JSON with `error`, and no token in any form. */
function refuse(what: string, answer: Answer, error: string, description?: string | RegExp): void {
    refusals += 1;
    assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status} ${answer.text}`);
    assert.doesNotMatch(answer.text, /00D\w{12,15}!|aPrx|5Aep/, what);
    assert.equal(answer.body.error, error, `${what}: ${answer.text}`);
    if (typeof description === 'string') {
        assert.equal(answer.body.error_description, description, what);
    } else if (description !== undefined) {
        assert.match(text(answer.body.error_description), description, what);
    }
}

/** A page of the org, which leads nowhere. */
function refuseOnPage(what: string, answer: Answer, error: string): void {
    refusals += 1;
    assert.equal(answer.status, 400, `${what}: ${answer.status} ${answer.headers['location'] ?? ''}`);
    assert.equal(answer.headers['location'], undefined, what);
    assert.match(answer.text, new RegExp(`error=${error}&amp;`), what);
}

/** Told to the app at its own address, with its state, without a code. */
function refuseToApp(what: string, answer: Answer, error: string): void {
    refusals += 1;
    assert.equal(answer.status, 302, `${what}: ${answer.text}`);
    const url = new URL(answer.headers['location']);
    assert.equal(url.origin + url.pathname, CALLBACK, what);
    assert.deepEqual(
        [url.searchParams.get('error'), url.searchParams.get('code'), url.searchParams.get('state')],
        [error, null, 'the state'],
        what
    );
}

/** Addresses that look like the registered one. */
const NEAR_MISSES: readonly string[] = [
    `${CALLBACK}/`,
    `${CALLBACK}?`,
    `${CALLBACK}?x=1`,
    `${CALLBACK}#`,
    `${CALLBACK}#fragment`,
    `${CALLBACK}%20`,
    `${CALLBACK} `,
    ` ${CALLBACK}`,
    `${CALLBACK}\n`,
    `${CALLBACK}\0`,
    `${CALLBACK}%00`,
    `${CALLBACK};x`,
    `${CALLBACK}/..`,
    `${CALLBACK}/../TargetOrgAuth`,
    `${CALLBACK}/.`,
    `${CALLBACK}2`,
    CALLBACK.slice(0, -1),
    CALLBACK.toUpperCase(),
    CALLBACK.toLowerCase(),
    CALLBACK.replace('https', 'HTTPS'),
    CALLBACK.replace('https', 'http'),
    CALLBACK.replace('https:', ''),
    CALLBACK.replace('https://', ''),
    CALLBACK.replace('https://', 'https:/'),
    CALLBACK.replace('https://', 'https:///'),
    CALLBACK.replace('https://', 'https:\\\\'),
    CALLBACK.replace('source.example', 'SOURCE.example'),
    CALLBACK.replace('source.example', 'source.example.'),
    CALLBACK.replace('source.example', 'source.example:443'),
    CALLBACK.replace('source.example', 'source.example:8443'),
    CALLBACK.replace('source.example', 'www.source.example'),
    CALLBACK.replace('source.example', 'evil.example'),
    CALLBACK.replace('source.example', 'source.example.evil.example'),
    CALLBACK.replace('source.example', 'evil.example/source.example'),
    CALLBACK.replace('source.example', 'source.example@evil.example'),
    CALLBACK.replace('source.example', 'evil.example@source.example'),
    CALLBACK.replace('source.example', 'evil.example#source.example'),
    CALLBACK.replace('source.example', 'source\u3002example'),
    CALLBACK.replace('source.example', 's\u043eurce.example'),
    CALLBACK.replace('source.example', 'sourceXexample'),
    CALLBACK.replace('source.example', '127.0.0.1'),
    CALLBACK.replace('source.example', '[::1]'),
    CALLBACK.replace('/services/', '/%73ervices/'),
    CALLBACK.replace('/services/', '//services/'),
    CALLBACK.replace('/services/', '/x/../services/'),
    CALLBACK.replace('/services/', '\\services\\'),
    CALLBACK.replace('/authcallback/', '/authcallback%2F'),
    `${CALLBACK},https://evil.example`,
    `${CALLBACK} https://evil.example`,
    `https://evil.example?next=${CALLBACK}`,
    'https://source.example',
    'https://source.example/',
    'http://localhost:1717/OauthRedirect',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'urn:ietf:wg:oauth:2.0:oob',
    'sfdc://success',
    '//source.example',
    '/services/authcallback/TargetOrgAuth',
    '*',
    ''
];

describe('the authorize endpoint refuses', () => {
    test('every address that is not the registered one, without going there', () => {
        assert.equal(authorize(authorizing()).status, 302);
        for (const address of NEAR_MISSES) {
            refuseOnPage(
                `redirect to ${address}`,
                authorize(authorizing({ redirect_uri: address })),
                'redirect_uri_mismatch'
            );
        }
        refuseOnPage('no address', authorize(authorizing({ redirect_uri: undefined })), 'redirect_uri_missing');
    });

    test('clients that are not there', () => {
        const keys = ['', ' ', 'unknown', `${app.key} `, ` ${app.key}`, app.key.slice(0, -1), `${app.key}x`];
        const others = [
            app.key.toLowerCase(),
            app.key.toUpperCase(),
            `${app.key}\0`,
            'platformcli',
            "' OR 1=1",
            app.secret
        ];
        for (const client of [...keys, ...others]) {
            refuseOnPage(`client ${client}`, authorize(authorizing({ client_id: client })), 'invalid_client_id');
        }
        refuseOnPage('no client', authorize(authorizing({ client_id: undefined })), 'invalid_client_id');
        const swapped = authorizing({ client_id: 'PlatformCLI' });
        refuseOnPage('the address of another client', authorize(swapped), 'redirect_uri_mismatch');
    });

    test('challenges that are missing, plain or malformed', () => {
        const challenges = [
            '',
            'short',
            CHALLENGE.slice(0, -1),
            `${CHALLENGE}A`,
            `${CHALLENGE}=`,
            VERIFIER,
            ` ${CHALLENGE}`
        ];
        const more = [CHALLENGE.replace(/./, '+'), CHALLENGE.replace(/./, '/'), 'a'.repeat(129), `${CHALLENGE}\n`];
        for (const challenge of [...challenges, ...more]) {
            const answer = authorize(authorizing({ code_challenge: challenge }));
            refuseToApp(`challenge ${JSON.stringify(challenge)}`, answer, 'invalid_request');
        }
        for (const method of ['plain', 'PLAIN', 's256', 'S512', 'none', '', 'S256 ', 'SHA256', 'plain,S256']) {
            const answer = authorize(authorizing({ code_challenge_method: method }));
            refuseToApp(`method ${method}`, answer, 'invalid_request');
            const plain = authorize(authorizing({ code_challenge: VERIFIER, code_challenge_method: method }));
            refuseToApp(`verifier as challenge, method ${method}`, plain, 'invalid_request');
        }
        const none = authorizing({ code_challenge: undefined, code_challenge_method: undefined });
        refuseToApp('no challenge', authorize(none), 'invalid_request');
    });

    test('other response types and scopes', () => {
        const types = ['token', 'id_token', 'code token', 'code id_token', 'token code', 'CODE', 'code ', '', 'none'];
        for (const type of types) {
            refuseToApp(`type ${type}`, authorize(authorizing({ response_type: type })), 'unsupported_response_type');
        }
        refuseToApp('no type', authorize(authorizing({ response_type: undefined })), 'unsupported_response_type');
        for (const scope of [
            'full',
            'api full',
            'web',
            'API',
            'api,refresh_token',
            'openid',
            'unknown',
            'api unknown',
            'wave_api'
        ]) {
            refuseToApp(`scope ${scope}`, authorize(authorizing({ scope })), 'invalid_scope');
        }
    });

    test('repeated parameters, whatever their values', () => {
        for (const [name, value] of Object.entries(authorizing({ scope: 'api' }))) {
            for (const second of [value ?? '', 'other', '']) {
                const entries = [...encode(authorizing({ scope: 'api' })), [name, second] as const];
                refuseOnPage(`${name} twice, ${second}`, authorize(entries), 'invalid_request');
            }
        }
    });

    test('a login without a page, and answers to pages that it did not give', () => {
        cookie = '';
        for (const hint of [{ prompt: 'none' }, { immediate: 'true' }]) {
            refuseToApp(JSON.stringify(hint), authorize(authorizing(hint)), 'immediate_unsuccessful');
        }
        for (const ticket of ['', 'made-up', app.key, '0'.repeat(32)]) {
            for (const step of ['login', 'consent']) {
                const form = { request: ticket, username: ADMIN, password: '', decision: 'allow' };
                refuseOnPage(
                    `${step} with ${ticket}`,
                    post(`/services/oauth2/authorize/${step}`, form),
                    'invalid_request'
                );
            }
        }
        const page = authorize(authorizing());
        const [, ticket = ''] = /name="request" value="([^"]+)"/.exec(page.text) ?? [];
        const stranger = post('/services/oauth2/authorize/consent', { request: ticket, decision: 'allow' });
        refusals += 1;
        assert.ok(!(stranger.headers['location'] ?? '').includes('code='), 'a consent without a login');
        host.clock.advance(16 * 60_000);
        const form = { request: ticket, username: ADMIN, password: '' };
        refuseOnPage('a page that is too old', post('/services/oauth2/authorize/login', form), 'invalid_request');
    });
});

describe('the token endpoint refuses codes', () => {
    test('with another address than they were asked for with', () => {
        for (const address of NEAR_MISSES) {
            const answer = post(TOKEN, exchanging({ redirect_uri: address }));
            refuse(`address ${address}`, answer, 'redirect_uri_mismatch', 'redirect_uri must match configuration');
        }
        refuse('no address', post(TOKEN, exchanging({ redirect_uri: undefined })), 'redirect_uri_mismatch');
    });

    test('with a verifier that is missing, wrong or the challenge itself', () => {
        const near = [
            VERIFIER.slice(0, -1),
            `${VERIFIER}x`,
            VERIFIER.toUpperCase(),
            ` ${VERIFIER}`,
            `${VERIFIER} `,
            `${VERIFIER}\n`
        ];
        for (const verifier of [undefined, '', CHALLENGE, 'plain', 'null', 'a'.repeat(43), 'a'.repeat(129), ...near]) {
            const answer = post(TOKEN, exchanging({ code_verifier: verifier }));
            refuse(`verifier ${verifier}`, answer, 'invalid_grant', 'invalid code verifier');
        }
    });

    test('that were used, ended, made up or given to another client', () => {
        const used = newCode();
        const first = post(TOKEN, exchanging({ code: used }));
        assert.equal(first.status, 200);
        for (let replay = 0; replay < 3; replay += 1) {
            refuse('a replay', post(TOKEN, exchanging({ code: used })), 'invalid_grant', 'expired authorization code');
        }
        const access = host.call('GET', `${DATA}/limits`, { token: text(first.body.access_token) });
        assert.equal(access.status, 401, 'a replay ends the tokens of the first use');
        const renewed = post(TOKEN, refreshing({ refresh_token: text(first.body.refresh_token) }));
        refuse('the refresh token of a replayed code', renewed, 'invalid_grant', 'expired access/refresh token');

        const good = newCode();
        for (const code of [
            '',
            ' ',
            'made-up',
            good.slice(0, -1),
            `${good}x`,
            good.toLowerCase(),
            ` ${good}`,
            `${good}\n`
        ]) {
            refuse(`code ${code}`, post(TOKEN, exchanging({ code })), 'invalid_grant', 'invalid authorization code');
        }
        refuse('no code', post(TOKEN, exchanging({ code: undefined })), 'invalid_grant');
        const foreign = exchanging({ client_id: 'PlatformCLI', client_secret: undefined });
        refuse('another client', post(TOKEN, foreign), 'invalid_grant', 'invalid authorization code');
        const late = newCode();
        host.clock.advance(15 * 60_000);
        refuse('too late', post(TOKEN, exchanging({ code: late })), 'invalid_grant', 'expired authorization code');
    });
});

describe('the token endpoint refuses clients', () => {
    test('that are unknown or have the wrong secret, in the body and in the header', () => {
        const secrets = (): string[] => [
            '',
            ' ',
            'wrong',
            app.key,
            app.secret.slice(0, -1),
            `${app.secret}x`,
            app.secret.toLowerCase(),
            ` ${app.secret}`,
            `${app.secret} `,
            `${app.secret}\0`
        ];
        const { refresh } = tokens();
        const grants: readonly Fields[] = [
            { grant_type: 'client_credentials' },
            { grant_type: 'refresh_token', refresh_token: refresh }
        ];
        assert.equal(post(TOKEN, { ...grants[0], client_id: app.key, client_secret: app.secret }).status, 200);
        for (const grant of [
            ...grants,
            { grant_type: 'authorization_code', code: newCode(), redirect_uri: CALLBACK, code_verifier: VERIFIER }
        ]) {
            const about = grant.grant_type;
            for (const secret of secrets()) {
                const inBody = { ...grant, client_id: app.key, client_secret: secret };
                refuse(
                    `${about}, secret ${secret}`,
                    post(TOKEN, inBody),
                    'invalid_client',
                    'invalid client credentials'
                );
                const authorization = `Basic ${Buffer.from(`${app.key}:${secret}`).toString('base64')}`;
                refuse(`${about}, header ${secret}`, post(TOKEN, grant, { authorization }), 'invalid_client');
            }
            for (const client of [undefined, '', 'unknown', app.key.toLowerCase(), `${app.key}x`, app.secret]) {
                const named = { ...grant, client_id: client, client_secret: app.secret };
                refuse(
                    `${about}, client ${client}`,
                    post(TOKEN, named),
                    'invalid_client_id',
                    'client identifier invalid'
                );
            }
            const authorization = `Basic ${Buffer.from(`${app.key}:${app.secret}`).toString('base64')}`;
            const both = { ...grant, client_id: app.key, client_secret: app.secret };
            refuse(`${about}, body and header`, post(TOKEN, both, { authorization }), 'invalid_request');
            for (const header of ['Basic', 'Basic !!!', 'Basic Og==', `Digest ${app.key}`, `Bearer ${app.secret}`]) {
                refuse(`${about}, ${header}`, post(TOKEN, grant, { authorization: header }), 'invalid_client_id');
            }
        }
    });

    test('that are switched off', () => {
        const { access, refresh } = tokens();
        host.deploy('ExtlClntAppConfigurablePolicies', 'SalesforceOrgIntegration_plcy', {
            externalClientApplication: 'SalesforceOrgIntegration',
            isEnabled: 'false'
        });
        refuse(
            'refresh',
            post(TOKEN, refreshing({ refresh_token: refresh })),
            'app_blocked',
            'this app is blocked by admin'
        );
        const credentials = { grant_type: 'client_credentials', client_id: app.key, client_secret: app.secret };
        refuse('client credentials', post(TOKEN, credentials), 'app_blocked');
        refuse('jwt', post(TOKEN, { grant_type: JWT_GRANT, assertion: jwt() }), 'app_blocked');
        refuseOnPage('authorize', authorize(authorizing()), 'app_blocked');
        assert.notEqual(access, '');
    });
});

describe('the token endpoint refuses grants and forms', () => {
    test('that the org does not have', () => {
        const grants = [
            '',
            'password',
            'implicit',
            'device',
            'assertion',
            'code',
            'token',
            'CLIENT_CREDENTIALS',
            'client_credentials ',
            'client-credentials',
            'authorization_code refresh_token',
            'hybrid_refresh',
            'hybrid_token',
            'urn:ietf:params:oauth:grant-type:saml2-bearer',
            'urn:ietf:params:oauth:grant-type:token-exchange',
            'urn:ietf:params:oauth:grant-type:device_code',
            'urn:ietf:params:oauth:grant-type:JWT-BEARER',
            'urn:openid:params:grant-type:ciba'
        ];
        for (const grant of [undefined, ...grants]) {
            const form = { ...exchanging({ code: 'x' }), grant_type: grant, username: ADMIN, password: 'secret' };
            refuse(`grant ${grant}`, post(TOKEN, form), 'unsupported_grant_type', 'grant type not supported');
        }
    });

    test('in another content type, in the query, by another method', () => {
        const form = { grant_type: 'client_credentials', client_id: app.key, client_secret: app.secret };
        const types = [
            'application/json',
            'text/plain',
            'multipart/form-data',
            'application/xml',
            'application/x-www-form-urlencode',
            '*/*'
        ];
        for (const type of types) {
            const headers = { 'content-type': type };
            refuse(
                `form as ${type}`,
                host.call('POST', TOKEN, { token: undefined, body: encode(form), headers }),
                'unsupported_grant_type'
            );
            refuse(
                `JSON as ${type}`,
                host.call('POST', TOKEN, { token: undefined, body: form, headers }),
                'unsupported_grant_type'
            );
        }
        const query = `${TOKEN}?${encode(form)}`;
        refuse('in the query', host.call('POST', query, { token: undefined }), 'unsupported_grant_type');
        refuse('by GET', host.call('GET', query, { token: undefined }), 'invalid_request', 'must use HTTP POST');
        for (const method of ['PUT', 'PATCH', 'DELETE']) {
            refusals += 1;
            assert.equal(host.call(method, TOKEN, { token: undefined, body: encode(form) }).status, 405, method);
        }
        for (const path of ['/services/oauth2/revoke', '/services/oauth2/introspect']) {
            for (const method of ['GET', 'PUT', 'DELETE']) {
                refusals += 1;
                assert.equal(host.call(method, path, { token: undefined }).status, 405, `${method} ${path}`);
            }
        }
    });

    test('with a repeated parameter', () => {
        for (const form of [exchanging({ code: newCode() }), refreshing({ refresh_token: tokens().refresh })]) {
            for (const [name, value] of Object.entries(form)) {
                for (const second of [value ?? '', 'other']) {
                    const entries = [...encode(form), [name, second] as const];
                    refuse(`${name} twice`, post(TOKEN, entries), 'invalid_request', `parameter repeated: ${name}`);
                }
            }
        }
        const scope = { grant_type: 'client_credentials', client_id: app.key, client_secret: app.secret, scope: 'api' };
        refuse('scope', post(TOKEN, scope), 'invalid_request', 'scope parameter not supported');
    });
});

describe('the token endpoint refuses refresh tokens', () => {
    const EXPIRED = ['invalid_grant', 'expired access/refresh token'] as const;

    test('that are made up, of another client or not refresh tokens', () => {
        const { access, refresh } = tokens();
        for (const token of [
            '',
            ' ',
            'made-up',
            access,
            refresh.slice(0, -1),
            `${refresh}x`,
            refresh.toLowerCase(),
            ` ${refresh}`
        ]) {
            refuse(`token ${token}`, post(TOKEN, refreshing({ refresh_token: token })), ...EXPIRED);
        }
        refuse('no token', post(TOKEN, refreshing()), ...EXPIRED);
        const other = refreshing({ refresh_token: refresh, client_id: 'PlatformCLI', client_secret: undefined });
        refuse('another client', post(TOKEN, other), ...EXPIRED);
        assert.equal(post(TOKEN, refreshing({ refresh_token: refresh })).status, 200, 'none of these used it up');
    });

    test('that were replaced, and then their successors too', () => {
        const { refresh } = tokens();
        const next = post(TOKEN, refreshing({ refresh_token: refresh }));
        refuse('the replaced one', post(TOKEN, refreshing({ refresh_token: refresh })), ...EXPIRED);
        const successor = refreshing({ refresh_token: text(next.body.refresh_token) });
        refuse('its successor', post(TOKEN, successor), ...EXPIRED);
        refusals += 1;
        assert.equal(host.call('GET', `${DATA}/limits`, { token: text(next.body.access_token) }).status, 401);
    });

    test('that are over or revoked, and those of users who may not log in', () => {
        const old = tokens().refresh;
        host.clock.advance(24 * 3_600_000);
        refuse('over', post(TOKEN, refreshing({ refresh_token: old })), ...EXPIRED);
        const { org } = host;
        const session = org.sessions.open({ userId: org.admin.userId, scopes: new Set(['web', 'api']) });
        cookie = `${sessionCookie(org.id)}=${session.token}`;
        const revoked = tokens();
        assert.equal(post('/services/oauth2/revoke', { token: revoked.refresh }).status, 200);
        refuse('revoked', post(TOKEN, refreshing({ refresh_token: revoked.refresh })), ...EXPIRED);
        refuse('revoked again', post('/services/oauth2/revoke', { token: revoked.refresh }), 'invalid_token');
        for (const token of ['', 'made-up', app.secret]) {
            refuse(`revoke ${token}`, post('/services/oauth2/revoke', { token }), 'invalid_token');
        }
        const twice = [['token', revoked.access] as const, ['token', 'x'] as const];
        refuse('revoke two', post('/services/oauth2/revoke', twice), 'invalid_request');
    });
});

const CLAIMS = { aud: BASE_URL, sub: ADMIN };

function jwt(
    claims: Record<string, unknown> = {},
    header: object = {},
    signer: (text: string) => Buffer = rs256
): string {
    const encodePart = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(host.clock.now() / 1000) + 180;
    const signed = `${encodePart({ alg: 'RS256', typ: 'JWT', ...header })}.${encodePart({ iss: app.key, ...CLAIMS, exp, ...claims })}`;
    return `${signed}.${signer(signed).toString('base64url')}`;
}

function rs256(signed: string): Buffer {
    return sign('RSA-SHA256', Buffer.from(signed), key);
}

describe('the token endpoint refuses assertions', () => {
    const login = (assertion: string | undefined): Answer => post(TOKEN, { grant_type: JWT_GRANT, assertion });
    const now = (): number => Math.floor(host.clock.now() / 1000);

    test('that are not signed by the key of the app', () => {
        assert.equal(login(jwt()).status, 200, login(jwt()).text);
        const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
        const hmac = (signed: string): Buffer => createHmac('sha256', publicPem).update(signed).digest();
        const good = jwt();
        const [header, claims, signature] = good.split('.');
        const payload = (change: object): string =>
            Buffer.from(
                JSON.stringify({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), ...change })
            ).toString('base64url');
        const forged: readonly (string | undefined)[] = [
            undefined,
            '',
            '.',
            '..',
            'a.b.c',
            header,
            `${header}.${claims}`,
            `${header}.${claims}.`,
            `${good}.`,
            `${good}.${signature}`,
            `.${claims}.${signature}`,
            `${header}..${signature}`,
            `${header}.${claims}.${signature.slice(0, -4)}`,
            `${header}.${claims}.${signature}AAAA`,
            `${header}.${claims}.${signature}=`,
            `${header}.${claims}.${signature} `,
            ` ${good}`,
            `${header}.${claims}.${'A'.repeat(signature.length)}`,
            `${header}.${payload({ sub: 'someone@else.example' })}.${signature}`,
            `${header}.${payload({ exp: 99_999_999_999 })}.${signature}`,
            `${header}.${payload({ iss: 'PlatformCLI', extra: 1 })}.${signature}`,
            jwt({}, {}, (signed) => sign('RSA-SHA256', Buffer.from(signed), stranger)),
            jwt({}, {}, (signed) => sign('RSA-SHA512', Buffer.from(signed), key)),
            jwt({}, {}, hmac),
            jwt({}, { alg: 'none' }, () => Buffer.alloc(0)),
            jwt({}, { alg: 'none' }),
            jwt({}, { alg: 'None' }),
            jwt({}, { alg: 'HS256' }, hmac),
            jwt({}, { alg: 'HS256' }),
            jwt({}, { alg: 'RS384' }),
            jwt({}, { alg: 'RS512' }),
            jwt({}, { alg: 'PS256' }),
            jwt({}, { alg: 'ES256' }),
            jwt({}, { alg: 'rs256' }),
            jwt({}, { alg: ['RS256'] }),
            jwt({}, { alg: undefined }),
            jwt({}, { crit: ['exp'] }),
            jwt({}, { crit: [] })
        ];
        for (const assertion of forged) {
            refuse(`assertion ${assertion?.slice(0, 40)}`, login(assertion), 'invalid_grant', 'invalid assertion');
        }
        assert.ok(createPublicKey(publicPem));
    });

    test('that are over, not yet good or say so in no number', () => {
        const times: readonly Record<string, unknown>[] = [
            { exp: now() },
            { exp: now() - 1 },
            { exp: now() - 86_400 },
            { exp: 0 },
            { exp: -1 },
            { exp: undefined },
            { exp: null },
            { exp: String(now() + 180) },
            { exp: [now() + 180] },
            { exp: true },
            { exp: {} },
            { nbf: now() + 1 },
            { nbf: now() + 3600 },
            { nbf: host.clock.now() + 3_600_000 },
            { nbf: String(now()) },
            { nbf: null }
        ];
        for (const time of times) {
            refuse(JSON.stringify(time), login(jwt(time)), 'invalid_grant', 'invalid assertion');
        }
        const later = jwt();
        host.clock.advance(181_000);
        refuse('later', login(later), 'invalid_grant', 'invalid assertion');
    });

    test('for another org', () => {
        const audiences: readonly unknown[] = [
            undefined,
            null,
            '',
            ' ',
            'salesforce',
            'https://login.salesforce.com.evil.example',
            'http://login.salesforce.com',
            'https://LOGIN.salesforce.com',
            'login.salesforce.com',
            'https://source.example',
            BASE_URL.replace('7700', '7701'),
            BASE_URL.replace('localhost', 'localhost.evil.example'),
            BASE_URL.replace('http', 'https'),
            `${BASE_URL}//`,
            `${BASE_URL}/services/oauth2/authorize`,
            `${BASE_URL}#x`,
            `${BASE_URL} `,
            [],
            ['https://source.example'],
            [[BASE_URL]],
            { aud: BASE_URL },
            42
        ];
        for (const aud of audiences) {
            refuse(`aud ${JSON.stringify(aud)}`, login(jwt({ aud })), 'invalid_grant', 'audience is invalid');
        }
    });

    test('of unknown issuers and for unknown users', () => {
        for (const iss of [
            undefined,
            null,
            '',
            'unknown',
            app.key.toLowerCase(),
            ` ${app.key}`,
            [app.key],
            { iss: app.key },
            42
        ]) {
            refuse(`iss ${JSON.stringify(iss)}`, login(jwt({ iss })), 'invalid_client_id', 'client identifier invalid');
        }
        const { org } = host;
        for (const sub of [
            undefined,
            null,
            '',
            'nobody@target.local',
            org.admin.userId,
            ` ${ADMIN}`,
            [ADMIN],
            { sub: ADMIN },
            '%',
            7
        ]) {
            refuse(`sub ${JSON.stringify(sub)}`, login(jwt({ sub })), 'invalid_grant', 'user is invalid');
        }
    });
});

describe('the other endpoints refuse', () => {
    test('introspection by strangers, and say nothing of the tokens of others', () => {
        const { access, refresh } = tokens();
        const path = '/services/oauth2/introspect';
        for (const client of [
            {},
            { client_id: app.key },
            { client_id: 'unknown', client_secret: app.secret },
            { client_id: app.key, client_secret: 'x' }
        ]) {
            for (const token of [access, refresh]) {
                const error =
                    'client_id' in client && client.client_id === app.key ? 'invalid_client' : 'invalid_client_id';
                refuse('a stranger', post(path, { token, ...client }), error);
            }
        }
        refuse('no token', post(path, { client_id: app.key, client_secret: app.secret }), 'invalid_request');
        for (const token of [host.token, 'made-up', '']) {
            refusals += 1;
            const answer = post(path, { token, client_id: app.key, client_secret: app.secret });
            assert.deepEqual(answer.body, { active: false });
        }
    });

    test('who brings no good token', () => {
        const { org } = host;
        const userinfo = (headers: Readonly<Record<string, string>>): Answer =>
            host.call('GET', '/services/oauth2/userinfo', { token: undefined, headers });
        const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
            ['Missing_OAuth_Token', {}],
            ['Missing_OAuth_Token', { cookie: '' }],
            ['Bad_OAuth_Token', { authorization: 'Bearer made-up' }],
            ['Bad_OAuth_Token', { authorization: 'Bearer' }],
            ['Bad_OAuth_Token', { authorization: `Bearer ${host.token}x` }],
            ['Bad_OAuth_Token', { authorization: `Bearer ${tokens().refresh}` }],
            ['Bad_OAuth_Token', { authorization: `Basic ${Buffer.from(host.token).toString('base64')}` }]
        ];
        for (const [word, headers] of cases) {
            refusals += 1;
            const answer = userinfo(headers);
            assert.deepEqual([answer.status, answer.text], [403, word], JSON.stringify(headers));
        }
        for (const path of [`/id/${org.id}/005000000000000AAA`, `/id/00D000000000000AAA/${org.admin.userId}`]) {
            refusals += 1;
            assert.equal(host.call('GET', path).status, 403, path);
        }
        for (const token of ['made-up', `${host.token}x`, host.token.toLowerCase(), tokens().refresh]) {
            refusals += 1;
            assert.equal(host.call('GET', `${DATA}/limits`, { token }).status, 401);
        }
    });
});

test('the refusals are at least 300', (context) => {
    context.diagnostic(`${refusals} requests were refused, none was accepted`);
    assert.ok(refusals >= 300, `only ${refusals}`);
});
