import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reply, transport, type FakeTransport } from '../callout/fixture.ts';
import { list } from '../surfaces/support/json.ts';
import { DATA, newTestOrg, type TestOrg } from '../surfaces/support/test-org.ts';
import { failureOf, linesOf } from './apex-org.ts';

/** Answers the token endpoint with a token and everything else with an echo of the Authorization header. */
function server(): FakeTransport {
    return transport(({ url, headers }) =>
        url.endsWith('/token')
            ? reply(200, { access_token: 'token-1' })
            : reply(200, headers['Authorization'] ?? 'none')
    );
}

const EXTERNAL = `
    ConnectApi.ExternalCredentialInput external = new ConnectApi.ExternalCredentialInput();
    external.developerName = 'Peer_EC';
    external.masterLabel = 'Peer';
    external.authenticationProtocol = ConnectApi.CredentialAuthenticationProtocol.OAuth;
    external.authenticationProtocolVariant = ConnectApi.CredentialAuthenticationProtocolVariant.ClientCredentialsClientSecret;
    ConnectApi.ExternalCredentialParameterInput url = new ConnectApi.ExternalCredentialParameterInput();
    url.parameterName = 'AuthProviderUrl';
    url.parameterType = ConnectApi.ExternalCredentialParameterType.AuthProviderUrl;
    url.parameterValue = 'http://peer/token';
    external.parameters = new List<ConnectApi.ExternalCredentialParameterInput>{ url };
    ConnectApi.ExternalCredentialPrincipalInput principal = new ConnectApi.ExternalCredentialPrincipalInput();
    principal.principalName = 'Main';
    principal.principalType = ConnectApi.CredentialPrincipalType.NamedPrincipal;
    principal.sequenceNumber = 1;
    external.principals = new List<ConnectApi.ExternalCredentialPrincipalInput>{ principal };`;

const NAMED = `
    ConnectApi.NamedCredentialInput named = new ConnectApi.NamedCredentialInput();
    named.developerName = 'Peer_NC';
    named.masterLabel = 'Peer';
    named.type = ConnectApi.NamedCredentialType.SecuredEndpoint;
    named.calloutUrl = 'http://peer';
    named.calloutOptions = new ConnectApi.NamedCredentialCalloutOptionsInput();
    named.calloutOptions.generateAuthorizationHeader = true;
    named.calloutOptions.allowMergeFieldsInHeader = false;
    named.calloutOptions.allowMergeFieldsInBody = false;
    ConnectApi.ExternalCredentialInput reference = new ConnectApi.ExternalCredentialInput();
    reference.developerName = 'Peer_EC';
    named.externalCredentials = new List<ConnectApi.ExternalCredentialInput>{ reference };`;

const SECRET = `
    ConnectApi.CredentialInput secret = new ConnectApi.CredentialInput();
    secret.externalCredential = 'Peer_EC';
    secret.principalName = 'Main';
    secret.principalType = ConnectApi.CredentialPrincipalType.NamedPrincipal;
    secret.authenticationProtocol = ConnectApi.CredentialAuthenticationProtocol.OAuth;
    secret.credentials = new Map<String, ConnectApi.CredentialValueInput>();
    for (String name : new List<String>{ 'clientId', 'clientSecret' }) {
        ConnectApi.CredentialValueInput one = new ConnectApi.CredentialValueInput();
        one.encrypted = name == 'clientSecret';
        one.value = 'canary-5d10';
        secret.credentials.put(name, one);
    }`;

const CREATE = `${EXTERNAL} ${NAMED} ${SECRET}
    ConnectApi.ExternalCredential made = ConnectApi.NamedCredentials.createExternalCredential(external);
    ConnectApi.NamedCredentials.createNamedCredential(named);
    ConnectApi.NamedCredentials.createCredential(secret);
    PermissionSet access = new PermissionSet(Name = 'Peer_Access', Label = 'Peer');
    insert access;
    insert new SetupEntityAccess(ParentId = access.Id, SetupEntityId = made.principals[0].id);
    insert new ObjectPermissions(ParentId = access.Id, SobjectType = 'UserExternalCredential', PermissionsRead = true);
    insert new PermissionSetAssignment(AssigneeId = UserInfo.getUserId(), PermissionSetId = access.Id);`;

