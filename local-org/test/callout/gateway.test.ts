import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createAccessTokens } from '../../src/callout/access-tokens.ts';
import { createCalloutGateway } from '../../src/callout/gateway.ts';
import { CalloutFailure, type ApexCallout, type CalloutGateway } from '../../src/callout/types.ts';
import { createProviderSecrets } from '../../src/org/provider-secrets.ts';
import { createPrincipalCredentials, type PrincipalCredentials } from '../../src/org/principal-credentials.ts';
import {
    accessOf,
    deploy,
    externalCredential,
    namedCredential,
    registry,
    reply,
    transport,
    type FakeTransport
} from './fixture.ts';
import type { CalloutOutcome, CalloutRequest } from '../../src/http/types.ts';
import type { MetadataDocument, MetadataRegistry } from '../../src/org/metadata-registry.ts';

const FULL_ACCESS = { principals: ['Target_EC-Integration'], readable: ['UserExternalCredential'] };
const NO_ACCESS =
    "We couldn't access the credential(s). You might not have the required permissions, or the external credential " +
    '"Target_EC" might not exist.';

let metadata: MetadataRegistry;
let credentials: PrincipalCredentials;
let wire: FakeTransport;

function gateway(grants: Parameters<typeof accessOf>[0] = FULL_ACCESS): CalloutGateway {
    const tokens = createAccessTokens({
        metadata,
        credentials,
        providerSecrets: createProviderSecrets(metadata),
        certificates: { sign: () => undefined },
        transport: wire,
        now: () => 0,
        userField: () => null
    });
    return createCalloutGateway({
        metadata,
        access: accessOf(grants),
        tokens,
        credentials,
        now: () => 0,
        transport: wire
    });
}

function get(endpoint: string, headers: ApexCallout['headers'] = []): ApexCallout {
    return { method: 'GET', endpoint, headers, body: new Uint8Array(), timeoutMs: 10_000 };
}

function failure(work: () => unknown): string {
    try {
        work();
    } catch (error) {
        assert.ok(error instanceof CalloutFailure, String(error));
        return error.message;
    }
    return assert.fail('the callout succeeded');
}

function storeSecret(): void {
    credentials.put(
        { externalCredential: 'Target_EC', principalName: 'Integration', principalType: 'NamedPrincipal' },
        new Map([
            ['clientId', { value: 'key', encrypted: false }],
            ['clientSecret', { value: 's&cret', encrypted: true }]
        ])
    );
}

function isTokenRequest({ url }: CalloutRequest): boolean {
    return url === 'http://target/token';
}

function target(answer: (request: CalloutRequest, token: string) => CalloutOutcome): FakeTransport {
    let issued = 0;
    return transport((request) => {
        if (isTokenRequest(request)) {
            issued += 1;
            return reply(200, { access_token: `token-${issued}` });
        }
        return answer(request, request.headers['Authorization'] ?? '');
    });
}

beforeEach(() => {
    metadata = registry();
    credentials = createPrincipalCredentials(metadata);
    deploy(metadata, 'ExternalCredential', 'Target_EC', externalCredential(['Integration']));
    deploy(metadata, 'NamedCredential', 'Target_NC', namedCredential('http://target/', 'Target_EC'));
    storeSecret();
    wire = target(() => reply(200, 'ok'));
});

