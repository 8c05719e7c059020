import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { deployApp, type AppOptions } from './support/apps.ts';
import { text } from './support/json.ts';
import { BASE_URL, DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';

const ADMIN = 'admin@target.local';
const AUTHORIZE = '/services/oauth2/authorize';
const CALLBACK = 'https://source.example/services/authcallback/TargetOrgAuth';
const VERIFIER = 'a-verifier-that-is-long-enough-for-the-standard-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const CLI_CALLBACK = 'http://localhost:1717/OauthRedirect';

let org: TestOrg;
let cookie: string;

beforeEach(() => {
    org = newTestOrg();
    cookie = '';
});

type Fields = Readonly<Record<string, string>>;

function webApp(options: AppOptions = {}): { key: string; secret: string } {
    return deployApp(org, {
        scopes: 'Api, RefreshToken',
        ...options,
        global: { callbackUrl: CALLBACK, ...options.global }
    });
}

/** A request of a browser: keeps the org's cookie. */
function browse(method: string, path: string, body?: Fields): Answer {
    const answer = org.call(method, path, {
        token: undefined,
        ...(body !== undefined && { body: new URLSearchParams(body) }),
        headers: cookie === '' ? {} : { cookie }
    });
    cookie = answer.headers['set-cookie']?.split(';', 1)[0] ?? cookie;
    return answer;
}

function open(fields: Fields): Answer {
    return browse('GET', `${AUTHORIZE}?${new URLSearchParams(fields)}`);
}

function request(key: string, more: Fields = {}): Fields {
    return {
        response_type: 'code',
        client_id: key,
        redirect_uri: CALLBACK,
        code_challenge: CHALLENGE,
        state: 's 1',
        ...more
    };
}

function ticketOf(page: Answer): string {
    assert.equal(page.status, 200, page.text);
    const [, ticket = ''] = /name="request" value="([^"]+)"/.exec(page.text) ?? [];
    assert.notEqual(ticket, '', page.text);
    return ticket;
}

function logIn(page: Answer, username = ADMIN, password = ''): Answer {
    return browse('POST', `${AUTHORIZE}/login`, { request: ticketOf(page), username, password });
}

function decide(page: Answer, decision: string): Answer {
    return browse('POST', `${AUTHORIZE}/consent`, { request: ticketOf(page), decision });
}

/** What came back to the app. */
function returned(answer: Answer): Fields {
    assert.equal(answer.status, 302, answer.text);
    const url = new URL(answer.headers['location'] ?? '');
    return Object.fromEntries(url.searchParams);
}

function codeOf(fields: Fields): string {
    const { code = '', state } = returned(decide(logIn(open(fields)), 'allow'));
    assert.match(code, /^aPrx/);
    assert.equal(state, 's 1');
    return code;
}

function token(fields: Fields): Answer {
    return org.call('POST', '/services/oauth2/token', { body: new URLSearchParams(fields), token: undefined });
}

function exchange(app: { key: string; secret: string }, code: string, more: Fields = {}): Answer {
    const client = { client_id: app.key, client_secret: app.secret };
    const grant = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    return token({ ...grant, ...client, ...more });
}

function refresh(app: { key: string; secret: string }, refreshToken: string): Answer {
    const client = { client_id: app.key, client_secret: app.secret };
    return token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client });
}

function refused(answer: Answer, error: string, description: string): void {
    assert.deepEqual(answer.body, { error, error_description: description });
    assert.equal(answer.status, 400);
}

function isGood(accessToken: string): boolean {
    return org.call('GET', `${DATA}/limits`, { token: accessToken }).status === 200;
}

