import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import { revokeLink, type RevokeOptions } from '../revocation/revoke.ts';

export function revokeCommand(): Command {
    const command = new Command('revoke')
        .description('end the link: secrets, tokens and permissions on both sides, proved by refused calls')
        .option('--now', 'do not wait for Apex jobs of the source org that run');
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(command)))).action(
        (flags: OrgFlags & LinkFlags & ChangeFlags & JsonFlag & RevokeOptions) =>
            runCommand(flags, async (steps) => {
                const plan = linkPlan(flags);
                const revocation = await revokeLink(await openOrgsToChange(flags), steps, plan, flags);
                const { users, sessions, refreshTokens, proofs } = revocation;
                return {
                    data: { status: 'revoked', ...revocation, steps: steps.records },
                    lines: [
                        `Refused  a call of the source org: ${proofs.call}`,
                        ...(proofs.secret === null ? [] : [`Refused  the old secret: ${proofs.secret}`]),
                        ...(proofs.token === null ? [] : [`Refused  the old token: ${proofs.token}`]),
                        `${refreshTokens} refresh tokens and ${sessions} sessions ended. Had access: ${users.join(', ') || 'nobody'}.`,
                        'Bring the link back: npm run bridge -- repair'
                    ]
                };
            })
    );
}
