import { Command } from 'commander';
import { print, runCommand, withJsonFlag, type JsonFlag } from '../lib/command.ts';
import { untilInterrupted } from '../lib/interrupt.ts';
import { pageStep, startPairStep, withLocalPairFlags, type LocalPairFlags } from '../lib/local-pair-flags.ts';
import { stopLocalPair } from '../lib/local-pair.ts';

export function localCommand(): Command {
    const local = new Command('local').description('the local org pair by itself');
    const start = new Command('start').description('start two empty orgs and keep them until Ctrl+C');
    const stop = new Command('stop').description('stop the pair that runs for this project');
    local.addCommand(
        withJsonFlag(withLocalPairFlags(start)).action((flags: LocalPairFlags & JsonFlag) =>
            runCommand(flags, async (steps) => {
                const pair = await startPairStep(flags, steps, true);
                try {
                    await pageStep(pair, steps);
                    const { source, target } = pair.sessions;
                    print(flags, {
                        data: { status: 'running', source: { url: source.url }, target: { url: target.url } },
                        lines: [`Source  ${source.url}`, `Target  ${target.url}`, 'Press Ctrl+C to stop both orgs.']
                    });
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
    return local;
}
