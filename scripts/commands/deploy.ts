import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { buildStep } from '../lib/lwc-build.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { deployBoth } from '../lib/link.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';

export function deployCommand(): Command {
    const command = new Command('deploy').description('deploy the metadata of this project to both orgs');
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(command)))).action(
        (flags: OrgFlags & LinkFlags & ChangeFlags & JsonFlag) =>
            runCommand(flags, async (steps) => {
                const plan = linkPlan(flags);
                await buildStep(steps);
                const orgs = await openOrgsToChange(flags);
                await deployBoth(orgs, steps, plan);
                return {
                    data: { status: 'deployed', steps: steps.records },
                    lines: ['Both orgs have the metadata of this project. Next: npm run bridge -- connect']
                };
            })
    );
}
