import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { deployApp } from '../surfaces/support/apps.ts';
import { list, type Json } from '../surfaces/support/json.ts';
import { DATA, newTestOrg, type TestOrg } from '../surfaces/support/test-org.ts';

let org: TestOrg;

beforeEach(() => {
    org = newTestOrg();
});

function rows(soql: string): readonly Json[] {
    const { status, body } = org.call('GET', `${DATA}/query?q=${encodeURIComponent(soql)}`);
    assert.equal(status, 200, JSON.stringify(body));
    return list(body.records);
}

describe('setup objects', () => {
    test('show an external client app with its settings and policies', () => {
        deployApp(org, {
            runAs: 'admin@target.local',
            scopes: 'Api, RefreshToken, Chatbot',
            policy: { refreshTokenValidityPeriod: '7', sessionTimeoutInMinutes: '15' }
        });
        const [app] = rows('SELECT Id, DeveloperName, MasterLabel FROM ExternalClientApplication');
        assert.deepEqual([app?.DeveloperName, app?.MasterLabel], ['SalesforceOrgIntegration', 'Integration']);
        const [policy] = rows(`SELECT DeveloperName, IsClientCredentialsFlowEnabled, ClientCredentialsFlowUser,
            PermittedUsersPolicyType, RefreshTokenValidityPeriod, SessionTimeoutInMinutes, IsTokenExchangeFlowEnabled,
            ExternalClientApplication.DeveloperName, ApexHandlerId FROM ExtlClntAppOauthPlcyCnfg`);
        assert.deepEqual(
            {
                ...policy,
                attributes: undefined,
                ExternalClientApplication: policy?.ExternalClientApplication.DeveloperName
            },
            {
                attributes: undefined,
                DeveloperName: 'SalesforceOrgIntegration_oauth_defaultPolicy',
                IsClientCredentialsFlowEnabled: true,
                ClientCredentialsFlowUser: 'admin@target.local',
                PermittedUsersPolicyType: 'AllSelfAuthorized',
                RefreshTokenValidityPeriod: 7,
                SessionTimeoutInMinutes: 15,
                IsTokenExchangeFlowEnabled: false,
                ExternalClientApplication: 'SalesforceOrgIntegration',
                ApexHandlerId: null
            }
        );
        const [settings] = rows(`SELECT OauthScopesAPI, OauthScopesREFRESH_TOKEN, OauthScopesCHATBOT_API, OauthScopesWEB
            FROM ExtlClntAppOauthSettings`);
        assert.deepEqual(
            [settings?.OauthScopesAPI, settings?.OauthScopesREFRESH_TOKEN, settings?.OauthScopesCHATBOT_API],
            [true, true, true]
        );
        assert.equal(settings?.OauthScopesWEB, false);
        assert.equal(rows('SELECT Id FROM ExtlClntAppPlcyCnfg WHERE IsEnabled = true').length, 1);
    });

    test('show named credentials and auth providers, without secrets', () => {
        org.deploy('NamedCredential', 'TargetOrg_NC', {
            label: 'Target Org',
            namedCredentialType: 'SecuredEndpoint',
            generateAuthorizationHeader: 'true',
            namedCredentialParameters: [{ parameterType: 'Url', parameterValue: 'https://target.example' }]
        });
        org.deploy('AuthProvider', 'TargetOrgAuth', {
            friendlyName: 'Target',
            providerType: 'Salesforce',
            consumerKey: 'key',
            consumerSecret: 'secret'
        });
        const [credential] = rows(`SELECT DeveloperName, MasterLabel, Endpoint,
            CalloutOptionsGenerateAuthorizationHeader, CalloutOptionsAllowMergeFieldsInBody FROM NamedCredential`);
        assert.deepEqual(
            { ...credential, attributes: undefined },
            {
                attributes: undefined,
                DeveloperName: 'TargetOrg_NC',
                MasterLabel: 'Target Org',
                Endpoint: 'https://target.example',
                CalloutOptionsGenerateAuthorizationHeader: true,
                CalloutOptionsAllowMergeFieldsInBody: false
            }
        );
        const [provider] = rows('SELECT FriendlyName, ConsumerKey, ConsumerSecret FROM AuthProvider');
        assert.deepEqual(
            [provider?.FriendlyName, provider?.ConsumerKey, provider?.ConsumerSecret],
            ['Target', 'key', null]
        );
    });

    test('follow a change and a deletion', () => {
        deployApp(org);
        org.deploy('ExternalClientApplication', 'SalesforceOrgIntegration', { label: 'Renamed' });
        assert.deepEqual(
            rows('SELECT MasterLabel FROM ExternalClientApplication').map((row) => row.MasterLabel),
            ['Renamed']
        );
        org.org.metadata.remove('ExternalClientApplication', 'SalesforceOrgIntegration');
        assert.equal(rows('SELECT Id FROM ExternalClientApplication').length, 0);
        const [policy] = rows('SELECT ExternalClientApplicationId FROM ExtlClntAppOauthPlcyCnfg');
        assert.equal(policy?.ExternalClientApplicationId, null);
    });

    test('of which the local org keeps no rows are refused by name', () => {
        for (const name of ['FlexQueueItem', 'SetupAuditTrail']) {
            const { status, text } = org.call('GET', `${DATA}/query?q=SELECT+Id+FROM+${name}`);
            assert.equal(status, 501, name);
            assert.match(text, new RegExp(name));
        }
    });
});
