import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { buildComponents } from '../lib/lwc-build.ts';
import { deployBoth, type LinkOptions } from '../lib/link.ts';

export function deployCommand(): Command {
    const command = new Command('deploy')
        .description('deploy the metadata of this project to both orgs')
        .option('--run-as <username>', 'existing user of the target org as whom the source acts');
    return withJsonFlag(withOrgFlags(command)).action((flags: OrgFlags & LinkOptions & JsonFlag) =>
        runCommand(flags, async (steps) => {
            await steps.step('Compile the Lightning web components', () => buildComponents());
            const orgs = await openOrgs(flags);
            await deployBoth(orgs, steps, flags);
            return {
                data: { status: 'deployed', steps: steps.records },
                lines: ['Both orgs have the metadata of this project. Next: npm run bridge -- connect']
            };
        })
    );
}
