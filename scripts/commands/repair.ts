import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import { buildStep } from '../lib/lwc-build.ts';
import { repairLink } from '../lib/repair.ts';

export function repairCommand(): Command {
    const command = new Command('repair').description(
        'bring a link back from the config alone, after a sandbox refresh or a revocation'
    );
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(command)))).action(
        (flags: OrgFlags & LinkFlags & ChangeFlags & JsonFlag) =>
            runCommand(flags, async (steps) => {
                const plan = linkPlan(flags);
                const orgs = await openOrgsToChange(flags);
                await buildStep(steps);
                const { verify, records } = await repairLink(orgs, steps, plan);
                return {
                    data: { status: 'repaired', verify, records, steps: steps.records },
                    lines: [
                        ...(records.changed > 0
                            ? [`${records.changed} Accounts have the new id of the source org.`]
                            : []),
                        ...records.taken.map((id) => `Account ${id} keeps its key: another one has the new key.`),
                        'The link works again.'
                    ]
                };
            })
    );
}
