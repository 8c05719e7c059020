import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { externalCredential, namedCredential } from '../callout/fixture.ts';
import { APP, deployApp } from './support/apps.ts';
import { list, text } from './support/json.ts';
import { DATA, newTestOrg, type Answer, type TestOrg } from './support/test-org.ts';
import { tokenOfNewUser } from './support/users.ts';

const CREDENTIAL = `${DATA}/named-credentials/credential`;
const PRINCIPAL = 'externalCredential=Target_EC&principalName=Integration&principalType=NamedPrincipal';
const APPS = `${DATA}/apps/oauth`;
const SECRET = 'a-very-secret-value';

let org: TestOrg;

beforeEach(() => {
    org = newTestOrg();
    org.deploy('ExternalCredential', 'Target_EC', externalCredential(['Integration']));
    org.deploy('NamedCredential', 'Target_NC', namedCredential('http://localhost:7701', 'Target_EC'));
});

function input(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
        externalCredential: 'Target_EC',
        principalName: 'Integration',
        principalType: 'NamedPrincipal',
        authenticationProtocol: 'OAuth',
        authenticationProtocolVariant: 'ClientCredentialsClientSecret',
        credentials: {
            clientId: { value: 'key', encrypted: false },
            clientSecret: { value: SECRET, encrypted: true }
        },
        ...more
    };
}

function refused(answer: Answer, status: number, errorCode: string, message?: RegExp): void {
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.equal(answer.body[0].errorCode, errorCode);
    if (message !== undefined) {
        assert.match(text(answer.body[0].message), message);
    }
}

