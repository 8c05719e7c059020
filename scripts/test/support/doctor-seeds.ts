import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { orgPairConfig } from '../../lib/config.ts';
import { projectPath } from '../../lib/project.ts';
import { readCredential } from '../../lib/source-credential.ts';
import { queryOne, soqlString, type BridgeOrg } from '../../lib/org-connection.ts';
import { executeAnonymous } from '../../lib/anonymous-apex.ts';
import { assignPermissionSet, unassignPermissionSet } from '../../lib/permission-sets.ts';
import { connectOrgs, deployBoth } from '../../lib/link.ts';
import { writeBooleanSetting } from '../../lib/metadata-settings.ts';
import { SECRET_ACCESS } from '../../lib/app-credentials.ts';
import { connectLocal } from '../../lib/org-connection.ts';
import { add, destroy, edit, withElement, withoutBlock, type Component, type Undo } from './org-edits.ts';
import type { LinkedPair } from './linked-pair.ts';

/** One way to break a link. */
export interface Seed {
    /** The rule that must name it. */
    readonly rule: string;
    /** What it changes; two seeds that change the same cannot be planted together. */
    readonly touches: readonly string[];
    /** Other causes that come with it, whatever one does. */
    readonly also?: readonly string[];
    plant(linked: LinkedPair): Promise<Undo>;
}

const APP = 'SalesforceOrgIntegration';
const GLOBAL: Component = { type: 'ExtlClntAppGlobalOauthSettings', fullName: `${APP}_glbloauth` };
const SETTINGS: Component = { type: 'ExtlClntAppOauthSettings', fullName: `${APP}_oauth` };
const OAUTH_POLICY: Component = {
    type: 'ExtlClntAppOauthConfigurablePolicies',
    fullName: `${APP}_oauth_defaultPolicy`
};
const POLICY: Component = { type: 'ExtlClntAppConfigurablePolicies', fullName: `${APP}_plcy` };
const NAMED: Component = { type: 'NamedCredential', fullName: 'TargetOrg_NC' };
const EXTERNAL: Component = { type: 'ExternalCredential', fullName: 'TargetOrg_EC' };
const ACCESS: Component = { type: 'PermissionSet', fullName: 'Target_Org_Access' };
const API: Component = { type: 'PermissionSet', fullName: 'Target_Account_API' };
const SERVICE: Component = { type: 'ExternalServiceRegistration', fullName: 'TargetAccounts' };
const KEY_FIELD: Component = { type: 'CustomField', fullName: 'Account.Source_Record_Key__c' };

type Role = 'source' | 'target';
type Change = (xml: string, linked: LinkedPair) => string;

function edited(rule: string, role: Role, component: Component, change: Change, more: readonly string[] = []): Seed {
    return {
        rule,
        touches: [`${component.type} ${component.fullName}`, ...more],
        plant: (linked) => edit(linked.orgs[role], component, (xml) => change(xml, linked))
    };
}

/** Taken out of the org; brought back by setting the link up again. */
function removed(rule: string, role: Role, components: readonly Component[], also: readonly string[] = []): Seed {
    return {
        rule,
        also,
        touches: ['everything'],
        async plant(linked) {
            await destroy(linked.orgs[role], components);
            return () => setUpAgain(linked);
        }
    };
}

async function setUpAgain({ orgs, steps, plan }: LinkedPair): Promise<void> {
    await deployBoth(orgs, steps, plan);
    await connectOrgs(orgs, steps, plan);
}

/** The org gives its own text for a parameter of the external or named credential. */
function parameter(type: string, value: (linked: LinkedPair) => string): Change {
    const pattern = new RegExp(`(<parameterType>${type}</parameterType>\\s*<parameterValue>)[^<]*`);
    return (xml, linked) => xml.replace(pattern, (_all, start: string) => start + value(linked));
}

function api(role: Role, rule: string, values: { enabled?: boolean; used?: number }): Seed {
    return {
        rule,
        touches: [`api ${role}`],
        async plant({ pair }) {
            await pair.control[role].setApi(values);
            return () => pair.control[role].setApi({ enabled: true, used: 100 });
        }
    };
}

async function updateRunAs(
    { orgs: { target }, plan: _plan }: LinkedPair,
    values: Record<string, unknown>
): Promise<void> {
    const user = await runAs(target);
    await target.connection.sobject('User').update({ Id: user.Id, ...values } as never);
}

/** The user name goes back to the user, unless a remedy made another one with it: then the first one is left aside. */
async function giveBack(linked: LinkedPair, username: string): Promise<void> {
    const { target } = linked.orgs;
    const soql = `SELECT Id FROM User WHERE Username = ${soqlString(username)}`;
    if ((await queryOne(target, soql)) === undefined) {
        await updateRunAs(linked, { Username: username, Email: username });
        return;
    }
    const { records } = await target.connection.query<{ Id: string; Username: string }>(
        "SELECT Id, Username FROM User WHERE Username LIKE 'integration@renamed%'"
    );
    for (const { Id, Username } of records) {
        const aside = { Id, Username: `aside${Id}.${Username.split('@')[1]}@aside.test`, IsActive: false };
        await target.connection.sobject('User').update(aside as never);
    }
}