describe('a named credential', () => {
    test('takes no token of the browser flow that it had before', () => {
        const key = {
            externalCredential: 'Target_EC',
            principalName: 'Integration',
            principalType: 'NamedPrincipal'
        } as const;
        const left = { value: 'left', encrypted: true };
        credentials.put(key, new Map([...(credentials.get(key) ?? []), ['accessToken', left], ['refreshToken', left]]));
        const calls = gateway();
        assert.equal(calls.send(get('callout:Target_NC/'), 'user').status, 200);
        assert.equal(wire.requests.at(-1)?.headers['Authorization'], 'Bearer token-1');
        wire = transport(() => reply(400, { error: 'invalid_grant', error_description: 'ip restricted' }));
        assert.match(
            failure(() => gateway().send(get('callout:Target_NC/'), 'user')),
            /invalid_grant.*ip restricted/
        );
    });

    test('with a client certificate is not called without it', () => {
        const { namedCredentialParameters, ...document } = namedCredential('http://target/', 'Target_EC');
        const certificate = { parameterName: 'Cert', parameterType: 'ClientCertificate', certificate: 'Partner' };
        deploy(metadata, 'NamedCredential', 'Target_NC', {
            ...document,
            namedCredentialParameters: [...(namedCredentialParameters as object[]), certificate]
        } as MetadataDocument);
        assert.equal(
            failure(() => gateway().send(get('callout:Target_NC/'), 'user')),
            'The local org does not support the client certificate Partner of the named credential Target_NC'
        );
        assert.deepEqual(wire.requests, []);
    });

    test('sends to its URL with a token that it fetches once', () => {
        const calls = gateway();
        const answers = ['/a?b=1', '/c'].map((path) => calls.send(get(`callout:Target_NC${path}`), 'user').status);
        assert.deepEqual(answers, [200, 200]);
        assert.deepEqual(
            wire.requests.map(({ url, headers }) => [url, headers['Authorization']]),
            [
                ['http://target/token', undefined],
                ['http://target/a?b=1', 'Bearer token-1'],
                ['http://target/c', 'Bearer token-1']
            ]
        );
    });

    test('sends the secret in the body of the token request', () => {
        gateway().send(get('callout:Target_NC/a'), 'user');
        const body = new TextDecoder().decode(wire.requests[0].body);
        assert.equal(body, 'grant_type=client_credentials&client_id=key&client_secret=s%26cret');
    });

    test('sends the secret in a Basic header when the variant says so', () => {
        const document = externalCredential(['Integration'], 'ClientCredentialsClientSecretBasic');
        deploy(metadata, 'ExternalCredential', 'Target_EC', document);
        gateway().send(get('callout:Target_NC/a'), 'user');
        const [request] = wire.requests;
        assert.equal(request.headers['authorization'], `Basic ${btoa('key:s&cret')}`);
        assert.equal(new TextDecoder().decode(request.body), 'grant_type=client_credentials');
    });

    test('fetches a new token once when the target answers 401', () => {
        wire = target((_request, token) => (token === 'Bearer token-1' ? reply(401, 'old') : reply(200, 'new')));
        const answer = gateway().send(get('callout:Target_NC/a'), 'user');
        assert.equal(new TextDecoder().decode(answer.body), 'new');
        assert.equal(wire.requests.filter(isTokenRequest).length, 2);
    });

    test('gives a second 401 to Apex', () => {
        wire = target(() => reply(401, 'no'));
        assert.equal(gateway().send(get('callout:Target_NC/a'), 'user').status, 401);
        assert.equal(wire.requests.length, 4);
    });

    test('forgets its token when the secret changes', () => {
        const calls = gateway();
        calls.send(get('callout:Target_NC/a'), 'user');
        storeSecret();
        calls.send(get('callout:Target_NC/a'), 'user');
        assert.equal(wire.requests.filter(isTokenRequest).length, 2);
    });

    test('overrides an Authorization header of Apex, whatever its case', () => {
        gateway().send(get('callout:Target_NC/a', [['authorization', 'Bearer forged']]), 'user');
        const { headers } = wire.requests.at(-1)!;
        assert.deepEqual(headers, { Authorization: 'Bearer token-1' });
    });
});