describe('the credential of a principal', () => {
    test('is not there at first', () => {
        refused(org.call('GET', `${CREDENTIAL}?${PRINCIPAL}`), 404, 'NOT_FOUND');
        refused(org.call('PUT', CREDENTIAL, { body: input() }), 404, 'NOT_FOUND');
        refused(org.call('DELETE', `${CREDENTIAL}?${PRINCIPAL}`), 404, 'NOT_FOUND');
    });

    test('is written once with POST and answers without its secret', () => {
        const { status, body } = org.call('POST', CREDENTIAL, { body: input() });
        assert.equal(status, 201);
        assert.equal(body.authenticationStatus, 'Configured');
        assert.equal(body.credentials.clientId.value, 'key');
        assert.deepEqual(Object.keys(body.credentials.clientSecret), ['encrypted', 'revision']);
        assert.deepEqual(org.call('GET', `${CREDENTIAL}?${PRINCIPAL}`).body, body);
        assert.ok(!JSON.stringify(org.org.metadata.snapshot()).includes(SECRET));
    });

    test('is overwritten with PUT only', () => {
        const first = org.call('POST', CREDENTIAL, { body: input() }).body;
        refused(
            org.call('POST', CREDENTIAL, { body: input() }),
            409,
            'CONFLICT',
            /Use the PUT method to overwrite them\.$/
        );
        const second = org.call('PUT', CREDENTIAL, { body: input() });
        assert.equal(second.status, 200);
        assert.ok(Number(second.body.credentials?.clientId?.revision) > Number(first.credentials?.clientId?.revision));
    });

    test('is refreshed on demand, with the answer of the token endpoint when it refuses', () => {
        const { credentials: _credentials, ...principal } = input();
        const refresh = (): Answer => org.call('POST', `${CREDENTIAL}?action=Refresh`, { body: principal });
        refused(refresh(), 404, 'NOT_FOUND');
        org.call('POST', CREDENTIAL, { body: input() });
        refused(refresh(), 400, 'INVALID_API_INPUT', /^The expired credentials couldn't be refreshed/);
        refused(org.call('POST', `${CREDENTIAL}?action=Other`, { body: principal }), 400, 'INVALID_API_INPUT');
    });

    test('is removed with DELETE', () => {
        org.call('POST', CREDENTIAL, { body: input() });
        assert.equal(org.call('DELETE', `${CREDENTIAL}?${PRINCIPAL}`).status, 204);
        assert.equal(org.call('GET', `${CREDENTIAL}?${PRINCIPAL}`).status, 404);
    });

    test('is gone when a deploy leaves the principal out', () => {
        org.call('POST', CREDENTIAL, { body: input() });
        org.deploy('ExternalCredential', 'Target_EC', externalCredential(['Other']));
        org.call('GET', `${DATA}/named-credentials/external-credentials`);
        org.deploy('ExternalCredential', 'Target_EC', externalCredential(['Integration']));
        refused(org.call('GET', `${CREDENTIAL}?${PRINCIPAL}`), 404, 'NOT_FOUND');
    });

    test('takes the protocol in the spelling of Connect REST only', () => {
        const body = input({ authenticationProtocol: 'Oauth' });
        refused(org.call('POST', CREDENTIAL, { body }), 400, 'INVALID_API_INPUT');
    });

    test('takes known principal types only', () => {
        const body = input({ principalType: 'PerUser' });
        refused(org.call('POST', CREDENTIAL, { body }), 400, 'POST_BODY_PARSE_ERROR');
    });

    test('refuses an encrypted client id and a secret in the clear', () => {
        for (const encrypted of [true, false]) {
            const credentials = { clientId: { value: 'k', encrypted }, clientSecret: { value: 's', encrypted } };
            refused(org.call('POST', CREDENTIAL, { body: input({ credentials }) }), 400, 'INVALID_API_INPUT');
        }
    });

    test('needs an external credential that exists', () => {
        const body = input({ externalCredential: 'Other' });
        refused(org.call('POST', CREDENTIAL, { body }), 404, 'NOT_FOUND');
    });
});

describe('credential setup', () => {
    test('shows an external credential with the status of its principals', () => {
        const path = `${DATA}/named-credentials/external-credentials/Target_EC`;
        assert.equal(org.call('GET', path).body.principals[0].authenticationStatus, 'NotConfigured');
        org.call('POST', CREDENTIAL, { body: input() });
        const { body } = org.call('GET', path);
        assert.equal(body.principals[0].authenticationStatus, 'Configured');
        assert.equal(body.relatedNamedCredentials[0].developerName, 'Target_NC');
        assert.equal(org.call('GET', `${DATA}/named-credentials/external-credentials/No`).status, 404);
    });

    test('shows a named credential', () => {
        const { body } = org.call('GET', `${DATA}/named-credentials/named-credential-setup/Target_NC`);
        assert.equal(body.calloutUrl, 'http://localhost:7701');
        assert.equal(body.externalCredentials[0].developerName, 'Target_EC');
    });
});

describe('credential setup by Connect REST', () => {
    const EXTERNAL = `${DATA}/named-credentials/external-credentials`;
    const NAMED = `${DATA}/named-credentials/named-credential-setup`;
    const external = {
        developerName: 'Keys_EC',
        masterLabel: 'Keys',
        authenticationProtocol: 'Custom',
        customHeaders: [{ headerName: 'X-Key', headerValue: '{!$Credential.Keys_EC.ApiKey}', sequenceNumber: 1 }],
        principals: [{ principalName: 'Main', principalType: 'NamedPrincipal', sequenceNumber: 1 }]
    };
    const named = {
        developerName: 'Keys_NC',
        masterLabel: 'Keys',
        type: 'SecuredEndpoint',
        calloutUrl: 'https://keys.example.com',
        externalCredentials: [{ developerName: 'Keys_EC' }],
        calloutOptions: { generateAuthorizationHeader: false, allowMergeFieldsInHeader: true },
        parameters: [
            {
                parameterName: 'Allowed',
                parameterType: 'AllowedManagedPackageNamespaces',
                parameterValue: 'pkg',
                parameterDescription: 'Our package'
            }
        ]
    };

    test('makes, changes and deletes external and named credentials', () => {
        const made = org.call('POST', EXTERNAL, { body: external });
        assert.equal(made.status, 201);
        assert.match(text(list(made.body.principals)[0]?.id), /^0pu/);
        assert.equal(list(made.body.customHeaders)[0]?.headerValue, '{!$Credential.Keys_EC.ApiKey}');
        refused(org.call('POST', EXTERNAL, { body: external }), 409, 'CONFLICT', /Keys_EC already exists/);
        const namedMade = org.call('POST', NAMED, { body: named });
        assert.equal(namedMade.status, 201);
        assert.deepEqual(list(namedMade.body.parameters)[0], {
            parameterDescription: 'Our package',
            parameterName: 'Allowed',
            parameterType: 'AllowedManagedPackageNamespaces',
            parameterValue: 'pkg'
        });
        const changed = org.call('PUT', `${NAMED}/Keys_NC`, {
            body: { ...named, calloutUrl: 'https://keys.example.com/v2', parameters: [] }
        });
        assert.equal(changed.status, 200);
        assert.deepEqual([changed.body.calloutUrl, changed.body.parameters], ['https://keys.example.com/v2', []]);
        refused(
            org.call('DELETE', `${EXTERNAL}/Keys_EC`),
            400,
            'INVALID_API_INPUT',
            /used by the named credential Keys_NC/
        );
        assert.equal(org.call('DELETE', `${NAMED}/Keys_NC`).status, 204);
        assert.equal(org.call('DELETE', `${EXTERNAL}/Keys_EC`).status, 204);
        refused(org.call('PUT', `${EXTERNAL}/Keys_EC`, { body: external }), 404, 'NOT_FOUND');
    });

    test('refuses what an input does not have, by its name', () => {
        org.call('POST', EXTERNAL, { body: external });
        const body = { ...named, calloutStatus: 'Enabled' };
        refused(org.call('POST', NAMED, { body }), 400, 'JSON_PARSER_ERROR', /^Unrecognized field "calloutStatus"$/);
        const bad = { ...external, developerName: 'Other', authenticationProtocol: 'Oauth' };
        refused(org.call('POST', EXTERNAL, { body: bad }), 400, 'POST_BODY_PARSE_ERROR', /Valid values are: .*OAuth/);
        const url = { ...named, calloutUrl: 'keys' };
        refused(org.call('POST', NAMED, { body: url }), 400, 'INVALID_API_INPUT', /isn't a valid URL: keys/);
    });

    test('changes single credentials of the protocol Custom', () => {
        org.call('POST', EXTERNAL, { body: external });
        const body = {
            externalCredential: 'Keys_EC',
            principalName: 'Main',
            principalType: 'NamedPrincipal',
            authenticationProtocol: 'Custom',
            credentials: { ApiKey: { value: SECRET, encrypted: true }, Region: { value: 'us', encrypted: false } }
        };
        refused(org.call('PATCH', CREDENTIAL, { body }), 404, 'NOT_FOUND');
        assert.equal(org.call('POST', CREDENTIAL, { body }).status, 201);
        const region = { ...body, credentials: { Region: { value: 'eu', encrypted: false } } };
        const patched = org.call('PATCH', CREDENTIAL, { body: region });
        assert.deepEqual(Object.keys(patched.body.credentials), ['ApiKey', 'Region']);
        const principal = 'externalCredential=Keys_EC&principalName=Main&principalType=NamedPrincipal';
        const path = `${CREDENTIAL}?${principal}`;
        assert.equal(org.call('DELETE', `${path}&authenticationParameters=Region`).status, 204);
        assert.deepEqual(Object.keys(org.call('GET', path).body.credentials), ['ApiKey']);
        refused(
            org.call('DELETE', `${path}&authenticationParameters=Region`),
            404,
            'NOT_FOUND',
            /no credential "Region"/
        );
    });

    test('is for those who may manage named credentials', () => {
        const { userId } = org.org.admin;
        assert.ok(org.org.access.userPermission(userId, 'ManageNamedCredentials'));
        const token = tokenOfNewUser(org, 'plain@target.local', 'Standard User');
        refused(org.call('POST', EXTERNAL, { body: external, token }), 403, 'INSUFFICIENT_ACCESS');
    });
});

describe('the credentials of an External Client App', () => {
    function allowSecrets(): void {
        org.deploy('Settings', 'ExternalClientApp', { enableClientSecretInRestApiAccess: 'true' });
    }

    function assignSetup(): void {
        const names = [
            'ExternalClientAppAdmin',
            'ExternalClientAppDeveloper',
            'ExternalClientAppViewer',
            'ViewClientSecret'
        ];
        org.deploy('PermissionSet', 'Eca_Setup', {
            label: 'Setup',
            userPermissions: names.map((name) => ({ name, enabled: 'true' }))
        });
        const { id } = org.org.metadata.get('PermissionSet', 'Eca_Setup')!;
        const body = { AssigneeId: org.org.admin.userId, PermissionSetId: id };
        const { status } = org.call('POST', `${DATA}/sobjects/PermissionSetAssignment`, { body });
        assert.equal(status, 201);
    }

    test('are read in three calls', () => {
        const { key, secret } = deployApp(org);
        allowSecrets();
        assignSetup();
        const [app] = list(org.call('GET', `${APPS}/usage`).body.apps);
        assert.equal(app?.developerName, APP);
        assert.match(text(app?.identifier), /^0xI/);
        const [consumer] = list(org.call('GET', `${APPS}/credentials/${text(app?.identifier)}`).body.consumers);
        assert.match(text(consumer?.id), /^888/);
        const { body } = org.call('GET', `${text(consumer?.url)}?part=keyandsecret`);
        assert.deepEqual(body, { id: consumer?.id, key, secret });
        assert.deepEqual(org.call('GET', `${text(consumer?.url)}?part=key`).body, { id: consumer?.id, key });
        assert.match(key, /^3MVG9/);
    });

    test('are closed while the setting is off', () => {
        deployApp(org);
        assignSetup();
        const [app] = list(org.call('GET', `${APPS}/usage`).body.apps);
        refused(
            org.call('GET', `${APPS}/credentials/${text(app?.identifier)}`),
            403,
            'FUNCTIONALITY_NOT_ENABLED',
            /not currently enabled/
        );
    });

    test('are closed to an administrator without the four permissions', () => {
        deployApp(org);
        allowSecrets();
        const [app] = list(org.call('GET', `${APPS}/usage`).body.apps);
        refused(org.call('GET', `${APPS}/credentials/${text(app?.identifier)}`), 403, 'FORBIDDEN');
    });

    test('of an unknown app are not found', () => {
        allowSecrets();
        assignSetup();
        refused(org.call('GET', `${APPS}/credentials/0xI000000000001`), 404, 'NOT_FOUND');
    });
});