async function runAs(target: BridgeOrg): Promise<{ Id: string; Username: string }> {
    const like = soqlString('integration@%');
    const user = await queryOne<{ Id: string; Username: string }>(
        target,
        `SELECT Id, Username FROM User WHERE Username LIKE ${like}`
    );
    if (user === undefined) {
        throw new Error('The target org has no integration user');
    }
    return user;
}

/** Stores another key or secret; `connect` brings the right ones back. */
function stored(rule: string, change: (key: string) => { key: string; secret: string }): Seed {
    return {
        rule,
        touches: ['credential'],
        async plant(linked) {
            const { source } = linked.orgs;
            const { clientId = '' } = (await readCredential(source, linked.plan)) ?? {};
            const { key, secret } = change(clientId);
            await source.connection.requestPut(`${source.connection.baseUrl()}/named-credentials/credential`, {
                externalCredential: linked.plan.externalCredential,
                principalName: linked.plan.principalName,
                principalType: 'NamedPrincipal',
                authenticationProtocol: 'OAuth',
                credentials: {
                    clientId: { value: key, encrypted: false },
                    clientSecret: { value: secret, encrypted: true }
                }
            });
            return () => connectOrgs(linked.orgs, linked.steps, linked.plan);
        }
    };
}

function classes(...names: readonly string[]): Component[] {
    return names.map((fullName) => ({ type: 'ApexClass', fullName }));
}

/** Apex and components of the source's own package: none of it compiles without the rest. */
function sourceCode(): Component[] {
    const folder = projectPath(orgPairConfig().source.packageDirectory);
    const files = globSync(['**/*.cls', '**/*.js-meta.xml', '**/*.flexipage-meta.xml'], { cwd: folder });
    return files.map((file) => {
        const [fullName = ''] = basename(file).split('.');
        const isBundle = file.endsWith('.js-meta.xml');
        return {
            type: file.endsWith('.cls') ? 'ApexClass' : isBundle ? 'LightningComponentBundle' : 'FlexiPage',
            fullName
        };
    });
}

const LOGIN_RANGE = `<?xml version="1.0" encoding="UTF-8"?><Profile xmlns="http://soap.sforce.com/2006/04/metadata">
    <loginIpRanges><endAddress>203.0.113.255</endAddress><startAddress>203.0.113.0</startAddress></loginIpRanges>
</Profile>`;

const JOB = `
    public class SeedJob implements Queueable, Database.AllowsCallouts {
        public void execute(QueueableContext context) {
            HttpRequest request = new HttpRequest();
            request.setMethod('GET');
            request.setEndpoint('callout:TargetOrg_NC/services/data');
            new Http().send(request);
        }
    }`;

