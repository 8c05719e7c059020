import { BridgeError } from './errors.ts';
import { queryOne, soqlString, type BridgeOrg } from './org-connection.ts';

/** The user as whom the source org acts in the target org. */
export interface IntegrationUser {
    readonly id: string;
    readonly username: string;
    readonly created: boolean;
}

/**
 * Profiles that fit, best first: API-only ones that grant nothing by themselves. An org has those whose licences it owns.
 * (Salesforce Help: "Give Integration Users API Only Access".)
 */
const PROFILES = [
    'Minimum Access - API Only Integrations',
    'Salesforce API Only System Integrations',
    'Minimum Access - Salesforce'
];

/** Derived from the org id, so that running the command again finds the same user. */
export function integrationUsername(org: BridgeOrg): string {
    return `integration@${org.orgId.toLowerCase()}.org-bridge.example`;
}

export async function ensureIntegrationUser(
    org: BridgeOrg,
    username = integrationUsername(org)
): Promise<IntegrationUser> {
    const existing = await queryOne<{ Id: string; IsActive: boolean }>(
        org,
        `SELECT Id, IsActive FROM User WHERE Username = ${soqlString(username)}`
    );
    if (existing !== undefined) {
        if (!existing.IsActive) {
            throw new BridgeError(
                'org',
                'INTEGRATION_USER_INACTIVE',
                `The integration user ${username} is not active.`,
                ['Activate it in Setup > Users, or pass another one with --run-as USERNAME.']
            );
        }
        return { id: existing.Id, username, created: false };
    }
    const profileId = await findProfile(org);
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

async function findProfile(org: BridgeOrg): Promise<string> {
    const names = PROFILES.map(soqlString).join(', ');
    const result = await org.connection.query<{ Id: string; Name: string }>(
        `SELECT Id, Name FROM Profile WHERE Name IN (${names})`
    );
    for (const name of PROFILES) {
        const profile = result.records.find((record) => record.Name === name);
        if (profile !== undefined) {
            return profile.Id;
        }
    }
    throw new BridgeError(
        'org',
        'INTEGRATION_PROFILE_MISSING',
        `The target org has none of the profiles ${PROFILES.join(', ')}.`,
        ['Pass an existing user that may be used for the integration: --run-as USERNAME']
    );
}
