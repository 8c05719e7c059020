import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPass, apexOrg, type ApexOrg } from './apex-org.ts';

function withCredentials(): ApexOrg {
    const apex = apexOrg();
    apex.deploy('ExternalCredential', 'Target_EC', {
        label: 'Target',
        authenticationProtocol: 'Oauth',
        externalCredentialParameters: [
            {
                parameterName: 'Oauth',
                parameterType: 'AuthProtocolVariant',
                parameterValue: 'ClientCredentialsClientSecret'
            },
            { parameterName: 'AuthProviderUrl', parameterType: 'AuthProviderUrl', parameterValue: 'http://t/token' },
            { parameterName: 'Main', parameterType: 'NamedPrincipal', sequenceNumber: '1' }
        ]
    });
    apex.deploy('NamedCredential', 'Target_NC', {
        label: 'Target',
        namedCredentialType: 'SecuredEndpoint',
        calloutStatus: 'Enabled',
        generateAuthorizationHeader: 'true',
        namedCredentialParameters: [
            { parameterName: 'Url', parameterType: 'Url', parameterValue: 'http://t' },
            { parameterType: 'Authentication', externalCredential: 'Target_EC' }
        ]
    });
    return apex;
}

test('named and external credentials are told as they are deployed', () => {
    const lines = withCredentials().run(`
        ConnectApi.NamedCredential named = ConnectApi.NamedCredentials.getNamedCredential('Target_NC');
        System.debug(named.calloutUrl + ' ' + named.calloutStatus + ' ' + named.externalCredentials[0].developerName);
        ConnectApi.ExternalCredential credential =
            ConnectApi.NamedCredentials.getExternalCredentials().externalCredentials[0];
        System.debug(credential.authenticationProtocol + ' ' + credential.authenticationProtocolVariant);
        System.debug(credential.principals[0].principalName + ' ' + credential.authenticationStatus);
        System.debug(ConnectApi.NamedCredentials.getNamedCredentials().namedCredentials.size());
    `);
    assert.deepEqual(lines, [
        'http://t Enabled Target_EC',
        'OAuth ClientCredentialsClientSecret',
        'Main NotConfigured',
        '1'
    ]);
});

const INPUT = `
    ConnectApi.CredentialInput input = new ConnectApi.CredentialInput();
    input.externalCredential = 'Target_EC';
    input.principalName = 'Main';
    input.principalType = ConnectApi.CredentialPrincipalType.NamedPrincipal;
    input.authenticationProtocol = ConnectApi.CredentialAuthenticationProtocol.OAuth;
    input.credentials = new Map<String, ConnectApi.CredentialValueInput>();
    ConnectApi.CredentialValueInput id = new ConnectApi.CredentialValueInput();
    id.value = 'key';
    input.credentials.put('clientId', id);
    ConnectApi.CredentialValueInput secret = new ConnectApi.CredentialValueInput();
    secret.value = 'hidden';
    secret.encrypted = true;
    input.credentials.put('clientSecret', secret);
`;

test('a credential is created once, read without its secret, and deleted', () => {
    const apex = withCredentials();
    const lines = apex.run(`${INPUT}
        ConnectApi.Credential created = ConnectApi.NamedCredentials.createCredential(input);
        System.debug(created.authenticationStatus + ' ' + created.credentials.get('clientId').value);
        System.debug(created.credentials.get('clientSecret').encrypted + ' ' + created.credentials.get('clientSecret').value);
        System.debug(ConnectApi.NamedCredentials.getExternalCredential('Target_EC').authenticationStatus);
        try {
            ConnectApi.NamedCredentials.createCredential(input);
        } catch (ConnectApi.ConnectApiException e) {
            System.debug(e.getMessage());
        }
        ConnectApi.NamedCredentials.deleteCredential('Target_EC', 'Main', input.principalType);
    `);
    assert.deepEqual(lines, [
        'Configured key',
        'true null',
        'Configured',
        'Authentication credentials for Main of Target_EC already exist. Use the PUT method to overwrite them.'
    ]);
    assert.match(
        apex.failure(`${INPUT} ConnectApi.NamedCredentials.updateCredential(input);`),
        /NotFoundException: No authentication credentials are stored/
    );
    assert.match(
        apex.failure(`ConnectApi.NamedCredentials.getNamedCredential('None');`),
        /NotFoundException: The named credential "None" doesn't exist/
    );
});

