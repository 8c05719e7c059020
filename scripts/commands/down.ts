import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { namesRealOrgs, type OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { stopLocalPair } from '../lib/local-pair.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import { presentPlan } from '../lib/present-plan.ts';
import { unassignPermissionSet } from '../lib/permission-sets.ts';
import { deleteScratchOrgs, usesScratchOrgs, type ScratchFlags } from '../lib/scratch-orgs.ts';
import { deleteCredential } from '../lib/source-credential.ts';
import type { Steps } from '../lib/steps.ts';
import { isInStep, takeDownSync } from '../sync/set-up.ts';

type DownFlags = OrgFlags & LinkFlags & ChangeFlags & JsonFlag & Pick<ScratchFlags, 'scratch'>;

export function downCommand(): Command {
    const command = new Command('down')
        .description('take the link down; without org flags: stop the local pair')
        .option('--scratch', 'delete both scratch orgs');
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(command)))).action((flags: DownFlags) =>
        runCommand(flags, async (steps) => {
            const lines = await takeDown(flags, steps);
            return { data: { status: 'down', steps: steps.records }, lines };
        })
    );
}

function takeDown(flags: DownFlags, steps: Steps): Promise<string[]> {
    if (usesScratchOrgs(flags)) {
        return deleteBoth(flags, steps);
    }
    return namesRealOrgs(flags) ? unlink(flags, steps) : stopPair(steps);
}

async function deleteBoth(flags: DownFlags, steps: Steps): Promise<string[]> {
    const plan = linkPlan(flags);
    await steps.step('Delete the scratch orgs', async (report) => {
        const deleted = await deleteScratchOrgs(plan);
        if (deleted.length === 0) {
            report.already('there were none');
        } else {
            report.detail(deleted.join(', '));
        }
    });
    return ['The scratch orgs of this project are gone.'];
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
    const orgs = await openOrgsToChange(flags);
    const plan = await presentPlan(orgs, linkPlan(flags));
    const { source } = orgs;
    if (await isInStep(orgs)) {
        await takeDownSync(orgs, steps, plan);
    }
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
