import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { readAppCredentials, type AppCredentials } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import { callTarget } from '../lib/credential-probe.ts';
import { findIntegrationUser } from '../lib/integration-user.ts';
import { callbackUrl } from '../lib/link-steps.ts';
import { logInTo } from './support/consent.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { edit } from './support/org-edits.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Tokens {
    readonly access_token: string;
    readonly refresh_token: string;
}

interface Introspection {
    readonly active: boolean;
    readonly client_id?: string;
    readonly username?: string;
    readonly token_type?: string;
    readonly exp?: number;
}

/** Tokens of the pair over HTTP, on the clock of the target, which the tests move. */
describe('tokens of a link', () => {
    let linked: LinkedPair;
    let app: AppCredentials;

    before(async () => {
        linked = await startLinkedPair({}, { flow: 'browser', identityProvider: 'external' });
        const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
        app = await readAppCredentials(linked.orgs.target, appName, credentialSetupPermissionSet);
    });

    after(() => linked?.pair.stop());

    const pass = (ms: number): Promise<void> => linked.pair.control.target.advanceClock(ms);
    const call = (): ReturnType<typeof callTarget> =>
        callTarget(linked.orgs.source, linked.plan, orgPairConfig().target.apiPath);

    async function post(path: string, form: Record<string, string>): Promise<{ status: number; body: object }> {
        const url = `${linked.orgs.target.url}/services/oauth2/${path}`;
        const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
        const text = await response.text();
        return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as object) };
    }

    const client = (): Record<string, string> => ({ client_id: app.key, client_secret: app.secret });

    /** As a client of its own, with a login of the same user. */
    async function logIn(): Promise<Tokens> {
        const { source, target } = linked.orgs;
        const redirect = callbackUrl(source, linked.plan);
        const verifier = randomBytes(48).toString('base64url');
        const url = new URL(`${target.url}/services/oauth2/authorize`);
        url.search = new URLSearchParams({
            response_type: 'code',
            client_id: app.key,
            redirect_uri: redirect,
            code_challenge: createHash('sha256').update(verifier).digest('base64url'),
            code_challenge_method: 'S256'
        }).toString();
        const { username } = await findIntegrationUser(target, linked.plan);
        const code = new URL(await logInTo(url.href, username)).searchParams.get('code') ?? '';
        const grant = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier };
        return (await post('token', { ...grant, ...client() })).body as Tokens;
    }

    const refresh = (token: string): ReturnType<typeof post> =>
        post('token', { grant_type: 'refresh_token', refresh_token: token, ...client() });

    async function introspect(token: string, as: Record<string, string> = client()): Promise<Introspection> {
        const { status, body } = await post('introspect', { token, ...as });
        assert.equal(status, 200, JSON.stringify(body));
        return body as Introspection;
    }

    async function statusOf(token: string): Promise<number> {
        const { apiPath } = orgPairConfig().target;
        const headers = { Authorization: `Bearer ${token}` };
        const response = await fetch(`${linked.orgs.target.url}${apiPath}?limit=1`, { headers });
        await response.arrayBuffer();
        return response.status;
    }

    test('an access token lasts two hours after its last use, and looking at it is no use', async () => {
        const { access_token: token } = await logIn();
        await pass(1.5 * HOUR);
        assert.equal(await statusOf(token), 200);
        await pass(1.5 * HOUR);
        assert.equal(await statusOf(token), 200, 'the use before did not count');
        await pass(1.5 * HOUR);
        assert.equal((await introspect(token)).active, true);
        await pass(0.6 * HOUR);
        assert.deepEqual(await introspect(token), { active: false });
        assert.equal(await statusOf(token), 401);
        assert.deepEqual(await call(), { ok: true }, 'the source fetches a new token');
    });

    test('a refresh token lasts 30 idle days, and each use gives it 30 more', async () => {
        const first = await logIn();
        await pass(29 * DAY);
        const { body, status } = await refresh(first.refresh_token);
        assert.equal(status, 200, JSON.stringify(body));
        const second = body as Tokens;
        assert.deepEqual(await call(), { ok: true });
        await pass(29 * DAY);
        const third = await refresh(second.refresh_token);
        assert.equal(third.status, 200);
        await pass(31 * DAY);
        const late = await refresh((third.body as Tokens).refresh_token);
        assert.deepEqual(late.body, { error: 'invalid_grant', error_description: 'expired access/refresh token' });
    });

    test('a source whose refresh token was idle for too long says so, and a consent brings it back', async () => {
        const idle = await call();
        assert.ok(!idle.ok);
        assert.match(idle.error.message, /expired credentials couldn't be refreshed/);
        await linked.consent();
        assert.deepEqual(await call(), { ok: true });
    });

    test('a refresh token that comes a second time ends every token of its consent, and no other', async () => {
        const stolen = await logIn();
        const other = await logIn();
        const renewed = (await refresh(stolen.refresh_token)).body as Tokens;
        assert.notEqual(renewed.refresh_token, stolen.refresh_token);
        assert.equal(await statusOf(renewed.access_token), 200);
        assert.equal((await refresh(stolen.refresh_token)).status, 400);
        assert.equal(await statusOf(renewed.access_token), 401);
        assert.equal((await refresh(renewed.refresh_token)).status, 400);
        assert.equal(await statusOf(other.access_token), 200);
        assert.deepEqual(await call(), { ok: true });
    });

    test('two transactions that refresh at once do it once, and the principal lives on', async () => {
        await call();
        const uses = async (): Promise<number> => {
            const { records } = await linked.orgs.target.connection.query<{ UseCount: number }>(
                "SELECT UseCount FROM OauthToken WHERE AppName = 'Salesforce Org Integration'"
            );
            return records.reduce((sum, { UseCount }) => sum + UseCount, 0);
        };
        const before = await uses();
        await pass(3 * HOUR);
        const callout = `HttpRequest request = new HttpRequest();
            request.setMethod('GET');
            request.setTimeout(120000);
            request.setEndpoint('callout:TargetOrg_NC/services/apexrest/Account?limit=1');`;
        const send = (): Promise<number> =>
            evaluateApex<number>(linked.orgs.source, callout, 'new Http().send(request).getStatusCode()');
        assert.deepEqual(await Promise.all([send(), send(), send(), send()]), [200, 200, 200, 200]);
        assert.equal((await uses()) - before, 1);
        await pass(3 * HOUR);
        assert.deepEqual(await call(), { ok: true });
    });

    test('an app sees its own tokens, and all of the org with isIntrospectAllTokens', async () => {
        const own = await logIn();
        const foreign = linked.pair.info().target.admin.accessToken;
        const seen = await introspect(own.access_token);
        assert.deepEqual([seen.active, seen.client_id, seen.token_type], [true, app.key, 'access_token']);
        assert.equal((await introspect(own.refresh_token)).token_type, 'refresh_token');
        assert.deepEqual(await introspect(foreign), { active: false });
        const settings = {
            type: 'ExtlClntAppGlobalOauthSettings',
            fullName: 'SalesforceOrgIntegration_glbloauth'
        };
        const undo = await edit(linked.orgs.target, settings, (xml) =>
            xml.replace('<isIntrospectAllTokens>false<', '<isIntrospectAllTokens>true<')
        );
        try {
            const all = await introspect(foreign);
            assert.deepEqual([all.active, all.username], [true, linked.orgs.target.username]);
        } finally {
            await undo();
        }
        assert.deepEqual(await introspect(foreign), { active: false });
        assert.equal((await post('introspect', { token: foreign })).status, 400, 'a stranger may look');
    });

    test('a revoked refresh token takes its access tokens along, by itself or by the delete token of its row', async () => {
        const first = await logIn();
        assert.equal((await post('revoke', { token: first.refresh_token })).status, 200);
        assert.equal(await statusOf(first.access_token), 401);
        const second = await logIn();
        const { records } = await linked.orgs.target.connection.query<{ DeleteToken: string }>(
            "SELECT DeleteToken FROM OauthToken WHERE AppName = 'Salesforce Org Integration' ORDER BY CreatedDate DESC, Id DESC LIMIT 1"
        );
        assert.equal((await post('revoke', { token: records[0]?.DeleteToken ?? '' })).status, 200);
        assert.equal(await statusOf(second.access_token), 401);
        assert.deepEqual(await introspect(second.refresh_token), { active: false });
        await assert.rejects(
            async () => linked.orgs.target.connection.query('SELECT AccessToken FROM OauthToken'),
            /No such column 'AccessToken'/
        );
    });
});