describe('the web server flow', () => {
    test('goes over login and consent to a code, and from it to tokens', () => {
        const app = webApp();
        const { status, body } = exchange(app, codeOf(request(app.key)));
        assert.equal(status, 200);
        assert.equal(body.scope, 'api refresh_token');
        assert.equal(body.instance_url, BASE_URL);
        assert.ok(isGood(text(body.access_token)));
        const renewed = refresh(app, text(body.refresh_token));
        assert.equal(renewed.status, 200);
        assert.equal(renewed.body.refresh_token, undefined);
        assert.ok(isGood(text(renewed.body.access_token)));
    });

    test('is what the command line tools use, without secret and with the method of the challenge left out', () => {
        const fields = request('PlatformCLI', {
            redirect_uri: CLI_CALLBACK,
            scope: 'refresh_token api web',
            prompt: 'login'
        });
        const code = codeOf(fields);
        const grant = { grant_type: 'authorization_code', client_id: 'PlatformCLI', redirect_uri: CLI_CALLBACK };
        const { status, body } = token({ ...grant, code, code_verifier: VERIFIER });
        assert.equal(status, 200, JSON.stringify(body));
        const again = token({
            grant_type: 'refresh_token',
            client_id: 'PlatformCLI',
            refresh_token: text(body.refresh_token)
        });
        assert.equal(again.status, 200);
    });

    test('asks for consent once, and for a login only without a session', () => {
        const app = webApp();
        codeOf(request(app.key));
        assert.notEqual(returned(open(request(app.key))).code, undefined);
        assert.match(open(request(app.key, { prompt: 'consent' })).text, /Allow Access\?/);
        assert.match(open(request(app.key, { prompt: 'login' })).text, /name="username"/);
    });

    test('shows what the app asks for, and sends a refusal back', () => {
        const { key } = webApp();
        const page = logIn(open(request(key)));
        assert.match(page.text, /Manage user data via APIs/);
        assert.match(page.headers['content-security-policy'] ?? '', /form-action 'self' https:\/\/source\.example;/);
        assert.deepEqual(returned(decide(page, 'deny')), {
            error: 'access_denied',
            error_description: 'end-user denied authorization',
            state: 's 1'
        });
    });

    test('shows no page when it must be immediate', () => {
        const { key } = webApp();
        assert.equal(returned(open(request(key, { immediate: 'true' }))).error, 'immediate_unsuccessful');
    });

    test('sends errors to a known address only', () => {
        const { key } = webApp();
        const near = [`${CALLBACK}/`, `${CALLBACK}?a=b`, CALLBACK.toLowerCase(), CALLBACK.replace('https', 'http')];
        for (const redirect_uri of near) {
            const page = open(request(key, { redirect_uri }));
            assert.deepEqual([page.status, page.headers['location']], [400, undefined]);
            assert.match(page.text, /error=redirect_uri_mismatch/);
        }
        assert.match(open(request('3MVG9nope')).text, /error=invalid_client_id/);
        assert.equal(returned(open(request(key, { response_type: 'token' }))).error, 'unsupported_response_type');
        assert.equal(returned(open(request(key, { scope: 'full' }))).error, 'invalid_scope');
        assert.equal(returned(open(request(key, { code_challenge_method: 'plain' }))).error, 'invalid_request');
    });

    test('needs PKCE unless the app says otherwise', () => {
        const { code_challenge: _challenge, ...without } = request(webApp().key);
        assert.equal(returned(open(without)).error_description, 'missing required code challenge');
        const lax = webApp({ global: { isPkceRequired: 'false' } });
        const code = codeOf(without);
        refused(exchange(lax, code), 'invalid_grant', 'invalid code verifier');
    });

    test('lets in users whom the administrator approved, without asking them', () => {
        const { key } = webApp({ permissionSet: 'Nobody_Has_This' });
        assert.equal(returned(logIn(open(request(key)))).error, 'invalid_app_access');
    });

    test('takes a ticket once, and in the browser that it was made for', () => {
        const { key } = webApp();
        const page = logIn(open(request(key)));
        const own = cookie;
        cookie = '';
        assert.equal(decide(page, 'allow').status, 400);
        cookie = own;
        assert.equal(decide(page, 'allow').status, 302);
        assert.equal(decide(page, 'allow').status, 400);
    });
});

describe('the login page', () => {
    test('refuses unknown users and wrong passwords', () => {
        const { key } = webApp();
        assert.match(logIn(open(request(key)), 'nobody@target.local').text, /Please check your username/);
        org.org.passwords.set(org.org.admin.userId, 'right');
        assert.match(logIn(open(request(key)), ADMIN, 'wrong').text, /Please check your username/);
        assert.match(logIn(open(request(key)), ADMIN, 'right').text, /Allow Access\?/);
    });
});

