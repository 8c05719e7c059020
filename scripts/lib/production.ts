import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { JsonFlag } from './command.ts';
import { openOrgs, type LinkedOrgs, type OrgFlags } from './context.ts';
import { BridgeError } from './errors.ts';

export interface ChangeFlags {
    readonly yes?: boolean;
}

export function withYesFlag(command: Command): Command {
    return command.option('--yes', 'change a production org without asking');
}

/** As openOrgs, for commands that change the orgs: asks when one of them is a production org. */
export async function openOrgsToChange(flags: OrgFlags & ChangeFlags & JsonFlag): Promise<LinkedOrgs> {
    const orgs = await openOrgs(flags);
    await confirmProduction(orgs, flags);
    return orgs;
}

/** For commands that change the orgs by a flag only: without it they look, and ask nobody. */
export function openOrgsFor(flags: OrgFlags & ChangeFlags & JsonFlag, changes: boolean): Promise<LinkedOrgs> {
    return changes ? openOrgsToChange(flags) : openOrgs(flags);
}

async function confirmProduction({ source, target }: LinkedOrgs, flags: ChangeFlags & JsonFlag): Promise<void> {
    const names = [source, target]
        .filter((org) => org.kind === 'production')
        .map((org) => `the ${org.role} org ${org.url} (${org.username})`)
        .join(' and ');
    if (names === '' || flags.yes === true) {
        return;
    }
    if (flags.json === true || !process.stdin.isTTY) {
        throw new BridgeError(
            'user',
            'CONFIRMATION_NEEDED',
            `This changes production: ${names}. Nobody is here to ask.`,
            [
                'Look first: npm run bridge -- up --dry-run, with the same flags',
                'Then confirm: the same command with --yes'
            ]
        );
    }
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await prompt.question(`This changes production: ${names}.\nType yes to go on: `);
    prompt.close();
    if (answer.trim().toLowerCase() !== 'yes') {
        throw new BridgeError('user', 'NOT_CONFIRMED', 'Nothing was changed.', [
            'Look first: npm run bridge -- up --dry-run, with the same flags'
        ]);
    }
}
