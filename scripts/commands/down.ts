import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { namesRealOrgs, openOrgs, type OrgFlags } from '../lib/context.ts';
import { withTargetFlag } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { stopLocalPair } from '../lib/local-pair.ts';
import { unassignPermissionSet } from '../lib/permission-sets.ts';
import { deleteCredential } from '../lib/source-credential.ts';
import type { Steps } from '../lib/steps.ts';

type DownFlags = OrgFlags & LinkFlags & JsonFlag;

export function downCommand(): Command {
    const command = new Command('down').description('take the link down; without org flags: stop the local pair');
    return withJsonFlag(withTargetFlag(withOrgFlags(command))).action((flags: DownFlags) =>
        runCommand(flags, async (steps) => {
            const lines = namesRealOrgs(flags) ? await unlink(flags, steps) : await stopPair(steps);
            return { data: { status: 'down', steps: steps.records }, lines };
        })
    );
}

async function stopPair(steps: Steps): Promise<string[]> {
    await steps.step('Stop the local pair', async (report) => {
        if (!(await stopLocalPair())) {
            report.already('none was running');
        }
    });
    return ['No local pair runs.'];
}

/** Metadata stays: an admin may want it for the next link, and removing a field removes its data. */
async function unlink(flags: DownFlags, steps: Steps): Promise<string[]> {
    const plan = linkPlan(flags);
    const { source } = await openOrgs(flags);
    await steps.step('Delete the credential of the source org', async (report) => {
        if (!(await deleteCredential(source, plan))) {
            report.already('none was stored');
        }
    });
    await steps.step('Take the access permission set from your user', async (report) => {
        if (!(await unassignPermissionSet(source, plan.permissionSet, source.userId))) {
            report.already(`${source.username} does not have it`);
        }
    });
    return ['The source org can no longer call the target org. The deployed metadata stays in both orgs.'];
}