describe('a callout is refused', () => {
    test('without principal access', () => {
        assert.equal(
            failure(() => gateway({ ...FULL_ACCESS, principals: [] }).send(get('callout:Target_NC/a'), 'user')),
            NO_ACCESS
        );
    });

    test('without Read on UserExternalCredential', () => {
        assert.equal(
            failure(() => gateway({ ...FULL_ACCESS, readable: [] }).send(get('callout:Target_NC/a'), 'user')),
            NO_ACCESS
        );
    });

    test('without a stored credential', () => {
        credentials.remove({
            externalCredential: 'Target_EC',
            principalName: 'Integration',
            principalType: 'NamedPrincipal'
        });
        assert.equal(
            failure(() => gateway().send(get('callout:Target_NC/a'), 'user')),
            NO_ACCESS
        );
    });

    test('when a deploy took the principal away, and its secret is gone when it comes back', () => {
        deploy(metadata, 'ExternalCredential', 'Target_EC', externalCredential([]));
        assert.equal(
            failure(() => gateway().send(get('callout:Target_NC/a'), 'user')),
            NO_ACCESS
        );
        assert.ok(credentials.version > 0);
        deploy(metadata, 'ExternalCredential', 'Target_EC', externalCredential(['Integration']));
        assert.equal(
            failure(() => gateway().send(get('callout:Target_NC/a'), 'user')),
            NO_ACCESS
        );
    });

    test('when there is no such named credential', () => {
        assert.equal(
            failure(() => gateway().send(get('callout:Other/a'), 'user')),
            "The callout couldn't access the endpoint. You might not have the required permissions, or the named " +
                'credential "Other" might not exist.'
        );
    });

    test('when the token endpoint refuses, with its error', () => {
        wire = transport(() =>
            reply(400, { error: 'invalid_client', error_description: 'invalid client credentials' })
        );
        assert.equal(
            failure(() => gateway().send(get('callout:Target_NC/a'), 'user')),
            'Unable to fetch the OAuth token. Error: invalid_client. Error description: invalid client credentials.'
        );
    });

    test('when the token endpoint answers something else', () => {
        wire = transport(() => reply(404, '<html>'));
        assert.equal(
            failure(() => gateway().send(get('callout:Target_NC/a'), 'user')),
            'Unable to fetch the OAuth token. Error: . Error description: .'
        );
    });

    test('when the target does not answer in time', () => {
        wire = target(() => ({ ok: false, reason: 'timeout', detail: '' }));
        assert.equal(
            failure(() => gateway().send(get('callout:Target_NC/a'), 'user')),
            'Read timed out'
        );
    });

    test('for a protocol that the local org has not, by its name', () => {
        deploy(
            metadata,
            'ExternalCredential',
            'Target_EC',
            externalCredential(['Integration'], 'ClientCredentialsJwtAssertion')
        );
        assert.match(
            failure(() => gateway().send(get('callout:Target_NC/a'), 'user')),
            /does not support external credential "Target_EC" of protocol "Oauth ClientCredentialsJwtAssertion"/
        );
    });
});

