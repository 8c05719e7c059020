import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { rotateCredentials } from '../lib/rotation.ts';

export function rotateCommand(): Command {
    const command = new Command('rotate').description(
        'give the app a new key and secret and the source the new pair, without a failed call'
    );
    return withJsonFlag(withLinkFlags(withOrgFlags(command))).action((flags: OrgFlags & LinkFlags & JsonFlag) =>
        runCommand(flags, async (steps) => {
            const plan = linkPlan(flags);
            await rotateCredentials(await openOrgs(flags), steps, plan);
            return {
                data: { status: 'rotated', steps: steps.records },
                lines: ['The link uses a new key and secret; the old pair is refused.']
            };
        })
    );
}
