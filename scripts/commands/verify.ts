import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { withTargetFlag } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { verifyLink } from '../lib/link.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';

type VerifyFlags = OrgFlags & LinkFlags & JsonFlag & ChangeFlags;

export function verifyCommand(): Command {
    const command = new Command('verify').description(
        'prove the link: read, create, update and replay an Account through it'
    );
    return withJsonFlag(withYesFlag(withTargetFlag(withOrgFlags(command)))).action((flags: VerifyFlags) =>
        runCommand(flags, async (steps) => {
            const verify = await verifyLink(await openOrgsToChange(flags), steps, linkPlan(flags));
            return {
                data: { status: 'verified', verify, steps: steps.records },
                lines: [
                    `The link works: ${verify.read} Accounts read, ${verify.created} created, ${verify.updated} updated, ` +
                        `${verify.replayed} replayed without a change. The probe record is removed again.`
                ]
            };
        })
    );
}
