import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { connectOrgs } from '../lib/link.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';

export function connectCommand(): Command {
    const command = new Command('connect').description(
        'carry the key and secret of the target app to the source org, over REST'
    );
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(command)))).action(
        (flags: OrgFlags & LinkFlags & ChangeFlags & JsonFlag) =>
            runCommand(flags, async (steps) => {
                const plan = linkPlan(flags);
                await connectOrgs(await openOrgsToChange(flags), steps, plan);
                return {
                    data: { status: 'connected', steps: steps.records },
                    lines: ['The source org can call the target org. Next: npm run bridge -- verify']
                };
            })
    );
}