test('single credentials of the protocol Custom are changed and deleted, those of others are not', () => {
    const apex = withCredentials();
    apex.deploy('ExternalCredential', 'Keys_EC', {
        label: 'Keys',
        authenticationProtocol: 'Custom',
        externalCredentialParameters: [{ parameterName: 'Main', parameterType: 'NamedPrincipal', sequenceNumber: '1' }]
    });
    const custom = `${INPUT}
        input.externalCredential = 'Keys_EC';
        input.authenticationProtocol = ConnectApi.CredentialAuthenticationProtocol.Custom;
        input.credentials = new Map<String, ConnectApi.CredentialValueInput>{ 'ApiKey' => secret, 'Region' => id };`;
    const lines = apex.run(`${custom}
        System.debug(ConnectApi.NamedCredentials.createCredential(input).authenticationStatus);
        id.value = 'eu';
        input.credentials = new Map<String, ConnectApi.CredentialValueInput>{ 'Region' => id };
        ConnectApi.Credential changed = ConnectApi.NamedCredentials.patchCredential(input);
        System.debug(changed.credentials.get('Region').value + ' ' + changed.credentials.keySet());
        ConnectApi.NamedCredentials.deleteCredential('Keys_EC', 'Main', input.principalType, new List<String>{ 'Region' });
        System.debug(ConnectApi.NamedCredentials.getCredential('Keys_EC', 'Main', input.principalType).credentials.keySet());`);
    assert.deepEqual(lines, ['Unknown', 'eu {ApiKey, Region}', '{ApiKey}']);
    assert.match(
        apex.failure(`${INPUT} ConnectApi.NamedCredentials.createCredential(input);
            ConnectApi.NamedCredentials.patchCredential(input);`),
        /can be changed for the authentication protocol Custom only; the external credential "Target_EC" uses OAuth/
    );
});

test('credentials of an identity provider are created once, updated, and named without their values', () => {
    const apex = withCredentials();
    apex.deploy('ExternalAuthIdentityProvider', 'Login', {
        label: 'Log in',
        authenticationFlow: 'AuthorizationCode',
        authenticationProtocol: 'OAuth',
        externalAuthIdentityProviderParameters: [
            { parameterName: 'TokenUrl', parameterType: 'TokenUrl', parameterValue: 'http://t/token' },
            { parameterName: 'PkceEnabled', parameterType: 'IdentityProviderOptions', parameterValue: 'true' }
        ]
    });
    const input = `ConnectApi.ExternalAuthIdentityProviderCredentialsInput input = new ConnectApi.ExternalAuthIdentityProviderCredentialsInput();
        input.credentials = new List<ConnectApi.ExternalAuthIdentityProviderCredentialInput>();
        for (String name : new List<String>{ 'clientId', 'clientSecret' }) {
            ConnectApi.ExternalAuthIdentityProviderCredentialInput one = new ConnectApi.ExternalAuthIdentityProviderCredentialInput();
            one.credentialName = name;
            one.credentialValue = 'canary-81f2';
            input.credentials.add(one);
        }`;
    const update = 'ConnectApi.NamedCredentials.updateExternalAuthIdentityProviderCredentials';
    const create = 'ConnectApi.NamedCredentials.createExternalAuthIdentityProviderCredentials';
    assert.match(apex.failure(`${input} ${update}('Login', input);`), /No credentials of Login are stored/);
    const lines = apex.run(`${input}
        ${create}('Login', input);
        ConnectApi.ExternalAuthIdentityProvider provider = ConnectApi.NamedCredentials.getExternalAuthIdentityProvider('Login');
        System.debug(provider.tokenUrl + ' ' + provider.authenticationFlow + ' ' + provider.parameters[0].parameterName);
        System.debug(provider.credentials[1].credentialName + ' ' + provider.credentials[1].credentialValue);
        System.debug(ConnectApi.NamedCredentials.getExternalAuthIdentityProviders().externalAuthIdentityProviders.size());
        ${update}('Login', input);
        System.debug(ConnectApi.NamedCredentials.getExternalAuthIdentityProviderCredentials('Login'));`);
    assert.deepEqual(lines.slice(0, 3), ['http://t/token AuthorizationCode PkceEnabled', 'clientSecret null', '1']);
    assert.ok(!lines.join().includes('canary-81f2'));
    assert.match(apex.failure(`${input} ${create}('Login', input);`), /Credentials of Login already exist/);
    assert.match(
        apex.failure(`${input} input.credentials.remove(1); ${update}('Login', input);`),
        /The credential "clientSecret" is required/
    );
    assert.match(
        apex.failure("ConnectApi.NamedCredentials.getExternalAuthIdentityProvider('None');"),
        /NotFoundException: The external auth identity provider "None" doesn't exist/
    );
});

test('a test without the data of the org may not call them', () => {
    const apex = withCredentials();
    apex.install(`@IsTest class CredentialTest {
        @IsTest static void siloed() {
            try {
                ConnectApi.NamedCredentials.getNamedCredentials();
                Assert.fail('no exception');
            } catch (UnsupportedOperationException e) {
                Assert.isTrue(e.getMessage().startsWith('ConnectApi methods are not supported in data siloed tests.'));
            }
        }
        @IsTest(SeeAllData=true) static void open() {
            Assert.areEqual(1, ConnectApi.NamedCredentials.getNamedCredentials().namedCredentials.size());
        }
    }`);
    allPass(apex.test());
});