describe('merge fields and headers of a named credential', () => {
    const PRINCIPAL = {
        externalCredential: 'Keys_EC',
        principalName: 'Main',
        principalType: 'NamedPrincipal'
    } as const;
    const GRANTS = { principals: ['Keys_EC-Main'], readable: ['UserExternalCredential'] };

    function given(protocol: string, headers: Readonly<Record<string, string>>, options = {}): void {
        deploy(metadata, 'ExternalCredential', 'Keys_EC', {
            label: 'Keys',
            authenticationProtocol: protocol,
            externalCredentialParameters: [
                { parameterName: 'Main', parameterType: 'NamedPrincipal', sequenceNumber: '1' },
                ...Object.entries(headers).map(([parameterName, parameterValue]) => ({
                    parameterName,
                    parameterType: 'AuthHeader',
                    parameterValue
                }))
            ]
        });
        deploy(metadata, 'NamedCredential', 'Keys_NC', { ...namedCredential('http://keys', 'Keys_EC'), ...options });
        wire = transport(() => reply(200, 'ok'));
    }

    function store(values: Readonly<Record<string, string>>): void {
        const entries = Object.entries(values).map(([name, value]) => [name, { value, encrypted: true }] as const);
        credentials.put(PRINCIPAL, new Map(entries));
    }

    function sent(callout = get('callout:Keys_NC/a')): CalloutRequest {
        gateway(GRANTS).send(callout, 'user');
        return wire.requests[0];
    }

    test('an API key of the protocol Custom goes into the header that names it', () => {
        given('Custom', {
            'X-Key': '{!$Credential.Keys_EC.ApiKey}',
            'X-Kind': "{!'Key ' & UPPER($Credential.Keys_EC.Kind)}"
        });
        store({ ApiKey: 'k-1', Kind: 'live' });
        assert.deepEqual(sent().headers, { 'X-Key': 'k-1', 'X-Kind': 'Key LIVE' });
    });

    test('the documented formula of a Basic header encodes', () => {
        const formula = "{!'Basic ' & BASE64ENCODE(BLOB($Credential.Keys_EC.User & ':' & $Credential.Keys_EC.Secret))}";
        given('Custom', { Authorization: formula });
        store({ User: 'u', Secret: 's' });
        assert.equal(sent().headers['Authorization'], `Basic ${Buffer.from('u:s').toString('base64')}`);
    });

    test('a branch of a formula that is not taken needs no credential', () => {
        given('Custom', { 'X-Key': "{!IF(FALSE, BASE64ENCODE($Credential.Keys_EC.ApiKey), 'none')}" });
        assert.equal(sent().headers['X-Key'], 'none');
    });

    test('the protocol Basic generates its header, and lends its password to another', () => {
        given('Basic', { 'X-Token': "{!'Bearer ' & $Credential.Password}" });
        store({ username: 'u', password: 'p' });
        assert.deepEqual(sent().headers, {
            'X-Token': 'Bearer p',
            Authorization: `Basic ${Buffer.from('u:p').toString('base64')}`
        });
    });

    test('Apex may merge where the named credential allows it, and nowhere else', () => {
        const callout = {
            ...get('callout:Keys_NC/a', [['X-User', '{!$Credential.UserName}']]),
            body: new TextEncoder().encode('<p>{!HTMLENCODE($Credential.Password)}</p>')
        };
        given('Basic', {}, { allowMergeFieldsInHeader: 'true', allowMergeFieldsInBody: 'true' });
        store({ username: 'u', password: 'a&b' });
        const allowed = sent(callout);
        assert.equal(allowed.headers['X-User'], 'u');
        assert.equal(new TextDecoder().decode(allowed.body), '<p>a&amp;b</p>');
        given('Basic', {});
        const plain = sent(callout);
        assert.equal(plain.headers['X-User'], '{!$Credential.UserName}');
        assert.equal(new TextDecoder().decode(plain.body), '<p>{!HTMLENCODE($Credential.Password)}</p>');
    });

    test('a body that is no text stays as it is', () => {
        given('Basic', {}, { allowMergeFieldsInBody: 'true' });
        store({ username: 'u', password: 'p' });
        const body = new Uint8Array([0xff, ...new TextEncoder().encode('{!$Credential.UserName}')]);
        assert.deepEqual(sent({ ...get('callout:Keys_NC/a'), body }).body, body);
    });

    test('a field that there is not, or that nothing is stored for, fails the callout', () => {
        given('Basic', { 'X-Key': '{!$Credential.Keys_EC.Password}' });
        store({ username: 'u', password: 'p' });
        assert.match(
            failure(() => sent()),
            /\$Credential\.Keys_EC\.Password does not exist/
        );
        given('Custom', { 'X-Key': '{!$Credential.Keys_EC.ApiKey}' });
        store({ Other: 'o' });
        assert.equal(
            failure(() => sent()),
            "The external credential isn't fully configured."
        );
        given('Basic', {});
        credentials.remove(PRINCIPAL);
        assert.equal(
            failure(() => sent()),
            "The external credential isn't fully configured."
        );
    });
});

describe('a plain URL', () => {
    const url = 'http://elsewhere:8080/path';

    test('needs a remote site setting', () => {
        assert.equal(
            failure(() => gateway().send(get(url), 'user')),
            `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${url}`
        );
    });

    test('is called with one for its scheme, host and port', () => {
        deploy(metadata, 'RemoteSiteSetting', 'Elsewhere', { url: 'http://elsewhere:8080', isActive: 'true' });
        assert.equal(gateway().send(get(url), 'user').status, 200);
    });

    test('is not covered by a site that is not active or has another port', () => {
        deploy(metadata, 'RemoteSiteSetting', 'Off', { url: 'http://elsewhere:8080', isActive: 'false' });
        deploy(metadata, 'RemoteSiteSetting', 'Other', { url: 'http://elsewhere', isActive: 'true' });
        assert.match(
            failure(() => gateway().send(get(url), 'user')),
            /^Unauthorized endpoint/
        );
    });
});
