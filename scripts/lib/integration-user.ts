import { BridgeError } from './errors.ts';
import type { Flow } from './config.ts';
import type { LinkPlan } from './link-plan.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';

/** The user as whom the source org acts in the target org. */
export interface IntegrationUser {
    readonly id: string;
    readonly username: string;
    readonly created: boolean;
}

/**
 * Profiles that fit, best first: ones that grant nothing by themselves, API-only where nobody logs in by a page. An org
 * has those whose licences it owns. (Salesforce Help: "Give Integration Users API Only Access".)
 */
const API_ONLY = ['Minimum Access - API Only Integrations', 'Salesforce API Only System Integrations'];
const WITH_PAGES = 'Minimum Access - Salesforce';
const PROFILES: Readonly<Record<Flow, readonly string[]>> = {
    'client-credentials': [...API_ONLY, WITH_PAGES],
    'jwt-bearer': [...API_ONLY, WITH_PAGES],
    browser: [WITH_PAGES]
};

/** Derived from the org id, so that running the command again finds the same user. */
export function integrationUsername(org: BridgeOrg, flow: Flow = 'client-credentials'): string {
    const name = flow === 'browser' ? 'integration.browser' : 'integration';
    return `${name}@${org.orgId.toLowerCase()}.org-bridge.example`;
}

/** The user of the plan, made when it is not there and the plan names none. */
export async function ensureIntegrationUser(org: BridgeOrg, plan: LinkPlan): Promise<IntegrationUser> {
    const username = plan.runAs ?? integrationUsername(org, plan.flow);
    const existing = await findUser(org, username);
    if (existing !== undefined) {
        return existing;
    }
    if (plan.runAs !== undefined) {
        throw new BridgeError('user', 'RUN_AS_UNKNOWN', `The target org has no user with the user name ${username}.`, [
            'Pass the user name, which has the form of an e-mail address and need not be one.'
        ]);
    }
    const profileId = await findProfile(org, PROFILES[plan.flow]);
    const result = await org.connection.sobject('User').create({
        Username: username,
        LastName: 'Org Bridge Integration',
        Alias: 'orgbridg',
        Email: username,
        ProfileId: profileId,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
    return { id: result.id as string, username, created: true };
}

/** The user of the plan, which a deploy has made. */
export async function findIntegrationUser(org: BridgeOrg, plan: LinkPlan): Promise<IntegrationUser> {
    const username = plan.runAs ?? integrationUsername(org, plan.flow);
    const user = await findUser(org, username);
    if (user === undefined) {
        throw new BridgeError('org', 'INTEGRATION_USER_MISSING', `The target org has no user ${username}.`, [
            'Run: npm run bridge -- deploy, with the same flags.'
        ]);
    }
    return user;
}

async function findUser(org: BridgeOrg, username: string): Promise<IntegrationUser | undefined> {
    const soql = `SELECT Id, IsActive FROM User WHERE Username = ${soqlString(username)}`;
    const user = await queryOne<{ Id: string; IsActive: boolean }>(org, soql);
    if (user !== undefined && !user.IsActive) {
        throw new BridgeError('org', 'INTEGRATION_USER_INACTIVE', `The integration user ${username} is not active.`, [
            'Activate it in Setup > Users, or pass another one with --run-as USERNAME.'
        ]);
    }
    return user === undefined ? undefined : { id: user.Id, username, created: false };
}

async function findProfile(org: BridgeOrg, wanted: readonly string[]): Promise<string> {
    const names = wanted.map(soqlString).join(', ');
    const result = await org.connection.query<{ Id: string; Name: string }>(
        `SELECT Id, Name FROM Profile WHERE Name IN (${names})`
    );
    for (const name of wanted) {
        const profile = result.records.find((record) => record.Name === name);
        if (profile !== undefined) {
            return profile.Id;
        }
    }
    throw new BridgeError(
        'org',
        'INTEGRATION_PROFILE_MISSING',
        `The target org has none of the profiles ${wanted.join(', ')}.`,
        ['Pass an existing user that may be used for the integration: --run-as USERNAME']
    );
}