const CALL = `
    HttpRequest request = new HttpRequest();
    request.setEndpoint('callout:Peer_NC/records');
    request.setMethod('GET');
    System.debug(new Http().send(request).getBody());`;

function created(): TestOrg {
    const org = newTestOrg({ callouts: server() });
    linesOf(org.org, CREATE);
    return org;
}

describe('named credentials that Apex makes', () => {
    test('are called out with in the next transaction, and not in the same', () => {
        const org = created();
        assert.deepEqual(linesOf(org.org, CALL), ['Bearer token-1']);
        const fresh = newTestOrg({ callouts: server() });
        assert.match(failureOf(fresh.org, CREATE + CALL), /You have uncommitted work pending/);
        assert.equal(
            fresh.org.metadata.get('NamedCredential', 'Peer_NC'),
            undefined,
            'the failure undid what was made'
        );
        assert.equal(fresh.org.metadata.get('ExternalCredentialParameter', 'Peer_EC-Main'), undefined);
    });

    test('are metadata, rows and resources of Connect REST', () => {
        const org = created();
        const { document } = org.org.metadata.get('ExternalCredential', 'Peer_EC')!;
        assert.deepEqual(document, {
            authenticationProtocol: 'Oauth',
            externalCredentialParameters: [
                {
                    parameterGroup: 'DefaultGroup',
                    parameterName: 'Oauth',
                    parameterType: 'AuthProtocolVariant',
                    parameterValue: 'ClientCredentialsClientSecret'
                },
                {
                    parameterGroup: 'DefaultGroup',
                    parameterName: 'AuthProviderUrl',
                    parameterType: 'AuthProviderUrl',
                    parameterValue: 'http://peer/token'
                },
                { parameterGroup: 'Main', parameterName: 'Main', parameterType: 'NamedPrincipal', sequenceNumber: '1' }
            ],
            label: 'Peer'
        });
        assert.deepEqual(
            linesOf(org.org, 'System.debug([SELECT DeveloperName, Endpoint FROM NamedCredential].get(0).Endpoint);'),
            ['http://peer']
        );
        const access =
            "System.debug([SELECT Parent.Name FROM SetupEntityAccess WHERE SetupEntityType = 'ExternalCredentialParameter']" +
            '.get(0).Parent.Name);';
        assert.deepEqual(linesOf(org.org, access), ['Peer_Access']);
        const { body } = org.call('GET', `${DATA}/named-credentials/named-credential-setup/Peer_NC`);
        assert.equal(body.calloutStatus, 'Enabled');
        const [external] = list(body.externalCredentials);
        const [principal] = list(external?.principals);
        assert.equal(principal?.authenticationStatus, 'Configured');
        assert.equal(list(principal?.principalAccess)[0]?.developerName, 'Peer_Access');
        assert.ok(!JSON.stringify(org.org.metadata.snapshot()).includes('canary-5d10'));
    });

    test('are changed as a whole: a principal that is given again keeps its secret, another loses it', () => {
        const org = created();
        const update = `${EXTERNAL} url.parameterValue = 'http://peer/v2/token';
            ConnectApi.ExternalCredential changed = ConnectApi.NamedCredentials.updateExternalCredential('Peer_EC', external);
            System.debug(changed.authenticationStatus + ' ' + changed.parameters[0].parameterValue);`;
        assert.deepEqual(linesOf(org.org, update), ['Configured http://peer/v2/token']);
        const without = `${EXTERNAL} external.principals = null;
            System.debug(ConnectApi.NamedCredentials.updateExternalCredential('Peer_EC', external).principals.size());`;
        assert.deepEqual(linesOf(org.org, without), ['0']);
        linesOf(org.org, `${EXTERNAL} ConnectApi.NamedCredentials.updateExternalCredential('Peer_EC', external);`);
        const status =
            "System.debug(ConnectApi.NamedCredentials.getExternalCredential('Peer_EC').authenticationStatus);";
        assert.deepEqual(linesOf(org.org, status), ['NotConfigured']);
        const renamed = `${NAMED} named.calloutUrl = 'http://peer/next'; named.customHeaders = new List<ConnectApi.CredentialCustomHeaderInput>();
            ConnectApi.CredentialCustomHeaderInput header = new ConnectApi.CredentialCustomHeaderInput();
            header.headerName = 'X-Trace'; header.headerValue = 'on'; header.sequenceNumber = 1;
            named.customHeaders.add(header);
            ConnectApi.NamedCredential changed = ConnectApi.NamedCredentials.updateNamedCredential('Peer_NC', named);
            System.debug(changed.calloutUrl + ' ' + changed.customHeaders[0].headerName + ' ' + changed.calloutStatus);`;
        assert.deepEqual(linesOf(org.org, renamed), ['http://peer/next X-Trace Enabled']);
    });

    test('are deleted, an external credential only when no named credential uses it', () => {
        const org = created();
        assert.match(
            failureOf(org.org, "ConnectApi.NamedCredentials.deleteExternalCredential('Peer_EC');"),
            /ConnectApiException: The external credential Peer_EC is used by the named credential Peer_NC\./
        );
        linesOf(
            org.org,
            `ConnectApi.NamedCredentials.deleteNamedCredential('Peer_NC');
             ConnectApi.NamedCredentials.deleteExternalCredential('Peer_EC');`
        );
        assert.equal(org.call('GET', `${DATA}/named-credentials/external-credentials/Peer_EC`).status, 404);
        assert.match(failureOf(org.org, CALL), /the named credential "Peer_NC" might not exist/);
        linesOf(org.org, `${EXTERNAL} ConnectApi.NamedCredentials.createExternalCredential(external);`);
        const status =
            "System.debug(ConnectApi.NamedCredentials.getExternalCredential('Peer_EC').authenticationStatus);";
        assert.deepEqual(linesOf(org.org, status), ['NotConfigured'], 'its secret went with it');
    });

    test('come back with their secret when a savepoint before the delete is rolled back', () => {
        const org = created();
        const code = `Savepoint before = Database.setSavepoint();
            ConnectApi.NamedCredentials.deleteNamedCredential('Peer_NC');
            ConnectApi.NamedCredentials.deleteExternalCredential('Peer_EC');
            System.debug(ConnectApi.NamedCredentials.getExternalCredentials().externalCredentials.size());
            Database.rollback(before);
            System.debug(ConnectApi.NamedCredentials.getExternalCredential('Peer_EC').authenticationStatus);`;
        assert.deepEqual(linesOf(org.org, code), ['0', 'Configured']);
        assert.deepEqual(linesOf(org.org, CALL), ['Bearer token-1']);
    });

    test('need what a deploy needs too, and say it in its words', () => {
        const org = newTestOrg();
        const cases: readonly (readonly [string, RegExp])[] = [
            [
                `${EXTERNAL} external.authenticationProtocolVariant = null; ConnectApi.NamedCredentials.createExternalCredential(external);`,
                /The authentication protocol 'Oauth' doesn't support the following external credential parameter type\(s\): AuthProviderUrl\./
            ],
            [
                `${EXTERNAL} external.masterLabel = null; ConnectApi.NamedCredentials.createExternalCredential(external);`,
                /The property masterLabel is required\./
            ],
            [
                `${EXTERNAL} external.developerName = '1st EC'; ConnectApi.NamedCredentials.createExternalCredential(external);`,
                /can only contain underscores and alphanumeric characters/
            ],
            [
                `${NAMED} ConnectApi.NamedCredentials.createNamedCredential(named);`,
                /In field: externalCredential - no ExternalCredential named Peer_EC found/
            ],
            [
                `${NAMED} named.calloutOptions = null; ConnectApi.NamedCredentials.createNamedCredential(named);`,
                /The property calloutOptions is required\./
            ],
            [`ConnectApi.NamedCredentials.createNamedCredential(null);`, /NullPointerException/]
        ];
        for (const [code, message] of cases) assert.match(failureOf(org.org, code), message);
    });

    test('tell the code of a failure as Connect REST does', () => {
        const org = created();
        const code = `${EXTERNAL}
            try {
                ConnectApi.NamedCredentials.createExternalCredential(external);
            } catch (ConnectApi.ConnectApiException e) {
                System.debug(e.getErrorCode() + ' ' + e.getMessage());
            }`;
        assert.deepEqual(linesOf(org.org, code), [
            'CONFLICT An external credential with the developer name Peer_EC already exists.'
        ]);
    });
});

