import { Argument, Command } from 'commander';
import { print, runCommand, withJsonFlag, type CommandResult, type JsonFlag } from '../lib/command.ts';
import { BridgeError } from '../lib/errors.ts';
import { untilInterrupted } from '../lib/interrupt.ts';
import { pageStep, startPairStep, withLocalPairFlags, type LocalPairFlags } from '../lib/local-pair-flags.ts';
import { refreshLocalOrg, stopLocalPair, type HostedPair } from '../lib/local-pair.ts';
import type { OrgRole } from '../lib/org-connection.ts';

export function localCommand(): Command {
    const local = new Command('local').description('the local org pair by itself');
    const start = new Command('start')
        .description('start two empty orgs and keep them until Ctrl+C')
        .option('--dev-hub', 'start a stand-in Dev Hub beside them, for scratch orgs');
    const stop = new Command('stop').description('stop the pair that runs for this project');
    local.addCommand(
        withJsonFlag(withLocalPairFlags(start)).action((flags: LocalPairFlags & JsonFlag) =>
            runCommand(flags, async (steps) => {
                const pair = await startPairStep(flags, steps, true);
                try {
                    await pageStep(pair, steps);
                    print(flags, describeStart(pair));
                    await Promise.race([untilInterrupted(), pair.stopRequested]);
                    return { data: {}, lines: [], silent: true };
                } finally {
                    await pair.stop();
                }
            })
        )
    );
    local.addCommand(
        withJsonFlag(stop).action((flags: JsonFlag) =>
            runCommand(flags, async () => {
                const stopped = await stopLocalPair();
                return {
                    data: { status: stopped ? 'stopped' : 'not running' },
                    lines: [stopped ? 'The local pair is stopping.' : 'No local pair was running.']
                };
            })
        )
    );
    local.addCommand(refreshCommand());
    return local;
}

function describeStart({ sessions, devHub }: HostedPair): CommandResult {
    const { source, target } = sessions;
    return {
        data: {
            status: 'running',
            source: { url: source.url },
            target: { url: target.url },
            ...(devHub !== undefined && { devHub })
        },
        lines: [
            `Source  ${source.url}`,
            `Target  ${target.url}`,
            ...(devHub === undefined
                ? []
                : [
                      `Hub     ${devHub.url}  as ${devHub.username}, without a password`,
                      `        npx sf org login web --alias hub --set-default-dev-hub --instance-url ${devHub.url}`
                  ]),
            'Press Ctrl+C to stop the orgs.'
        ]
    };
}

type RefreshFlags = JsonFlag & { readonly name: string; readonly deactivateUsers?: boolean };

/** What a sandbox refresh does to an org, to try how a link takes it. */
function refreshCommand(): Command {
    const command = new Command('refresh')
        .description('replace an org of the running pair by its refreshed sandbox: other id and address, no secrets')
        .addArgument(new Argument('<org>', 'which of the two').choices(['source', 'target']))
        .option('--name <name>', 'name of the sandbox, which user names end with afterwards', 'refreshed')
        .option('--deactivate-users', 'leave administrators active only, as selective sandbox access does');
    return withJsonFlag(command).action((role: OrgRole, flags: RefreshFlags) =>
        runCommand(flags, async (steps) => {
            const { name, deactivateUsers = false } = flags;
            const org = await steps.step(`Refresh the ${role} org`, () =>
                refreshLocalOrg({ role, name, deactivateUsers })
            );
            if (org === undefined) {
                throw new BridgeError('user', 'NO_LOCAL_PAIR', 'No local org pair runs.', ['Start it: npm start']);
            }
            return {
                data: { status: 'refreshed', role, ...org, steps: steps.records },
                lines: [
                    `The ${role} org is ${org.orgId} at ${org.url} now; its administrator is ${org.username}.`,
                    'Bring the link back: npm run bridge -- repair'
                ]
            };
        })
    );
}
