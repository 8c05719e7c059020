import { setTimeout as sleep } from 'node:timers/promises';
import { consumerUrl, readPair, withSecretAccess, type AppCredentials } from './app-credentials.ts';
import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { callTarget } from './credential-probe.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { deployDocument, retrieveDocuments } from './metadata-documents.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';
import { unassignPermissionSet } from './permission-sets.ts';
import { deleteCredential } from './source-credential.ts';
import { deleteStaged, readStaged, rotatePair, stagePair } from './staged-credentials.ts';
import type { Steps } from './steps.ts';
import { fetchToken, tokenRefusal } from './token-probe.ts';

export interface RevokeOptions {
    /** Does not wait for Apex jobs of the source that run. */
    readonly now?: boolean;
}

/** What was taken away, and the answers that prove it. */
export interface Revocation {
    /** User names of the source who had the access permission set. */
    readonly users: readonly string[];
    readonly sessions: number;
    readonly proofs: { readonly call: string; readonly secret: string; readonly token: string };
}

const JOB_WAIT = { attempts: 60, pauseMs: 2000 };
const POLICY = 'ExtlClntAppConfigurablePolicies';

/** What was good before, to prove that it is good no longer. In memory only. */
interface Held {
    readonly app: AppCredentials;
    readonly token: string;
}

/**
 * Ends a link: no secret, no token and no permission is left on either side. Metadata and records stay. `bridge repair`
 * brings the link back.
 */
export async function revokeLink(
    orgs: LinkedOrgs,
    steps: Steps,
    plan: LinkPlan,
    options: RevokeOptions
): Promise<Revocation> {
    refuseOtherFlows(plan);
    if (!options.now) {
        await jobsStep(orgs.source, steps);
    }
    const held = await steps.step('Retire the key and secret of the app', () => retireSecret(orgs.target));
    const users = await sourceStep(orgs.source, steps, plan);
    const sessions = await targetStep(orgs.target, steps);
    const proofs = await steps.step('Prove that nothing gets through', () => prove(orgs, plan, held));
    return { users, sessions, proofs };
}

async function jobsStep(source: BridgeOrg, steps: Steps): Promise<void> {
    await steps.step('Wait for Apex jobs of the source org', async (report) => {
        for (let look = 0; look < JOB_WAIT.attempts; look += 1) {
            const { totalSize } = await source.connection.query(
                "SELECT COUNT() FROM AsyncApexJob WHERE Status IN ('Queued', 'Preparing', 'Processing') " +
                    "AND JobType IN ('Future', 'Queueable', 'BatchApex')"
            );
            if (totalSize === 0) {
                return;
            }
            report.progress(`${totalSize} run or wait`);
            await sleep(JOB_WAIT.pauseMs);
        }
        throw new BridgeError('org', 'JOBS_RUN', 'Apex jobs of the source org did not end within two minutes.', [
            'Run: npm run bridge -- revoke --now, which does not wait for them.'
        ]);
    });
}

/** A copy of the secret that somebody made is worthless afterwards. */
function retireSecret(target: BridgeOrg): Promise<Held> {
    const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
    return withSecretAccess(target, credentialSetupPermissionSet, async () => {
        const consumer = await consumerUrl(target, appName);
        const app = await readPair(target, consumer);
        const token = await fetchToken(target, app, () => undefined).catch(() => '');
        const left = await readStaged(target, consumer);
        if (left !== undefined) {
            await deleteStaged(target, consumer, left.id);
        }
        const staged = await stagePair(target, consumer);
        await rotatePair(target, consumer, staged.id);
        const old = await readStaged(target, consumer);
        await deleteStaged(target, consumer, old?.id ?? staged.id);
        return { app, token };
    });
}

async function sourceStep(source: BridgeOrg, steps: Steps, plan: LinkPlan): Promise<string[]> {
    await steps.step('Delete the credential of the source org', async (report) => {
        if (!(await deleteCredential(source, plan))) {
            report.already('none was stored');
        }
    });
    return steps.step('Take the access permission set from its users', async (report) => {
        const { records } = await source.connection.query<{ AssigneeId: string; Assignee: { Username: string } }>(
            'SELECT AssigneeId, Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = ' +
                soqlString(plan.permissionSet)
        );
        for (const { AssigneeId } of records) {
            await unassignPermissionSet(source, plan.permissionSet, AssigneeId);
        }
        report.detail(`${records.length} had it`);
        return records.map(({ Assignee }) => Assignee.Username);
    });
}

async function targetStep(target: BridgeOrg, steps: Steps): Promise<number> {
    const { appName, permissionSets } = orgPairConfig().target;
    await steps.step('Block the app in the target org', async (report) => {
        const documents = await retrieveDocuments(target, { [POLICY]: ['*'] });
        const policy = documents.list(POLICY).find((item) => item.text('externalClientApplication') === appName);
        if (policy === undefined || policy.text('isEnabled') === 'false') {
            report.already('it is blocked, or not there');
            return;
        }
        await deployDocument(target, policy, policy.xml.replace(/<isEnabled>true</, '<isEnabled>false<'));
    });
    return steps.step('End the sessions and the access of the integration user', async (report) => {
        const names = permissionSets.map(soqlString).join(', ');
        const { records } = await target.connection.query<{ AssigneeId: string }>(
            `SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name IN (${names})`
        );
        let ended = 0;
        for (const userId of new Set(records.map(({ AssigneeId }) => AssigneeId))) {
            for (const name of permissionSets) {
                await unassignPermissionSet(target, name, userId);
            }
            // Not those of the person who runs this, should they be the run-as user.
            ended += userId === target.userId ? 0 : await endSessions(target, userId);
        }
        report.detail(`${ended} sessions ended`);
        return ended;
    });
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

/** Throws NOT_REVOKED when a call, the old secret or the old token is taken after all. */
async function prove(orgs: LinkedOrgs, plan: LinkPlan, { app, token }: Held): Promise<Revocation['proofs']> {
    const { apiPath } = orgPairConfig().target;
    const call = await callTarget(orgs.source, plan, apiPath);
    const secret = await tokenRefusal(orgs.target, app);
    const response = await fetch(`${orgs.target.url}${apiPath}?limit=1`, {
        headers: { Authorization: `Bearer ${token}` }
    });
    await response.arrayBuffer();
    if (call.ok || secret === undefined || response.ok) {
        const through = [
            ...(call.ok ? ['a call of the source org'] : []),
            ...(secret === undefined ? ['the old secret'] : []),
            ...(response.ok ? ['the old token'] : [])
        ];
        throw new BridgeError('org', 'NOT_REVOKED', `The target org still takes ${through.join(' and ')}.`, [
            'Deactivate the integration user in Setup > Users of the target org, then run the command again.'
        ]);
    }
    return { call: call.error.message, secret, token: `HTTP ${response.status}` };
}

function refuseOtherFlows({ app, flow }: LinkPlan): void {
    if (app !== 'external-client-app' || flow !== 'client-credentials') {
        throw new BridgeError(
            'user',
            'REVOCATION_UNSUPPORTED',
            `A link by ${app} and ${flow} is not revoked by this command.`,
            ['Run: npm run bridge -- down, then block the app in Setup of the target org.']
        );
    }
}