describe('identity providers that Apex makes', () => {
    const INPUT = `
        ConnectApi.ExternalAuthIdentityProviderInput input = new ConnectApi.ExternalAuthIdentityProviderInput();
        input.fullName = 'Peer_Login';
        input.label = 'Peer';
        input.authenticationProtocol = ConnectApi.IdentityProviderAuthProtocol.OAuth;
        input.authenticationFlow = ConnectApi.IdentityProviderAuthFlow.AuthorizationCode;
        input.authorizeUrl = 'http://peer/authorize';
        input.tokenUrl = 'http://peer/token';
        input.clientAuthentication = ConnectApi.IdentityProviderClientAuth.ClientSecretPost;
        ConnectApi.ExternalAuthIdentityProviderParameterInput pkce = new ConnectApi.ExternalAuthIdentityProviderParameterInput();
        pkce.parameterName = 'PkceEnabled';
        pkce.parameterType = ConnectApi.ExternalAuthIdentityProviderParameterType.IdentityProviderOptions;
        pkce.parameterValue = 'true';
        input.parameters = new List<ConnectApi.ExternalAuthIdentityProviderParameterInput>{ pkce };`;

    test('are kept, changed and deleted', () => {
        const org = newTestOrg();
        const create = `${INPUT}
            ConnectApi.ExternalAuthIdentityProvider made = ConnectApi.NamedCredentials.createExternalAuthIdentityProvider(input);
            System.debug(made.authorizeUrl + ' ' + made.clientAuthentication + ' ' + made.callbackUrl);
            System.debug(made.parameters[0].parameterName + ' ' + made.parameters[0].parameterValue);`;
        assert.deepEqual(linesOf(org.org, create), [
            'http://peer/authorize ClientSecretPost http://localhost:7700/services/extidp/callback',
            'PkceEnabled true'
        ]);
        assert.match(failureOf(org.org, create), /already exists/);
        const path = `${DATA}/named-credentials/external-auth-identity-providers`;
        assert.equal(list(org.call('GET', path).body.externalAuthIdentityProviders).length, 1);
        const update = `${INPUT} input.tokenUrl = 'http://peer/v2/token'; input.parameters = null;
            System.debug(ConnectApi.NamedCredentials.updateExternalAuthIdentityProvider('Peer_Login', input).tokenUrl);`;
        assert.deepEqual(linesOf(org.org, update), ['http://peer/v2/token']);
        assert.deepEqual(org.call('GET', `${path}/Peer_Login`).body.parameters, []);
        assert.match(
            failureOf(
                org.org,
                `${INPUT} input.authorizeUrl = null; ConnectApi.NamedCredentials.updateExternalAuthIdentityProvider('Peer_Login', input);`
            ),
            /The property authorizeUrl is required/
        );
        const machine = `${INPUT}
            input.authorizeUrl = null;
            input.authenticationFlow = ConnectApi.IdentityProviderAuthFlow.ClientCredentials;
            System.debug(
                ConnectApi.NamedCredentials.updateExternalAuthIdentityProvider('Peer_Login', input).authenticationFlow
            );`;
        assert.deepEqual(linesOf(org.org, machine), ['ClientCredentials']);
        linesOf(org.org, "ConnectApi.NamedCredentials.deleteExternalAuthIdentityProvider('Peer_Login');");
        assert.equal(org.call('GET', `${path}/Peer_Login`).status, 404);
    });
});
