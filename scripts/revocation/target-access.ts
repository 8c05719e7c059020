import { orgPairConfig } from '../lib/config.ts';
import { readDeployedApp } from '../lib/deployed-link.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
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
    const { records } = await target.connection.query<{ AssigneeId: string }>(
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
async function revokeRefreshTokens(target: BridgeOrg, plan: LinkPlan): Promise<number> {
    const label = (await readDeployedApp(target, plan.appName))?.label ?? plan.appLabel;
    const { records } = await target.connection.query<{ DeleteToken: string }>(
        `SELECT DeleteToken FROM OauthToken WHERE AppName = ${soqlString(label)}`
    );
    for (const { DeleteToken: token } of records) {
        const body = new URLSearchParams({ token });
        await (await fetch(`${target.url}/services/oauth2/revoke`, { method: 'POST', body })).arrayBuffer();
    }
    return records.length;
}

/** Source: Object Reference, AuthSession: an administrator ends a session by deleting its record. */
async function endSessions(org: BridgeOrg, userId: string): Promise<number> {
    const soql = `SELECT Id FROM AuthSession WHERE UsersId = ${soqlString(userId)}`;
    const { records } = await org.connection.query<{ Id: string }>(soql);
    for (const { Id } of records) {
        await org.connection.sobject('AuthSession').delete(Id);
    }
    return records.length;
}
