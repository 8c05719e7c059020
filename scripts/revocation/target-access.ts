import { orgPairConfig } from '../lib/config.ts';
import { readDeployedApp } from '../lib/deployed-link.ts';
import { BridgeError } from '../lib/errors.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { queryAll, soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { unassignPermissionSet } from '../lib/permission-sets.ts';

export interface EndedAccess {
    readonly sessions: number;
    /** Refresh tokens that users gave the app. */
    readonly refreshTokens: number;
}

/** Ends what the app was given, the sessions of those who may use it, and their permission to. */
export async function endAccess(target: BridgeOrg, plan: LinkPlan): Promise<EndedAccess> {
    const { permissionSets } = orgPairConfig().target;
    const refreshTokens = await revokeRefreshTokens(target, plan);
    const names = permissionSets.map(soqlString).join(', ');
    const records = await queryAll<{ AssigneeId: string }>(
        target,
        `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${names})`
    );
    let sessions = 0;
    for (const userId of new Set(records.map(({ AssigneeId }) => AssigneeId))) {
        for (const name of permissionSets) {
            await unassignPermissionSet(target, name, userId);
        }
        // Not those of the person who runs this, should they be the run-as user.
        sessions += userId === target.userId ? 0 : await endSessions(target, userId);
    }
    return { sessions, refreshTokens };
}

/** Source: Object Reference, OauthToken: the revoke endpoint takes the delete token of a row, and ends the token's sessions. */
export async function revokeRefreshTokens(target: BridgeOrg, plan: LinkPlan): Promise<number> {
    const label = (await readDeployedApp(target, plan.appName))?.label ?? plan.appLabel;
    const seen = new Set<string>();
    // A query lists 2,500 at most, so it is asked until it lists none that is new.
    for (;;) {
        const tokens = (await tokensOf(target, label)).filter((token) => !seen.has(token));
        if (tokens.length === 0) {
            return seen.size;
        }
        await revokeAll(target, tokens);
        tokens.forEach((token) => seen.add(token));
    }
}

async function tokensOf(target: BridgeOrg, label: string): Promise<string[]> {
    const soql = `SELECT DeleteToken FROM OauthToken WHERE AppName = ${soqlString(label)}`;
    return (await queryAll<{ DeleteToken: string }>(target, soql)).map(({ DeleteToken }) => DeleteToken);
}

async function revokeAll(target: BridgeOrg, tokens: readonly string[]): Promise<void> {
    const refusals: string[] = [];
    for (const token of tokens) {
        const body = new URLSearchParams({ token });
        const response = await fetch(`${target.url}/services/oauth2/revoke`, { method: 'POST', body });
        await response.arrayBuffer();
        if (!response.ok) refusals.push(`HTTP ${response.status}`);
    }
    if (refusals.length > 0) {
        const answers = [...new Set(refusals)].join(', ');
        throw new BridgeError(
            'org',
            'TOKENS_NOT_REVOKED',
            `The target org did not end ${refusals.length} of ${tokens.length} refresh tokens: ${answers}.`,
            ['Run the command again: it goes on with those that are left.']
        );
    }
}

/** Source: Object Reference, AuthSession: an administrator ends a session by deleting its record. */
async function endSessions(org: BridgeOrg, userId: string): Promise<number> {
    const soql = `SELECT Id FROM AuthSession WHERE UsersId = ${soqlString(userId)}`;
    const records = await queryAll<{ Id: string }>(org, soql);
    for (const { Id } of records) {
        await org.connection.sobject('AuthSession').delete(Id);
    }
    return records.length;
}
