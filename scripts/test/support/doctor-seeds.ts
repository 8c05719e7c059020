import { eventually } from '../../../local-org/test/support/eventually.ts';
import { executeAnonymous } from '../../lib/anonymous-apex.ts';
import { SECRET_ACCESS } from '../../lib/app-credentials.ts';
import type { LinkPlan } from '../../lib/link-plan.ts';
import { writeBooleanSetting } from '../../lib/metadata-settings.ts';
import { queryOne } from '../../lib/org-connection.ts';
import { assignPermissionSet, unassignPermissionSet } from '../../lib/permission-sets.ts';
import { isAbout } from '../../doctor/diagnose.ts';
import { RULES } from '../../doctor/rules.ts';
import { ASSERTION_SEEDS } from './assertion-seeds.ts';
import { CONNECTED_APP_SEEDS } from './connected-app-seeds.ts';
import { CREDENTIAL_SEEDS } from './credential-seeds.ts';
import { LOGIN_SEEDS } from './login-seeds.ts';
import { REACH_SEEDS } from './reach-seeds.ts';
import { add, destroy, edit, withElement, withoutBlock, type Component } from './org-edits.ts';
import {
    ACCESS,
    API,
    APP,
    APP_PLACES,
    classes,
    CREDENTIAL_PLACES,
    CONNECTED,
    ECA,
    edited,
    EXTERNAL,
    fits,
    giveBack,
    GLOBAL,
    KEY_FIELD,
    NAMED,
    OAUTH_POLICY,
    otherAdmin,
    parameter,
    placeOf,
    POLICY,
    removed,
    runAs,
    SERVICE,
    SETTINGS,
    setUpAgain,
    sourceCode,
    updateRunAs,
    type LinkKind,
    type Seed
} from './seed.ts';

export type { Seed } from './seed.ts';

/** Of these kinds of app the same causes are planted elsewhere. */
const ECA_LINKS: LinkKind = { apps: ['external-client-app'] };

const LOGIN_RANGE = `<?xml version="1.0" encoding="UTF-8"?><Profile xmlns="http://soap.sforce.com/2006/04/metadata">
    <loginIpRanges><endAddress>203.0.113.255</endAddress><startAddress>203.0.113.0</startAddress></loginIpRanges>
</Profile>`;

const OTHER_ECA = `<?xml version="1.0" encoding="UTF-8"?><ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>integration@example.com</contactEmail><distributionState>Local</distributionState>
    <isProtected>false</isProtected><label>Other</label>
</ExternalClientApplication>`;

const OTHER_CONNECTED = `<?xml version="1.0" encoding="UTF-8"?><ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>integration@example.com</contactEmail><label>Other</label>
    <oauthConfig><callbackUrl>https://elsewhere.example/callback</callbackUrl><scopes>Api</scopes></oauthConfig>
</ConnectedApp>`;

const JOB = `
    public class SeedJob implements Queueable, Database.AllowsCallouts {
        public void execute(QueueableContext context) {
            HttpRequest request = new HttpRequest();
            request.setMethod('GET');
            request.setEndpoint('callout:TargetOrg_NC/services/data');
            new Http().send(request);
        }
    }`;

