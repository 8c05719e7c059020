import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { hostLocalPair, type HostedPair } from './local-pair.ts';
import type { Steps } from './steps.ts';

export interface LocalPairFlags {
    readonly sourcePort: number;
    readonly targetPort: number;
    readonly data?: string;
    readonly allowConnectedApps?: boolean;
    readonly faults?: unknown;
    readonly devHub?: boolean;
}

/** Flags of the commands that start the local pair. */
export function withLocalPairFlags(command: Command): Command {
    return command
        .option('--source-port <port>', 'port of the local source org; 0 takes a free one', parsePort, 0)
        .option('--target-port <port>', 'port of the local target org; 0 takes a free one', parsePort, 0)
        .option('--allow-connected-apps', 'local orgs that may create connected apps, as before Spring 2026')
        .option('--faults <seed or file>', 'strike the local pair by seed, or as a JSON file says', readFaults)
        .option('--data <folder>', 'keep the data of the local pair in this folder; in memory only when absent');
}

/** `page` says whether someone may open the pages of the pair. */
export function startPairStep(flags: LocalPairFlags, steps: Steps, page: boolean): Promise<HostedPair> {
    return steps.step('Start the local org pair', async (report) => {
        const pair = await hostLocalPair({
            source: { port: flags.sourcePort },
            target: { port: flags.targetPort },
            ...(flags.data !== undefined && { dataDir: resolve(flags.data) }),
            ...(flags.allowConnectedApps === true && { allowNewConnectedApps: true }),
            ...(flags.faults !== undefined && { faults: flags.faults }),
            ...(flags.devHub === true && { devHub: {} }),
            page
        });
        report.detail(`${pair.sessions.source.url} (source), ${pair.sessions.target.url} (target)`);
        return pair;
    });
}

/** The pages load the platform's base components, which are built once. */
export async function pageStep(pair: HostedPair, steps: Steps): Promise<void> {
    await steps.step('Build what the pages load (some seconds, the first time only)', (report) =>
        pair.preparePage((text) => report.progress(text))
    );
}

export function parsePort(text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0 || value > 65_535) {
        throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
    }
    return value;
}

/** A seed, or the content of a fault file. */
function readFaults(value: string): unknown {
    if (!existsSync(value)) {
        return value;
    }
    try {
        return JSON.parse(readFileSync(value, 'utf8'));
    } catch {
        throw new InvalidArgumentError(`${value} is no JSON file.`);
    }
}
