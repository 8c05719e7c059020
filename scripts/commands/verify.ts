import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { withTargetFlag } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { verifyLink } from '../lib/link.ts';

export function verifyCommand(): Command {
    const command = new Command('verify').description(
        'prove the link: read, create, update and replay an Account through it'
    );
    return withJsonFlag(withTargetFlag(withOrgFlags(command))).action((flags: OrgFlags & LinkFlags & JsonFlag) =>
        runCommand(flags, async (steps) => {
            const verify = await verifyLink(await openOrgs(flags), steps, linkPlan(flags));
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