describe('a code', () => {
    test('is good once, and its second use ends the tokens of the first', () => {
        const app = webApp();
        const code = codeOf(request(app.key));
        const { body } = exchange(app, code);
        refused(exchange(app, code), 'invalid_grant', 'expired authorization code');
        assert.ok(!isGood(text(body.access_token)));
        refused(refresh(app, text(body.refresh_token)), 'invalid_grant', 'expired access/refresh token');
    });

    test('needs its verifier, its address and its secret', () => {
        const app = webApp();
        const code = (): string => {
            cookie = '';
            return codeOf(request(app.key, { prompt: 'consent' }));
        };
        refused(exchange(app, code(), { code_verifier: `${VERIFIER}x` }), 'invalid_grant', 'invalid code verifier');
        refused(
            exchange(app, code(), { redirect_uri: `${CALLBACK}/` }),
            'redirect_uri_mismatch',
            'redirect_uri must match configuration'
        );
        refused(exchange(app, code(), { client_secret: 'x' }), 'invalid_client', 'invalid client credentials');
        refused(exchange(app, 'aPrxNope'), 'invalid_grant', 'invalid authorization code');
    });

    test('is good for 15 minutes', () => {
        const app = webApp();
        const code = codeOf(request(app.key));
        org.clock.advance(15 * 60_000);
        refused(exchange(app, code), 'invalid_grant', 'expired authorization code');
    });

    test('is good for the app that asked', () => {
        const app = webApp();
        const code = codeOf(request(app.key));
        const grant = { grant_type: 'authorization_code', client_id: 'PlatformCLI', redirect_uri: CALLBACK };
        refused(token({ ...grant, code, code_verifier: VERIFIER }), 'invalid_grant', 'invalid authorization code');
    });
});

describe('a refresh token', () => {
    function granted(options: AppOptions = {}): { app: { key: string; secret: string }; first: Answer } {
        const app = webApp(options);
        return { app, first: exchange(app, codeOf(request(app.key))) };
    }

    test('is replaced with each use where the app says so, and its reuse ends all', () => {
        const { app, first } = granted({ global: { isRefreshTokenRotationEnabled: 'true' } });
        const old = text(first.body.refresh_token);
        const second = refresh(app, old);
        const next = text(second.body.refresh_token);
        assert.notEqual(next, old);
        refused(refresh(app, old), 'invalid_grant', 'expired access/refresh token');
        refused(refresh(app, next), 'invalid_grant', 'expired access/refresh token');
        assert.ok(!isGood(text(second.body.access_token)));
    });

    test('ends after the time of its policy', () => {
        const policy = { refreshTokenPolicyType: 'SpecificInactivity', refreshTokenValidityPeriod: '2' };
        const { app, first } = granted({ policy: { ...policy, refreshTokenValidityUnit: 'Hours' } });
        const value = text(first.body.refresh_token);
        for (let use = 0; use < 3; use += 1) {
            org.clock.advance(119 * 60_000);
            assert.equal(refresh(app, value).status, 200);
        }
        org.clock.advance(120 * 60_000);
        refused(refresh(app, value), 'invalid_grant', 'expired access/refresh token');
    });

    test('ends with its access tokens when it is revoked', () => {
        const { app, first } = granted();
        const value = text(first.body.refresh_token);
        const client = { client_id: app.key, client_secret: app.secret };
        const form = (fields: Fields): URLSearchParams => new URLSearchParams({ token: value, ...fields });
        const look = (): Answer =>
            org.call('POST', '/services/oauth2/introspect', { body: form(client), token: undefined });
        assert.deepEqual([look().body.active, look().body.token_type], [true, 'refresh_token']);
        assert.equal(org.call('POST', '/services/oauth2/revoke', { body: form({}), token: undefined }).status, 200);
        assert.ok(!isGood(text(first.body.access_token)));
        assert.equal(look().body.active, false);
        refused(refresh(app, value), 'invalid_grant', 'expired access/refresh token');
    });

    test('belongs to one app', () => {
        const { first } = granted();
        refused(
            token({
                grant_type: 'refresh_token',
                client_id: 'PlatformCLI',
                refresh_token: text(first.body.refresh_token)
            }),
            'invalid_grant',
            'expired access/refresh token'
        );
    });

    test('comes with its scope only', () => {
        assert.equal(granted({ scopes: 'Api' }).first.body.refresh_token, undefined);
    });

    test('is one of five that a user may have for an app', () => {
        const { app, first } = granted();
        for (let more = 0; more < 5; more += 1) {
            exchange(app, returned(open(request(app.key))).code ?? '');
        }
        refused(refresh(app, text(first.body.refresh_token)), 'invalid_grant', 'expired access/refresh token');
    });
});
