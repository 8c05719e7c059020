import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import { rotateCredentials } from '../rotation/rotate.ts';

export function rotateCommand(): Command {
    const command = new Command('rotate').description(
        'new secrets for the link, without a failed call: key and secret of the app, or the certificate'
    );
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(command)))).action(
        (flags: OrgFlags & LinkFlags & ChangeFlags & JsonFlag) =>
            runCommand(flags, async (steps) => {
                const plan = linkPlan(flags);
                await rotateCredentials(await openOrgsToChange(flags), steps, plan);
                return {
                    data: { status: 'rotated', steps: steps.records },
                    lines: ['The link uses new secrets; the old ones are refused.']
                };
            })
    );
}
