import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { toBridgeError } from './errors.ts';
import { integrationUsername } from './integration-user.ts';
import { callTarget } from './credential-probe.ts';
import type { LinkPlan } from './link-plan.ts';
import { connectOrgs, deployBoth, verifyLink } from './link.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';
import { presentPlan } from './present-plan.ts';
import { rekeyTwins, type RekeyedRecords } from './record-keys.ts';
import { readCredentialStatus } from './source-credential.ts';
import type { Steps } from './steps.ts';
import type { Verification } from './verification.ts';

/** What a repair found and did. */
export interface Repair {
    readonly verify: Verification;
    readonly records: RekeyedRecords;
}

/**
 * Brings a link back from the config alone: after a sandbox refresh (other org id and host, no secrets, user names with a
 * suffix, users that are not active) and after `bridge revoke`. What is as it should be is left as it is.
 */
export async function repairLink(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<Repair> {
    await steps.step('Look for the integration user of before', async (report) => {
        const found = plan.runAs === undefined ? await adoptUser(orgs.target, plan) : undefined;
        if (found === undefined) {
            report.already('there is none to take back');
        } else {
            report.detail(`${found.from} is ${found.to} again, active`);
        }
    });
    await deployBoth(orgs, steps, plan);
    await connectAgain(orgs, steps, plan);
    const records = await steps.step('Give the records of before the new id of the source org', async (report) => {
        const { changed, others, taken } = await rekeyTwins(orgs);
        if (changed === 0) {
            report.already(others === 0 ? 'every key has it' : `${others} keys are of other orgs`);
        } else {
            report.detail(`${changed} Accounts of the target org; ${others} are of other orgs, ${taken.length} taken`);
        }
        return { changed, others, taken };
    });
    return { verify: await verifyLink(orgs, steps, plan), records };
}

/** What says that the source, or its identity provider, has no secret that the app takes. */
const SECRET_LOST: ReadonlySet<string> = new Set([
    'APP_SECRET_UNKNOWN',
    'LOGIN_NOT_OFFERED',
    'CREDENTIAL_SECRET',
    'CREDENTIAL_ACCESS'
]);

/**
 * A connected app whose secret is lost is replaced: only a new one has a secret that can be known. Tokens that are stored and
 * refused tell that the target is another one, with other secrets; an org that makes no connected apps is tried as it is.
 * Whatever else goes wrong says nothing about the secret, and the app stays.
 */
async function connectAgain(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<void> {
    if (plan.app !== 'connected-app' || plan.flow === 'jwt-bearer') {
        return connectOrgs(orgs, steps, plan);
    }
    const isStale = plan.flow === 'browser' && (await hasDeadTokens(orgs, plan));
    try {
        await connectOrgs(orgs, steps, plan, { renewApp: isStale });
        const call = await callTarget(orgs.source, await presentPlan(orgs, plan), orgPairConfig().target.apiPath);
        if (!call.ok) {
            throw call.error;
        }
    } catch (cause) {
        const { code } = toBridgeError(cause);
        if (isStale ? code !== 'CONNECTED_APP_REFUSED' : !SECRET_LOST.has(code)) {
            throw cause;
        }
        await connectOrgs(orgs, steps, plan, { renewApp: !isStale });
    }
}

async function hasDeadTokens(orgs: LinkedOrgs, wanted: LinkPlan): Promise<boolean> {
    const plan = await presentPlan(orgs, wanted);
    const status = await readCredentialStatus(orgs.source, plan).catch(() => undefined);
    return status === 'Configured' && !(await callTarget(orgs.source, plan, orgPairConfig().target.apiPath)).ok;
}

interface UserRow {
    readonly Id: string;
    readonly Username: string;
    readonly IsActive: boolean;
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
    const soql = `SELECT Id, Username, IsActive FROM User WHERE ${condition} ORDER BY CreatedDate LIMIT 1`;
    return (await target.connection.query<UserRow>(soql)).records;
}