/** Every cause that the doctor knows in the client credentials flow, planted in a healthy link. */
export const SEEDS: readonly Seed[] = [
    api('source', 'source-requests-low', { used: 14_000 }),
    api('target', 'target-requests-low', { used: 14_000 }),
    api('source', 'source-request-limit', { used: 15_000 }),
    api('target', 'target-request-limit', { used: 15_000 }),
    api('source', 'source-api-disabled', { enabled: false }),
    api('target', 'target-api-disabled', { enabled: false }),
    {
        rule: 'clock-skew',
        touches: ['clock'],
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
            ['AuthProtocolVariant', 'AuthProviderUrl'].reduce(
                (text, type) => withoutBlock('externalCredentialParameters', type)(text),
                withElement('authenticationProtocol', 'Basic')(xml)
            ),
        ['credential']
    ),
    edited('scope-sent', 'source', EXTERNAL, (xml) =>
        xml.replace(
            '<externalCredentialParameters>',
            '<externalCredentialParameters><parameterGroup>DefaultGroup</parameterGroup><parameterName>Scope</parameterName>' +
                '<parameterType>AuthParameter</parameterType><parameterValue>api</parameterValue></externalCredentialParameters>' +
                '<externalCredentialParameters>'
        )
    ),
    {
        rule: 'secret-missing',
        touches: ['credential'],
        async plant(linked) {
            const { source } = linked.orgs;
            const query = new URLSearchParams({
                externalCredential: linked.plan.externalCredential,
                principalName: linked.plan.principalName,
                principalType: 'NamedPrincipal'
            });
            await source.connection.requestDelete(
                `${source.connection.baseUrl()}/named-credentials/credential?${query.toString()}`
            );
            return () => connectOrgs(linked.orgs, linked.steps, linked.plan);
        }
    },
    stored('key-wrong', () => ({ key: 'anotherKey', secret: 'anotherSecret' })),
    stored('secret-wrong', (key) => ({ key, secret: 'anotherSecret' })),
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
        withoutBlock('externalCredentialPrincipalAccesses', 'TargetOrg_EC')
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
            const userId = await withUser(linked, async (user) => {
                await executeAnonymous(user, 'System.enqueueJob(new SeedJob());');
            });
            // Jobs of those who left are history.
            return async () => {
                await source.connection.sobject('User').update({ Id: userId, IsActive: false } as never);
                await gone();
            };
        }
    },
    edited('app-blocked', 'target', POLICY, withElement('isEnabled', 'false')),
    edited('flow-off-in-settings', 'target', GLOBAL, withElement('isClientCredentialsFlowEnabled', 'false')),
    edited('flow-off-in-policy', 'target', OAUTH_POLICY, withElement('isClientCredentialsFlowEnabled', 'false')),
    edited('scope-missing', 'target', SETTINGS, withElement('commaSeparatedOauthScopes', 'Basic')),
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
    edited('run-as-unset', 'target', OAUTH_POLICY, withElement('clientCredentialsFlowUser', ''), ['run-as']),
    {
        rule: 'run-as-unknown',
        touches: ['run-as', `${OAUTH_POLICY.type} ${OAUTH_POLICY.fullName}`],
        async plant(linked) {
            const { Username } = await runAs(linked.orgs.target);
            await updateRunAs(linked, {
                Username: `integration@renamed.${Username.split('@')[1]}`,
                Email: 'other@example.test'
            });
            return () => giveBack(linked, Username);
        }
    },
    {
        rule: 'run-as-is-email',
        touches: ['run-as', `${OAUTH_POLICY.type} ${OAUTH_POLICY.fullName}`],
        async plant(linked) {
            const { Username } = await runAs(linked.orgs.target);
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
        touches: ['run-as'],
        async plant({ orgs: { target } }) {
            const { Id } = await runAs(target);
            await unassignPermissionSet(target, API.fullName, Id);
            return async () => void (await assignPermissionSet(target, API.fullName, Id));
        }
    },
    edited(
        'policy-names-other-set',
        'target',
        OAUTH_POLICY,
        withElement('commaSeparatedPermissionSet', 'Eca_Credential_Setup')
    ),
    {
        rule: 'user-api-disabled',
        touches: ['profile', `PermissionSet ${API.fullName}`],
        async plant(linked) {
            const { target } = linked.orgs;
            const profile = await queryOne<{ Id: string }>(
                target,
                "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'"
            );
            const own = await queryOne<{ Id: string }>(
                target,
                "SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'"
            );
            await updateRunAs(linked, { ProfileId: profile?.Id });
            const back = await edit(target, API, withoutBlock('userPermissions', 'ApiEnabled'));
            return async () => {
                await back();
                await updateRunAs(linked, { ProfileId: own?.Id });
            };
        }
    },
    edited('class-access-missing', 'target', API, withoutBlock('classAccesses', 'RestApiUsingConnectClass')),
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
    removed('app-missing', 'target', [{ type: 'ExternalClientApplication', fullName: APP }]),
    removed('app-settings-missing', 'target', [GLOBAL]),
    removed('named-credential-missing', 'source', [SERVICE, NAMED]),
    removed('access-set-missing', 'source', [ACCESS]),
    removed('external-credential-missing', 'source', [SERVICE, NAMED, EXTERNAL], ['named-credential-missing']),
    {
        rule: 'principal-missing',
        touches: ['everything'],
        async plant(linked) {
            await edit(linked.orgs.source, EXTERNAL, (xml) => xml.replaceAll('>Integration<', '>Other<'));
            return () => setUpAgain(linked);
        }
    },
    removed('api-set-missing', 'target', [API]),
    removed('api-class-missing', 'target', [
        ...classes('RestApiUsingConnectClass', 'AccountApiCall'),
        ...classes('RestApiUsingConnectClassTest', 'AccountApiUpsertTest', 'AccountApiAccessTest', 'AccountApiFixture')
    ]),
    removed('source-code-missing', 'source', sourceCode())
];

/** A user without the access permission set, with a session of their own for the time of the work. */
async function withUser(
    { orgs: { source }, logIn }: LinkedPair,
    work: (user: BridgeOrg) => Promise<void>
): Promise<string> {
    const profile = await queryOne<{ Id: string }>(
        source,
        "SELECT Id FROM Profile WHERE Name = 'System Administrator'"
    );
    const username = `seed${Date.now()}@example.test`;
    const created = await source.connection.sobject('User').create({
        Username: username,
        LastName: 'Seed',
        Alias: 'seed',
        Email: username,
        ProfileId: profile?.Id,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    } as never);
    const accessToken = await logIn(source.url, username);
    await work(await connectLocal('source', { url: source.url, accessToken }));
    return (created as { id?: string }).id as string;
}
