import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { buildComponents } from '../lib/lwc-build.ts';
import { repairLink } from '../lib/repair.ts';

export function repairCommand(): Command {
    const command = new Command('repair').description(
        'bring a link back from the config alone, after a sandbox refresh or a revocation'
    );
    return withJsonFlag(withLinkFlags(withOrgFlags(command))).action((flags: OrgFlags & LinkFlags & JsonFlag) =>
        runCommand(flags, async (steps) => {
            const plan = linkPlan(flags);
            await steps.step('Compile the Lightning web components', () => buildComponents());
            const verify = await repairLink(await openOrgs(flags), steps, plan);
            return { data: { status: 'repaired', verify, steps: steps.records }, lines: ['The link works again.'] };
        })
    );
}
