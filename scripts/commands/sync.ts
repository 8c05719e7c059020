import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import type { LinkedOrgs, OrgFlags } from '../lib/context.ts';
import { EXIT_CODES } from '../lib/errors.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { buildStep } from '../lib/lwc-build.ts';
import { openOrgsFor, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import type { Steps } from '../lib/steps.ts';
import { checkMappings, dismissLetters, pauseSync, replayLetters, resumeSync } from '../sync/orders.ts';
import { setUpSync } from '../sync/set-up.ts';
import { describeStatus, readSyncStatus } from '../sync/status.ts';
import { syncGenerateCommand } from './sync-generate.ts';
import { loadCommand, planCommand } from './sync-load.ts';
import { verifyRecordsCommand } from './sync-verify.ts';

type Flags = OrgFlags & JsonFlag & ChangeFlags;
type Work = (orgs: LinkedOrgs, steps: Steps) => Promise<CommandResult>;

export function syncCommand(): Command {
    const sync = new Command('sync').description('records in step between the two orgs of a link');
    const commands = [
        upCommand(),
        checkCommand(),
        syncGenerateCommand(),
        planCommand(),
        loadCommand(),
        verifyRecordsCommand(),
        statusCommand(),
        replayCommand(),
        dismissCommand(),
        pauseCommand(),
        resumeCommand()
    ];
    commands.forEach((command) => sync.addCommand(command));
    return sync;
}

function orgCommand(name: string, description: string): Command {
    return withJsonFlag(withOrgFlags(new Command(name).description(description)));
}

/** A command that changes both orgs: it asks before it changes a production org. */
function changingCommand(name: string, description: string): Command {
    return withYesFlag(orgCommand(name, description));
}

function look(flags: Flags, work: Work): Promise<void> {
    return runCommand(flags, async (steps) => work(await openOrgsFor(flags, false), steps));
}

function change(flags: Flags, work: Work): Promise<void> {
    return runCommand(flags, async (steps) => work(await openOrgsFor(flags, true), steps));
}

function upCommand(): Command {
    return withLinkFlags(
        changingCommand('up', 'put two linked orgs in step: the link back, the engine in both, the sweep')
    ).action((flags: Flags & LinkFlags) => {
        return change(flags, async (orgs, steps) => {
            await buildStep(steps);
            await setUpSync(orgs, steps, linkPlan(flags));
            return {
                data: { status: 'in step', steps: steps.records },
                lines: ['Both orgs send their changes to each other.']
            };
        });
    });
}

function checkCommand(): Command {
    return orgCommand('check', 'check the mappings against the schemas of both orgs').action((flags: Flags) =>
        look(flags, async (orgs) => {
            const findings = await checkMappings(orgs);
            return {
                data: { status: findings.length === 0 ? 'good' : 'wrong', findings },
                lines:
                    findings.length === 0
                        ? ['The mappings fit both orgs.']
                        : findings.map(({ role, code, message }) => `${role} org: ${code} ${message}`),
                exitCode: findings.length === 0 ? EXIT_CODES.ok : EXIT_CODES.checksFailed
            };
        })
    );
}

function statusCommand(): Command {
    return orgCommand('status', 'queues, dead letters, conflicts and lag of both orgs').action((flags: Flags) =>
        look(flags, async (orgs) => {
            const both = await readSyncStatus(orgs);
            return { data: { orgs: both }, lines: both.flatMap(describeStatus) };
        })
    );
}

function replayCommand(): Command {
    return changingCommand('replay', 'put dead letters back into the queue')
        .argument('[ids...]', 'as sync status shows them')
        .option('--all', 'all dead letters of both orgs')
        .action((ids: string[], flags: Flags & { all?: boolean }) =>
            change(flags, async (orgs) => {
                const replayed = await replayLetters(orgs, { ids, all: flags.all === true });
                return { data: { replayed }, lines: [`${replayed} dead letters are in the queue again.`] };
            })
        );
}

function dismissCommand(): Command {
    return changingCommand('dismiss', 'give dead letters up; the history keeps them with the reason')
        .argument('[ids...]', 'as sync status shows them')
        .option('--all', 'all dead letters of both orgs')
        .requiredOption('--reason <text>', 'why they are given up')
        .action((ids: string[], flags: Flags & { all?: boolean; reason: string }) =>
            change(flags, async (orgs) => {
                const dismissed = await dismissLetters(orgs, { ids, all: flags.all === true }, flags.reason);
                return { data: { dismissed }, lines: [`${dismissed} dead letters are given up.`] };
            })
        );
}

function pauseCommand(): Command {
    return changingCommand('pause', 'stop delivery in both orgs; changes wait')
        .option('--reason <text>', 'shown to people meanwhile', 'bridge sync pause')
        .action((flags: Flags & { reason: string }) =>
            change(flags, async (orgs) => {
                await pauseSync(orgs, flags.reason);
                return { data: { status: 'paused' }, lines: ['Changes wait in both orgs.'] };
            })
        );
}

function resumeCommand(): Command {
    return changingCommand('resume', 'start delivery in both orgs again').action((flags: Flags) =>
        change(flags, async (orgs) => {
            await resumeSync(orgs);
            return { data: { status: 'running' }, lines: ['Both orgs deliver again.'] };
        })
    );
}
