import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LocalOrg } from '../../src/org/local-org.ts';
import { textOf } from '../../src/schema/document.ts';
import { deploy, deployOne, xml } from './support/packages.ts';
import { INTEGRATION_USER, newTestOrg } from './support/test-org.ts';

function parameter(type: string, name: string, rest = ''): string {
    return `<externalCredentialParameters><parameterName>${name}</parameterName><parameterType>${type}</parameterType>${rest}</externalCredentialParameters>`;
}

const value = (text: string): string => `<parameterValue>${text}</parameterValue>`;
const VARIANT = parameter('AuthProtocolVariant', 'Oauth', value('ClientCredentialsClientSecret'));
const TOKEN_URL = parameter(
    'AuthProviderUrl',
    'AuthProviderUrl',
    value('https://target.example/services/oauth2/token')
);
const principal = (name: string): string => parameter('NamedPrincipal', name, '<sequenceNumber>1</sequenceNumber>');
const credential = (...parameters: readonly string[]): string =>
    `<authenticationProtocol>Oauth</authenticationProtocol>${parameters.join('')}<label>Target</label>`;

describe('ExternalCredential', () => {
    const path = 'externalCredentials/EC.externalCredential';

    test('keeps a component for each principal, and the id of those that stay', () => {
        const { org } = newTestOrg();
        deployOne(org, 'ExternalCredential', path, credential(VARIANT, TOKEN_URL, principal('One'), principal('Two')));
        const one = org.metadata.get('ExternalCredentialParameter', 'EC-One');
        assert.match(one?.id ?? '', /^0pu/);
        deployOne(org, 'ExternalCredential', path, credential(VARIANT, TOKEN_URL, principal('One')));
        assert.equal(org.metadata.get('ExternalCredentialParameter', 'EC-One')?.id, one?.id);
        assert.equal(org.metadata.get('ExternalCredentialParameter', 'EC-Two'), undefined);
    });

    test('loses the secret of a principal that a deploy leaves out, not of a failed deploy', () => {
        const { org } = newTestOrg();
        const key = { externalCredential: 'EC', principalName: 'Two', principalType: 'NamedPrincipal' } as const;
        deployOne(org, 'ExternalCredential', path, credential(VARIANT, TOKEN_URL, principal('One'), principal('Two')));
        org.principalCredentials.put(key, new Map([['clientId', { value: 'x', encrypted: false }]]));
        deployOne(org, 'ExternalCredential', path, credential(VARIANT, principal('One')));
        assert.ok(org.principalCredentials.get(key));
        deployOne(org, 'ExternalCredential', path, credential(VARIANT, TOKEN_URL, principal('One')));
        assert.equal(org.principalCredentials.get(key), undefined);
    });

    test('needs the parameter types of its protocol', () => {
        const { org } = newTestOrg();
        assert.deepEqual(deployOne(org, 'ExternalCredential', path, credential(VARIANT, principal('One'))), [
            'failed ExternalCredential EC: The authentication protocol "Oauth ClientCredentialsClientSecret" requires ' +
                'the following external credential parameter types: AuthProtocolVariant, AuthProviderUrl.'
        ]);
        assert.deepEqual(deployOne(org, 'ExternalCredential', path, credential(TOKEN_URL, principal('One'))), [
            "failed ExternalCredential EC: The authentication protocol 'Oauth' doesn't support the following external " +
                'credential parameter type(s): AuthProviderUrl.'
        ]);
    });
});

describe('NamedCredential', () => {
    const content = (externalCredential: string): string =>
        `<label>NC</label><namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType>` +
        `<parameterValue>https://target.example</parameterValue></namedCredentialParameters><namedCredentialParameters>` +
        `<externalCredential>${externalCredential}</externalCredential><parameterName>ExternalCredential</parameterName>` +
        `<parameterType>Authentication</parameterType></namedCredentialParameters>` +
        `<namedCredentialType>SecuredEndpoint</namedCredentialType>`;

    test('needs its external credential', () => {
        const { org } = newTestOrg();
        const path = 'namedCredentials/NC.namedCredential';
        assert.deepEqual(deployOne(org, 'NamedCredential', path, content('EC')), [
            'failed NamedCredential NC: In field: externalCredential - no ExternalCredential named EC found'
        ]);
        deployOne(
            org,
            'ExternalCredential',
            'externalCredentials/EC.externalCredential',
            credential(VARIANT, TOKEN_URL, principal('One'))
        );
        assert.deepEqual(deployOne(org, 'NamedCredential', path, content('EC')), ['created NamedCredential NC']);
    });
});

