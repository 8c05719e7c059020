import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { OAuth2 } from '@jsforce/jsforce-node';
import * as openid from 'openid-client';
import { readAppCredentials, type AppCredentials } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import { consentUrl } from '../lib/consent.ts';
import { integrationUsername } from '../lib/integration-user.ts';
import { callbackUrl } from '../lib/link-steps.ts';
import { logInTo } from './support/consent.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { edit, withElement } from './support/org-edits.ts';
import { GLOBAL, OAUTH_POLICY } from './support/seed.ts';
import { signedAssertion } from './support/signed-assertion.ts';

/**
 * OAuth of the local org against clients that are written for every server: openid-client, certified for OpenID Connect, and
 * the client of Salesforce's own library. They check what they get by the standards, so that they accept nothing odd.
 */
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
});

let linked: LinkedPair;
let app: AppCredentials;
let username: string;
let redirectUri: string;
let client: openid.Configuration;

/** One app with every flow that the platform has for it: the browser flow's, with the others switched on. */
before(async () => {
    linked = await startLinkedPair({}, { flow: 'browser' });
    const { source, target } = linked.orgs;
    username = integrationUsername(target, 'browser');
    redirectUri = callbackUrl(source, linked.plan);
    await edit(target, GLOBAL, (xml) =>
        withElement(
            'isClientCredentialsFlowEnabled',
            'true'
        )(
            xml.replace(
                '<externalClientApplication>',
                `<certificate>${keys.publicKey}</certificate><externalClientApplication>`
            )
        )
    );
    await edit(target, OAUTH_POLICY, (xml) =>
        withElement(
            'isClientCredentialsFlowEnabled',
            'true'
        )(
            xml.replace(
                '<commaSeparatedPermissionSet>',
                `<clientCredentialsFlowUser>${username}</clientCredentialsFlowUser><commaSeparatedPermissionSet>`
            )
        )
    );
    const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
    app = await readAppCredentials(target, appName, credentialSetupPermissionSet);
    client = await discovered(openid.ClientSecretPost(app.secret));
});

after(() => linked?.pair.stop());

function discovered(authentication: openid.ClientAuth): Promise<openid.Configuration> {
    const { target } = linked.orgs;
    // The local org speaks HTTP on loopback.
    return openid.discovery(new URL(target.url), app.key, undefined, authentication, {
        execute: [openid.allowInsecureRequests]
    });
}

/** A login by code with PKCE, up to the address that the browser comes back with. */
async function login(): Promise<{ readonly back: URL; readonly state: string; readonly verifier: string }> {
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const url = openid.buildAuthorizationUrl(client, {
        redirect_uri: redirectUri,
        scope: 'api refresh_token',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state
    });
    return { back: new URL(await logInTo(url.href, username)), state, verifier };
}

async function tokensOf(): Promise<openid.TokenEndpointResponse> {
    const { back, state, verifier } = await login();
    return openid.authorizationCodeGrant(client, back, { expectedState: state, pkceCodeVerifier: verifier });
}

/** Whether the REST API of the target takes the token. */
async function isGood(token: string): Promise<boolean> {
    const { url, connection } = linked.orgs.target;
    const response = await fetch(`${url}/services/data/v${connection.version}/limits`, {
        headers: { Authorization: `Bearer ${token}` }
    });
    await response.arrayBuffer();
    return response.ok;
}

describe('openid-client', () => {
    test('discovers the server', () => {
        const server = client.serverMetadata();
        assert.equal(server.issuer, linked.orgs.target.url);
        assert.deepEqual(server.code_challenge_methods_supported, ['S256']);
        assert.ok(client.serverMetadata().supportsPKCE());
    });

    test('logs in by code with PKCE, and learns who it is', async () => {
        const tokens = await tokensOf();
        assert.equal(tokens.scope, 'api refresh_token');
        assert.ok(await isGood(tokens.access_token));
        const user = await openid.fetchUserInfo(client, tokens.access_token, openid.skipSubjectCheck);
        assert.equal(user.preferred_username, username);
    });

    test('renews its tokens; one that was replaced ends them all', async () => {
        const first = await tokensOf();
        const second = await openid.refreshTokenGrant(client, first.refresh_token ?? '');
        assert.ok(await isGood(second.access_token));
        assert.ok(second.refresh_token && second.refresh_token !== first.refresh_token);
        const refused = { error: 'invalid_grant', error_description: 'expired access/refresh token' };
        await assert.rejects(openid.refreshTokenGrant(client, first.refresh_token ?? ''), refused);
        await assert.rejects(openid.refreshTokenGrant(client, second.refresh_token), refused);
        assert.equal(await isGood(second.access_token), false);
    });

    test('gets a token for itself, with its secret in the body and in the header', async () => {
        for (const authentication of [openid.ClientSecretPost(app.secret), openid.ClientSecretBasic(app.secret)]) {
            const tokens = await openid.clientCredentialsGrant(await discovered(authentication));
            assert.ok(await isGood(tokens.access_token));
            assert.equal(tokens.refresh_token, undefined);
        }
        await assert.rejects(openid.clientCredentialsGrant(client, { scope: 'api' }), {
            error: 'invalid_request',
            error_description: 'scope parameter not supported'
        });
        await assert.rejects(openid.clientCredentialsGrant(await discovered(openid.ClientSecretPost('another'))), {
            error: 'invalid_client'
        });
    });

    test('gets a token for an assertion that it signs', async () => {
        const claims = { iss: app.key, sub: username, aud: linked.orgs.target.url };
        const grant = (text: string): Promise<openid.TokenEndpointResponse> =>
            openid.genericGrantRequest(client, JWT_BEARER, { assertion: text });
        assert.ok(await isGood((await grant(signedAssertion(claims, keys.privateKey))).access_token));
        await assert.rejects(grant(signedAssertion({ ...claims, aud: 'https://login.example.com' }, keys.privateKey)), {
            error: 'invalid_grant',
            error_description: 'audience is invalid'
        });
    });

    test('asks about tokens and revokes them', async () => {
        const tokens = await tokensOf();
        const known = await openid.tokenIntrospection(client, tokens.access_token);
        assert.deepEqual(
            [known.active, known.client_id, known.username, known.token_type],
            [true, app.key, username, 'access_token']
        );
        await openid.tokenRevocation(client, tokens.refresh_token ?? '');
        assert.equal((await openid.tokenIntrospection(client, tokens.access_token)).active, false);
        assert.equal(await isGood(tokens.access_token), false);
    });

    test('does not take an answer with another state, nor is it given tokens for another verifier', async () => {
        const { back, state, verifier } = await login();
        const altered = new URL(back);
        altered.searchParams.set('state', openid.randomState());
        await assert.rejects(
            openid.authorizationCodeGrant(client, altered, { expectedState: state, pkceCodeVerifier: verifier }),
            { code: 'OAUTH_INVALID_RESPONSE' }
        );
        await assert.rejects(
            openid.authorizationCodeGrant(client, back, {
                expectedState: state,
                pkceCodeVerifier: openid.randomPKCECodeVerifier()
            }),
            { error: 'invalid_grant' }
        );
        // The code was used up.
        await assert.rejects(
            openid.authorizationCodeGrant(client, back, { expectedState: state, pkceCodeVerifier: verifier }),
            { error: 'invalid_grant', error_description: 'expired authorization code' }
        );
    });
});

