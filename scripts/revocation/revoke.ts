import { setTimeout as sleep } from 'node:timers/promises';
import type { LinkedOrgs } from '../lib/context.ts';
import { BridgeError } from '../lib/errors.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { queryAll, soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { unassignPermissionSet } from '../lib/permission-sets.ts';
import { requireDeployedLink } from '../lib/present-plan.ts';
import { deleteCredential } from '../lib/source-credential.ts';
import type { Steps } from '../lib/steps.ts';
import { blockApp } from './block-app.ts';
import { proveRevoked, rememberAccess, type Proofs } from './proofs.ts';
import { retireSecret } from './retire-secret.ts';
import { endAccess, type EndedAccess } from './target-access.ts';

export interface RevokeOptions {
    /** Does not wait for Apex jobs of the source that run. */
    readonly now?: boolean;
}

/** What was taken away, and the answers that prove it. */
export interface Revocation extends EndedAccess {
    /** User names of the source who had the access permission set. */
    readonly users: readonly string[];
    readonly proofs: Proofs;
}

const JOB_WAIT = { attempts: 60, pauseMs: 2000 };

/**
 * Ends a link of any app and flow: no secret, no token and no permission is left on either side. Metadata and records stay.
 * `bridge repair` brings the link back.
 */
export async function revokeLink(
    orgs: LinkedOrgs,
    steps: Steps,
    wanted: LinkPlan,
    options: RevokeOptions
): Promise<Revocation> {
    const { plan, login } = await requireDeployedLink(orgs, wanted);
    if (!options.now) {
        await jobsStep(orgs.source, steps);
    }
    const held = await steps.step('Note what is good now, to prove that it is good no longer', () =>
        rememberAccess(orgs, plan, login)
    );
    await steps.step('Retire the secret of the app', async (report) => {
        report.detail(await retireSecret(orgs.target, plan));
    });
    const users = await sourceStep(orgs.source, steps, plan);
    await steps.step('Block the app in the target org', async (report) => {
        report.detail(await blockApp(orgs.target, plan));
    });
    const ended = await steps.step('End the tokens, the sessions and the access in the target org', async (report) => {
        const found = await endAccess(orgs.target, plan);
        report.detail(`${found.refreshTokens} refresh tokens and ${found.sessions} sessions ended`);
        return found;
    });
    const proofs = await steps.step('Prove that nothing gets through', () => proveRevoked(orgs, plan, held));
    return { users, ...ended, proofs };
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

/** A credential per user is that of your own user here; those of others end with their tokens in the target. */
async function sourceStep(source: BridgeOrg, steps: Steps, plan: LinkPlan): Promise<string[]> {
    await steps.step('Delete the credential of the source org', async (report) => {
        if (plan.flow === 'jwt-bearer') {
            report.already('assertions need none; the certificate is of no use without the app');
        } else if (!(await deleteCredential(source, plan))) {
            report.already('none was stored');
        }
    });
    return steps.step('Take the access permission set from its users', async (report) => {
        const records = await queryAll<{ AssigneeId: string; Assignee: { Username: string } }>(
            source,
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
