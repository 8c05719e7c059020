import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { connectOrgs } from '../lib/link.ts';

export function connectCommand(): Command {
    const command = new Command('connect').description(
        'carry the key and secret of the target app to the source org, over REST'
    );
    return withJsonFlag(withOrgFlags(command)).action((flags: OrgFlags & JsonFlag) =>
        runCommand(flags, async (steps) => {
            await connectOrgs(await openOrgs(flags), steps);
            return {
                data: { status: 'connected', steps: steps.records },
                lines: ['The source org can call the target org. Next: npm run bridge -- verify']
            };
        })
    );
}