describe('ExternalServiceRegistration', () => {
    const path = 'externalServiceRegistrations/Accounts.externalServiceRegistration';
    const content = (schema: string, operation = 'listAccounts'): string =>
        `<label>Accounts</label><operations><active>true</active><name>${operation}</name></operations>` +
        `<schema><![CDATA[${schema}]]></schema><schemaType>OpenApi3</schemaType><status>Complete</status>`;
    const schema = JSON.stringify({ paths: { '/Account': { get: { operationId: 'ListAccounts' } } } });
    const deployed = (text: string): string[] => deployOne(newTestOrg().org, 'ExternalServiceRegistration', path, text);

    test('is kept with its schema', () => {
        const { org } = newTestOrg();
        const type = 'ExternalServiceRegistration';
        assert.deepEqual(deployOne(org, type, path, content(schema)), [`created ${type} Accounts`]);
        assert.equal(textOf(org.metadata.get(type, 'Accounts')?.document, 'schema'), schema);
    });

    test('names only operations of its schema', () => {
        assert.match(deployed(content(schema, 'nope'))[0] ?? '', /no operation named nope found in the schema$/);
    });

    test('has a schema that is JSON', () => {
        assert.match(deployed(content('openapi: 3.0.3'))[0] ?? '', /this one is not JSON/);
    });

    test('needs its named credential', () => {
        const text = `${content(schema)}<namedCredentialReference>NC</namedCredentialReference>`;
        assert.match(deployed(text)[0] ?? '', /no NamedCredential named NC found$/);
    });
});

describe('external client app', () => {
    const link = '<externalClientApplication>App</externalClientApplication>';
    const members = {
        ExternalClientApplication: ['App'],
        ExtlClntAppOauthSettings: ['App_oauth'],
        ExtlClntAppGlobalOauthSettings: ['App_glbloauth']
    };
    const files = {
        'externalClientApps/App.eca': xml('ExternalClientApplication', '<label>App</label>'),
        'extlClntAppOauthSettings/App_oauth.ecaOauth': xml(
            'ExtlClntAppOauthSettings',
            `<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>${link}`
        ),
        'extlClntAppGlobalOauthSets/App_glbloauth.ecaGlblOauth': xml(
            'ExtlClntAppGlobalOauthSettings',
            `<consumerSecret>hush</consumerSecret>${link}<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>`
        )
    };
    const POLICY = 'ExtlClntAppOauthConfigurablePolicies';
    const policy = (org: LocalOrg, name: string, user: string): string[] =>
        deployOne(
            org,
            POLICY,
            `extlClntAppOauthPolicies/${name}.ecaOauthPlcy`,
            `<clientCredentialsFlowUser>${user}</clientCredentialsFlowUser>${link}` +
                '<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>'
        );

    test('comes with a default policy that only its own name updates', () => {
        const { org } = newTestOrg();
        deploy(org, members, files);
        const before = org.metadata.get(POLICY, 'App_oauth_defaultPolicy');
        assert.equal(textOf(before?.document, 'permittedUsersPolicyType'), 'AllSelfAuthorized');
        assert.match(
            policy(org, 'Other', INTEGRATION_USER)[0] ?? '',
            /^failed .* the app's policy is App_oauth_defaultPolicy$/
        );
        assert.deepEqual(policy(org, 'App_oauth_defaultPolicy', INTEGRATION_USER), [
            `changed ${POLICY} App_oauth_defaultPolicy`
        ]);
        const after = org.metadata.get(POLICY, 'App_oauth_defaultPolicy');
        assert.equal(after?.id, before?.id);
        assert.equal(textOf(after?.document, 'refreshTokenPolicyType'), 'SpecificLifetime');
        assert.equal(org.oauthApps.list()[0]?.clientCredentials.runAsUsername, INTEGRATION_USER);
    });

    test('refers to a user and an app that exist', () => {
        const { org } = newTestOrg();
        deploy(org, members, files);
        assert.match(policy(org, 'App_oauth_defaultPolicy', 'nobody@x')[0] ?? '', /no User named nobody@x found$/);
        const orphan = deployOne(
            org,
            'ExtlClntAppConfigurablePolicies',
            'extlClntAppPolicies/P.ecaPlcy',
            '<externalClientApplication>Nope</externalClientApplication><isEnabled>true</isEnabled>'
        );
        assert.match(orphan[0] ?? '', /no ExternalClientApplication named Nope found$/);
    });

    test('keeps no secret of the package', () => {
        const { org } = newTestOrg();
        deploy(org, members, files);
        assert.doesNotMatch(JSON.stringify(org.metadata.snapshot()), /hush/);
    });
});

describe('ConnectedApp', () => {
    test('cannot be created', () => {
        const { org } = newTestOrg();
        const [message] = deployOne(
            org,
            'ConnectedApp',
            'connectedApps/A.connectedApp',
            '<contactEmail>a@example.com</contactEmail><label>A</label>'
        );
        assert.match(message ?? '', /^failed ConnectedApp A: You can't create a connected app/);
    });
});
