import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { integrationUsername } from './integration-user.ts';
import type { LinkPlan } from './link-plan.ts';
import { connectOrgs, deployBoth, verifyLink } from './link.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';
import type { Steps } from './steps.ts';
import type { Verification } from './verification.ts';

/**
 * Brings a link back from the config alone: after a sandbox refresh (other org id and host, no secrets, user names with a
 * suffix, users that are not active) and after `bridge revoke`. What is as it should be is left as it is.
 */
export async function repairLink(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<Verification> {
    await steps.step('Look for the integration user of before', async (report) => {
        const found = plan.runAs === undefined ? await adoptUser(orgs.target, plan) : undefined;
        if (found === undefined) {
            report.already('there is none to take back');
        } else {
            report.detail(`${found.from} is ${found.to} again, active`);
        }
    });
    await deployBoth(orgs, steps, plan);
    await connectOrgs(orgs, steps, plan);
    return verifyLink(orgs, steps, plan);
}

interface UserRow {
    readonly Id: string;
    readonly Username: string;
    readonly IsActive: boolean;
    readonly Email: string;
}

/**
 * A refresh keeps the user under a name that the project no longer derives, and perhaps not active. The user is taken
 * back instead of making a second one: licences for integration users are few.
 */
async function adoptUser(target: BridgeOrg, plan: LinkPlan): Promise<{ from: string; to: string } | undefined> {
    const username = integrationUsername(target, plan.flow);
    const own = await users(target, `Username = ${soqlString(username)}`);
    const former = own.length > 0 ? own : await users(target, `(${likeIntegration(username)}) AND ${holdsApi()}`);
    const user = former[0] as UserRow | undefined;
    if (user === undefined || (user.Username === username && user.IsActive)) {
        return undefined;
    }
    await target.connection
        .sobject('User')
        .update({ Id: user.Id, Username: username, Email: username, IsActive: true } as never);
    return { from: user.Username, to: username };
}

/** `integration@<org id>.org-bridge.example`, with whatever a refresh put behind. */
function likeIntegration(username: string): string {
    const [name = ''] = username.split('@');
    return `Username LIKE ${soqlString(`${name}@%.org-bridge.example%`)}`;
}

function holdsApi(): string {
    const names = orgPairConfig().target.permissionSets.map(soqlString).join(', ');
    return `Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${names}))`;
}

async function users(target: BridgeOrg, condition: string): Promise<readonly UserRow[]> {
    const soql = `SELECT Id, Username, IsActive, Email FROM User WHERE ${condition} ORDER BY CreatedDate LIMIT 1`;
    return (await target.connection.query<UserRow>(soql)).records;
}
