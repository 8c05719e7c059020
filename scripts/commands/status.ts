import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type OrgFlags } from '../lib/context.ts';
import { withTargetFlag } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { readLinkStatus, type LinkStatus } from '../lib/link-status.ts';

export function statusCommand(): Command {
    const command = new Command('status').description('show both orgs and what of the link is in place');
    return withJsonFlag(withTargetFlag(withOrgFlags(command))).action((flags: OrgFlags & LinkFlags & JsonFlag) =>
        runCommand(flags, async (steps) => {
            const plan = linkPlan(flags);
            const orgs = await openOrgs(flags);
            const status = await steps.step('Look at both orgs', () => readLinkStatus(orgs, plan));
            return { data: { ...status, steps: steps.records }, lines: describe(status) };
        })
    );
}

function describe(status: LinkStatus): string[] {
    return [
        `Source  ${status.source.url}  ${status.source.orgId}  as ${status.source.username}`,
        `Target  ${status.target.url}  ${status.target.orgId}  as ${status.target.username}`,
        ...status.parts.map(
            (part) => `${part.present ? 'yes' : 'NO '}  ${part.name}${part.present ? '' : `  (${part.action})`}`
        ),
        `The link is ${status.status}.`
    ];
}
