import type { Command } from 'commander';
import { EXIT_CODES, errorReport, toBridgeError, type ErrorKind } from './errors.ts';
import { Steps } from './steps.ts';

/** What a command hands to the edge: data for `--json`, lines for people, and the exit code. */
export interface CommandResult {
    readonly data: object;
    readonly lines: readonly string[];
    readonly exitCode?: number;
    /** The command printed its result earlier. */
    readonly silent?: boolean;
}

export interface JsonFlag {
    readonly json?: boolean;
}

const EXIT_BY_KIND: Readonly<Record<ErrorKind, number>> = {
    user: EXIT_CODES.user,
    org: EXIT_CODES.org,
    internal: EXIT_CODES.internal
};

/** Names the two ends of the link; the local pair when absent. */
export function withOrgFlags(command: Command): Command {
    return command
        .option('--source <alias>', 'authorised source org (alias or user name); the local pair when absent')
        .option('--target <alias>', 'authorised target org (alias or user name)');
}

export function withJsonFlag(command: Command): Command {
    return command.option('--json', 'print one JSON object on stdout and nothing else');
}

/**
 * The edge of every command, the one place that prints results and errors and sets the exit code.
 */
export async function runCommand(flags: JsonFlag, work: (steps: Steps) => Promise<CommandResult>): Promise<void> {
    const steps = new Steps();
    try {
        const result = await work(steps);
        if (!result.silent) {
            print(flags, result);
        }
        process.exitCode = result.exitCode ?? EXIT_CODES.ok;
    } catch (thrown) {
        const error = toBridgeError(thrown);
        if (flags.json) {
            process.stdout.write(`${JSON.stringify({ ...errorReport(error), steps: steps.records })}\n`);
        } else {
            const actions = error.actions.map((action) => `\n  - ${action}`).join('');
            process.stderr.write(`\nError ${error.code}: ${error.message}${actions}\n`);
        }
        if (error.kind === 'internal') {
            process.stderr.write(`${error.cause instanceof Error ? error.cause.stack : error.stack}\n`);
        }
        process.exitCode = EXIT_BY_KIND[error.kind];
    }
}

/** Prints before the command ends, for those that go on running. */
export function print(flags: JsonFlag, result: CommandResult): void {
    if (flags.json) {
        process.stdout.write(`${JSON.stringify(result.data)}\n`);
    } else {
        process.stdout.write(result.lines.map((line) => `${line}\n`).join(''));
    }
}
