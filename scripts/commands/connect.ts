import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { connectOrgs } from '../lib/link.ts';

export function connectCommand(): Command {
    const command = new Command('connect').description(
        'carry the key and secret of the target app to the source org, over REST'
    );
    return withJsonFlag(withLinkFlags(withOrgFlags(command))).action((flags: OrgFlags & LinkFlags & JsonFlag) =>
        runCommand(flags, async (steps) => {
            const plan = linkPlan(flags);
            await connectOrgs(await openOrgs(flags), steps, plan);
            return {
                data: { status: 'connected', steps: steps.records },
                lines: ['The source org can call the target org. Next: npm run bridge -- verify']
            };
        })
    );
}