describe("the client of Salesforce's library", () => {
    function newClient(): OAuth2 {
        const loginUrl = linked.orgs.target.url;
        return new OAuth2({ loginUrl, clientId: app.key, clientSecret: app.secret, redirectUri, useVerifier: true });
    }

    test('logs in by code, with a challenge that names no method, renews and revokes', async () => {
        const oauth2 = newClient();
        const back = new URL(
            await logInTo(oauth2.getAuthorizationUrl({ scope: 'api refresh_token', state: 'x' }), username)
        );
        const tokens = await oauth2.requestToken(back.searchParams.get('code') ?? '');
        assert.match(tokens.id, /\/id\/00D\w{15}\/005\w{15}$/);
        assert.equal(tokens.instance_url, linked.orgs.target.url);
        const renewed = await oauth2.refreshToken(tokens.refresh_token ?? '');
        assert.ok(await isGood(renewed.access_token));
        await oauth2.revokeToken(renewed.refresh_token ?? '');
        assert.equal(await isGood(renewed.access_token), false);
        await assert.rejects(oauth2.refreshToken(renewed.refresh_token ?? ''), { name: 'invalid_grant' });
    });

    test('gets a token for itself and for an assertion', async () => {
        const oauth2 = newClient();
        const own = await oauth2.requestToken({ grant_type: 'client_credentials' });
        assert.ok(await isGood(own.access_token));
        const claims = { iss: app.key, sub: username, aud: linked.orgs.target.url };
        const signed = signedAssertion(claims, keys.privateKey);
        const bearer = await oauth2.requestToken({ grant_type: JWT_BEARER, assertion: signed });
        assert.ok(await isGood(bearer.access_token));
    });
});

/** What a browser shows at an address. */
async function pageAt(url: URL): Promise<string> {
    const response = await fetch(url);
    return response.text();
}

describe('the source org as a client', () => {
    test('takes no answer with an altered state, and each right one once', async () => {
        const { source } = linked.orgs;
        const begin = async (): Promise<URL> => new URL(await logInTo(await consentUrl(source, linked.plan), username));
        const [back, other] = [await begin(), await begin()];
        const state = back.searchParams.get('state') ?? '';
        const last = state.at(-1) === 'A' ? 'B' : 'A';
        const altered = [
            undefined,
            '',
            ' ',
            state.slice(0, -1),
            state.slice(1),
            `${state}A`,
            ` ${state}`,
            `${state} `,
            state.slice(0, -1) + last,
            state.toUpperCase(),
            state.toLowerCase(),
            `${state},${state}`,
            `${state}\0`,
            openid.randomState(),
            'null',
            'undefined'
        ].filter((value) => value !== state);
        for (const value of altered) {
            const url = new URL(back);
            url.searchParams.delete('state');
            if (value !== undefined) {
                url.searchParams.set('state', value);
            }
            assert.match(await pageAt(url), /The login did not succeed/, JSON.stringify(value));
        }
        // The code of one login with the state of another: the verifier does not fit.
        const swapped = new URL(other);
        swapped.searchParams.set('code', back.searchParams.get('code') ?? '');
        assert.match(await pageAt(swapped), /The login did not succeed/);
        // At the address of another provider; that uses the state up.
        const elsewhere = new URL((await begin()).href.replace(linked.plan.authProvider, 'Another'));
        assert.match(await pageAt(elsewhere), /The login did not succeed/);
        const good = await begin();
        assert.match(await pageAt(good), /Access allowed/);
        assert.match(await pageAt(good), /The login did not succeed/);
    });
});
