import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createAccessTokens, tokenValues, type AccessTokens } from '../../src/callout/access-tokens.ts';
import { createCertificates } from '../../src/org/certificates.ts';
import { fixedClock } from '../../src/org/clock.ts';
import { externalCredential as read, type ExternalCredential } from '../../src/org/external-credential.ts';
import { createPrincipalCredentials, type PrincipalCredentials } from '../../src/org/principal-credentials.ts';
import { createProviderSecrets } from '../../src/org/provider-secrets.ts';
import { deploy, registry, reply } from './fixture.ts';
import type { CalloutOutcome, CalloutRequest, CalloutTransport } from '../../src/http/types.ts';
import type { MetadataRegistry } from '../../src/org/metadata-registry.ts';

const KEY = { externalCredential: 'Target_EC', principalName: 'Integration', principalType: 'NamedPrincipal' } as const;
const clock = fixedClock('2026-11-22T10:00:00Z');

let metadata: MetadataRegistry;
let credentials: PrincipalCredentials;
let credential: ExternalCredential;

/** A target with rotation on: each refresh token is good once, and one that comes twice ends them all. */
class RotatingTarget {
    current = 'refresh-0';
    requests = 0;
    dead = false;

    answer(request: CalloutRequest): CalloutOutcome {
        this.requests += 1;
        const sent = new URLSearchParams(new TextDecoder().decode(request.body)).get('refresh_token');
        if (this.dead || sent !== this.current) {
            this.dead = true;
            return reply(400, { error: 'invalid_grant', error_description: 'expired access/refresh token' });
        }
        this.current = `refresh-${this.requests}`;
        return reply(200, { access_token: `access-${this.requests}`, refresh_token: this.current });
    }
}

function tokensOver(transport: CalloutTransport): AccessTokens {
    return createAccessTokens({
        metadata,
        credentials,
        providerSecrets,
        certificates: createCertificates(clock),
        transport,
        now: () => clock.now(),
        userField: () => null
    });
}

let providerSecrets: ReturnType<typeof createProviderSecrets>;

beforeEach(() => {
    metadata = registry();
    credentials = createPrincipalCredentials(metadata);
    providerSecrets = createProviderSecrets(metadata);
    deploy(metadata, 'AuthProvider', 'TargetOrgAuth', {
        consumerKey: 'key',
        authorizeUrl: 'http://target/authorize',
        tokenUrl: 'http://target/token',
        providerType: 'Salesforce'
    });
    providerSecrets.put('AuthProvider', 'TargetOrgAuth', new Map([['clientSecret', 'secret']]));
    deploy(metadata, 'ExternalCredential', 'Target_EC', {
        authenticationProtocol: 'Oauth',
        externalCredentialParameters: [
            { parameterName: 'AuthProvider', parameterType: 'AuthProvider', authProvider: 'TargetOrgAuth' },
            { parameterName: 'Integration', parameterType: 'NamedPrincipal', sequenceNumber: '1' }
        ]
    });
    credential = read(metadata, 'Target_EC')!;
    credentials.put(KEY, tokenValues({ accessToken: 'access-0', refreshToken: 'refresh-0' }));
});

describe('tokens of a browser login', () => {
    test('the stored one is used until it is refused, then both are renewed', () => {
        const target = new RotatingTarget();
        const tokens = tokensOver({ send: (request) => target.answer(request) });
        assert.equal(tokens.get(credential, KEY, 'user'), 'access-0');
        assert.equal(tokens.get(credential, KEY, 'user', 'access-0'), 'access-1');
        assert.equal(tokens.get(credential, KEY, 'user', 'access-1'), 'access-2');
        assert.equal(credentials.get(KEY)?.get('refreshToken')?.value, 'refresh-2');
    });

    test('who learns late that a token is refused takes the one that is there by then', () => {
        const target = new RotatingTarget();
        const tokens = tokensOver({ send: (request) => target.answer(request) });
        tokens.get(credential, KEY, 'user', 'access-0');
        assert.equal(tokens.get(credential, KEY, 'user', 'access-0'), 'access-1');
        assert.equal(target.requests, 1);
    });

    test('two transactions that refresh at once send one request and both go on', () => {
        const target = new RotatingTarget();
        let second: string | undefined;
        // While the first waits, the org serves a second transaction, which is refused too.
        const tokens = tokensOver({
            send: (request) => target.answer(request),
            start(request) {
                let outcome: CalloutOutcome | undefined;
                let waits = 0;
                return {
                    wait() {
                        waits += 1;
                        if (waits === 1) {
                            second = tokens.get(credential, KEY, 'other', 'access-0');
                        }
                        outcome ??= target.answer(request);
                        return outcome;
                    }
                };
            }
        });
        assert.equal(tokens.get(credential, KEY, 'user', 'access-0'), 'access-1');
        assert.equal(second, 'access-1');
        assert.equal(target.requests, 1);
        assert.equal(target.dead, false);
        assert.equal(tokens.get(credential, KEY, 'user', 'access-1'), 'access-2', 'the principal still works');
    });

    test('a refresh token that the target ended is told as a refresh that failed', () => {
        const target = new RotatingTarget();
        target.dead = true;
        const tokens = tokensOver({ send: (request) => target.answer(request) });
        assert.throws(() => tokens.get(credential, KEY, 'user', 'access-0'), /couldn't be refreshed/);
    });

    test('a deploy without the principal takes its tokens away', () => {
        const tokens = tokensOver({ send: () => assert.fail('nothing to send') });
        deploy(metadata, 'ExternalCredential', 'Target_EC', {
            authenticationProtocol: 'Oauth',
            externalCredentialParameters: [
                { parameterName: 'AuthProvider', parameterType: 'AuthProvider', authProvider: 'TargetOrgAuth' }
            ]
        });
        assert.throws(() => tokens.get(credential, KEY, 'user'), /couldn't access the credential/);
    });

    test('a renewal that a crash cuts off does not keep others waiting', () => {
        let crashes = true;
        const target = new RotatingTarget();
        const tokens = tokensOver({
            send: (request) => target.answer(request),
            start: (request) => ({
                wait() {
                    if (crashes) {
                        crashes = false;
                        throw new Error('crash');
                    }
                    return target.answer(request);
                }
            })
        });
        assert.throws(() => tokens.get(credential, KEY, 'user', 'access-0'), /crash/);
        assert.equal(tokens.get(credential, KEY, 'user', 'access-0'), 'access-1');
    });
});