/** What is planted in the same way in every link, and in the External Client App of the client credentials flow. */
const GENERAL_SEEDS: readonly Seed[] = [
    {
        rule: 'clock-skew',
        touches: ['clock'],
        links: { flows: ['client-credentials', 'browser'] },
        async plant({ pair }) {
            await pair.control.target.advanceClock(300_000);
            return () => pair.control.target.advanceClock(-300_000);
        }
    },
    edited('callout-disabled', 'source', NAMED, withElement('calloutStatus', 'Disabled')),
    edited(
        'named-credential-host',
        'source',
        NAMED,
        parameter('Url', () => 'https://login.salesforce.invalid')
    ),
    edited('authorization-header-off', 'source', NAMED, withElement('generateAuthorizationHeader', 'false')),
    {
        rule: 'named-credential-without-login',
        touches: ['NamedCredential TargetOrg_NC'],
        async plant(linked) {
            const { source } = linked.orgs;
            const other: Component = { type: 'ExternalCredential', fullName: 'Other_EC' };
            const xml =
                '<?xml version="1.0" encoding="UTF-8"?><ExternalCredential xmlns="http://soap.sforce.com/2006/04/metadata">' +
                '<authenticationProtocol>NoAuthentication</authenticationProtocol><label>Other</label></ExternalCredential>';
            const gone = await add(source, other, 'externalCredentials/Other_EC.externalCredential', xml);
            const back = await edit(source, NAMED, withElement('externalCredential', 'Other_EC'));
            return async () => {
                await back();
                await gone();
            };
        }
    },
    edited(
        'token-host',
        'source',
        EXTERNAL,
        parameter('AuthProviderUrl', ({ orgs }) => `${orgs.source.url}/services/oauth2/token`)
    ),
    edited(
        'token-path',
        'source',
        EXTERNAL,
        parameter('AuthProviderUrl', ({ orgs }) => `${orgs.target.url}/services/oauth2/tokens`)
    ),
    edited(
        'flow-differs',
        'source',
        EXTERNAL,
        (xml) =>
            [
                ...['AuthProtocolVariant', 'AuthProviderUrl', 'SigningCertificate', 'JwtBodyClaim', 'AuthParameter'],
                ...['>AuthProvider<', '>ExternalAuthIdentityProvider<']
            ].reduce(
                (text, type) => withoutBlock('externalCredentialParameters', type)(text),
                withElement('authenticationProtocol', 'Basic')(xml)
            ),
        { more: ['credential'] }
    ),
    edited('scope-sent', 'source', EXTERNAL, (xml) =>
        xml.replace(
            '<externalCredentialParameters>',
            '<externalCredentialParameters><parameterGroup>DefaultGroup</parameterGroup><parameterName>Scope</parameterName>' +
                '<parameterType>AuthParameter</parameterType><parameterValue>api</parameterValue></externalCredentialParameters>' +
                '<externalCredentialParameters>'
        )
    ),
    ...CREDENTIAL_SEEDS,
    {
        rule: 'access-set-unassigned',
        touches: ['assignment'],
        async plant({ orgs: { source } }) {
            await unassignPermissionSet(source, ACCESS.fullName, source.userId);
            return async () => void (await assignPermissionSet(source, ACCESS.fullName, source.userId));
        }
    },
    edited(
        'principal-access-missing',
        'source',
        ACCESS,
        withoutBlock('externalCredentialPrincipalAccesses', 'TargetOrg_EC'),
        { more: ['principal access'] }
    ),
    edited(
        'user-external-credential-missing',
        'source',
        ACCESS,
        withoutBlock('objectPermissions', 'UserExternalCredential')
    ),
    {
        rule: 'async-user-without-access',
        touches: ['job'],
        async plant(linked) {
            const { source } = linked.orgs;
            const job: Component = { type: 'ApexClass', fullName: 'SeedJob' };
            const gone = await add(source, job, 'classes/SeedJob.cls', JOB);
            const { userId, ...user } = await otherAdmin(linked, 'source');
            await executeAnonymous({ ...user, userId }, 'System.enqueueJob(new SeedJob());');
            // It completes where the named credential asks for no login.
            const ended = `SELECT Id FROM AsyncApexJob
                WHERE Status IN ('Failed', 'Completed') AND CreatedById = '${userId}'`;
            await eventually(
                async () => (await source.connection.query(ended)).totalSize,
                (count) => count === 1
            );
            // Jobs of those who left are history.
            return async () => {
                await source.connection.sobject('User').update({ Id: userId, IsActive: false } as never);
                await gone();
            };
        }
    },
    edited('app-blocked', 'target', POLICY, withElement('isEnabled', 'false')),
    edited('flow-off-in-settings', 'target', GLOBAL, withElement('isClientCredentialsFlowEnabled', 'false'), {
        links: ECA_LINKS
    }),
    edited('flow-off-in-policy', 'target', OAUTH_POLICY, withElement('isClientCredentialsFlowEnabled', 'false')),
    edited('scope-missing', 'target', SETTINGS, withElement('commaSeparatedOauthScopes', 'Basic, RefreshToken'), {
        links: ECA_LINKS
    }),
    edited('refresh-scope-missing', 'target', SETTINGS, withElement('commaSeparatedOauthScopes', 'Api'), {
        links: ECA_LINKS
    }),
    {
        rule: 'ip-restricted',
        touches: ['profile'],
        async plant({ orgs: { target } }) {
            const name = 'Minimum Access - API Only Integrations';
            return add(target, { type: 'Profile', fullName: name }, `profiles/${name}.profile`, LOGIN_RANGE);
        }
    },
    {
        rule: 'secrets-readable',
        touches: ['setting'],
        async plant({ orgs: { target } }) {
            await writeBooleanSetting(target, SECRET_ACCESS, true);
            return () => writeBooleanSetting(target, SECRET_ACCESS, false);
        }
    },
    edited('run-as-unset', 'target', OAUTH_POLICY, withElement('clientCredentialsFlowUser', ''), {
        more: ['run-as'],
        links: ECA_LINKS
    }),
    {
        rule: 'run-as-unknown',
        touches: ['run-as', placeOf(OAUTH_POLICY), placeOf(CONNECTED)],
        async plant(linked) {
            const { Username } = await runAs(linked);
            await updateRunAs(linked, {
                Username: `integration@renamed.${Username.split('@')[1]}`,
                Email: 'other@example.test'
            });
            return () => giveBack(linked, Username);
        }
    },
    {
        rule: 'run-as-is-email',
        touches: ['run-as', placeOf(OAUTH_POLICY), placeOf(CONNECTED)],
        async plant(linked) {
            const { Username } = await runAs(linked);
            await updateRunAs(linked, { Username: `integration@renamed.${Username.split('@')[1]}`, Email: Username });
            return () => giveBack(linked, Username);
        }
    },
    {
        rule: 'run-as-inactive',
        touches: ['run-as'],
        async plant(linked) {
            await updateRunAs(linked, { IsActive: false });
            return () => updateRunAs(linked, { IsActive: true });
        }
    },
    {
        rule: 'user-not-approved',
        touches: ['run-as', 'approval'],
        async plant(linked) {
            const { target } = linked.orgs;
            const { Id } = await runAs(linked);
            await unassignPermissionSet(target, API.fullName, Id);
            return async () => void (await assignPermissionSet(target, API.fullName, Id));
        }
    },
    edited(
        'policy-names-other-set',
        'target',
        OAUTH_POLICY,
        withElement('commaSeparatedPermissionSet', 'Eca_Credential_Setup'),
        { links: ECA_LINKS }
    ),
    edited(
        'app-self-authorized',
        'target',
        OAUTH_POLICY,
        withElement('permittedUsersPolicyType', 'AllSelfAuthorized'),
        { links: ECA_LINKS }
    ),
    {
        rule: 'user-api-disabled',
        touches: ['profile', placeOf(API)],
        async plant(linked) {
            const { target } = linked.orgs;
            const profile = await queryOne<{ Id: string }>(
                target,
                "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'"
            );
            const { ProfileId } = await runAs(linked);
            const back = await edit(target, API, withoutBlock('userPermissions', 'ApiEnabled'));
            await updateRunAs(linked, { ProfileId: profile?.Id });
            return async () => {
                await back();
                await updateRunAs(linked, { ProfileId });
            };
        }
    },
    edited('class-access-missing', 'target', API, withoutBlock('classAccesses', 'RestApiUsingConnectClass'), {
        more: ['class access']
    }),
    edited('object-access-missing', 'target', API, withElement('allowCreate', 'false')),
    edited('field-access-missing', 'target', API, withoutBlock('fieldPermissions', 'Account.Phone')),
    edited('key-field', 'target', KEY_FIELD, (xml) => xml.replace('<unique>true</unique>', '<unique>false</unique>')),
    edited(
        'target-code-differs',
        'target',
        { type: 'ApexClass', fullName: 'AccountApiCursor' },
        (body) => `${body}\n// changed in the org\n`
    ),
    edited(
        'source-code-differs',
        'source',
        { type: 'ApexClass', fullName: 'AccountPatch' },
        (body) => `${body}\n// changed in the org\n`
    ),
    {
        rule: 'app-kind-differs',
        touches: [ECA, CONNECTED, GLOBAL, SETTINGS, OAUTH_POLICY, POLICY].map(placeOf).concat(APP_PLACES),
        mendsAll: true,
        async plant(linked) {
            const { orgs, plan } = linked;
            const isConnected = plan.app === 'connected-app';
            await destroy(orgs.target, [isConnected ? CONNECTED : ECA]);
            await (isConnected
                ? add(orgs.target, ECA, `externalClientApps/${APP}.eca`, OTHER_ECA)
                : add(orgs.target, CONNECTED, `connectedApps/${APP}.connectedApp`, OTHER_CONNECTED));
            return () => setUpAgain(linked);
        }
    },
    removed('app-missing', 'target', [ECA], [GLOBAL, SETTINGS, OAUTH_POLICY, POLICY].map(placeOf).concat(APP_PLACES), {
        links: ECA_LINKS
    }),
    removed('app-settings-missing', 'target', [GLOBAL], APP_PLACES),
    removed('named-credential-missing', 'source', [SERVICE, NAMED], []),
    removed('access-set-missing', 'source', [ACCESS], ['assignment', 'principal access']),
    removed('external-credential-missing', 'source', [SERVICE, NAMED, EXTERNAL], CREDENTIAL_PLACES, {
        also: ['named-credential-missing']
    }),
    {
        rule: 'principal-missing',
        touches: [placeOf(EXTERNAL), ...CREDENTIAL_PLACES],
        mendsAll: true,
        async plant(linked) {
            await edit(linked.orgs.source, EXTERNAL, (xml) => xml.replaceAll('>Integration<', '>Other<'));
            return () => setUpAgain(linked);
        }
    },
    removed('api-set-missing', 'target', [API], ['approval', placeOf(OAUTH_POLICY), placeOf(CONNECTED)]),
    removed(
        'api-class-missing',
        'target',
        [
            ...classes('RestApiUsingConnectClass', 'AccountApiCall'),
            ...classes('RestApiUsingConnectClassTest', 'AccountApiUpsertTest', 'AccountApiAccessTest'),
            ...classes('AccountApiFixture')
        ],
        // A permission set that opens a class which is gone is refused.
        ['class access', placeOf(API)]
    ),
    removed('source-code-missing', 'source', sourceCode(), [placeOf(ACCESS)])
];

/** Every cause that the doctor knows, planted in a healthy link. */
export const SEEDS: readonly Seed[] = [
    ...REACH_SEEDS,
    ...GENERAL_SEEDS,
    ...CONNECTED_APP_SEEDS,
    ...ASSERTION_SEEDS,
    ...LOGIN_SEEDS
];

/** The ones that can break a link of a plan. */
export function seedsFor(plan: LinkPlan): Seed[] {
    const isKnown = (seed: Seed): boolean => RULES.some((rule) => rule.id === seed.rule && isAbout(rule, plan));
    return SEEDS.filter((seed) => fits(seed, plan) && isKnown(seed));
}
