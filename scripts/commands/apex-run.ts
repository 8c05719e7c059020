import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { executeAnonymous, type AnonymousResult } from '../lib/anonymous-apex.ts';
import { runCommand, withJsonFlag, withOrgFlags, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { BridgeError, EXIT_CODES } from '../lib/errors.ts';
import type { OrgRole } from '../lib/org-connection.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';

interface ApexRunFlags extends OrgFlags, JsonFlag, ChangeFlags {
    readonly file?: string;
    readonly role: OrgRole;
}

export function apexRunCommand(): Command {
    const command = new Command('run')
        .description('run anonymous Apex, from a file or from standard input')
        .option('--file <path>', 'file with the Apex; standard input when absent')
        .addOption(new Option('--role <role>', 'org to run it in').choices(['source', 'target']).default('source'));
    return withJsonFlag(withYesFlag(withOrgFlags(command))).action((flags: ApexRunFlags) =>
        runCommand(flags, async () => {
            // Apex of the source may change the target through the link. The question comes first: the Apex may be on stdin.
            const orgs = await openOrgsToChange(flags);
            const code = flags.file === undefined ? await text(process.stdin) : await readApex(flags.file);
            const result = await executeAnonymous(orgs[flags.role], code);
            return {
                data: result,
                lines: describe(result),
                exitCode: result.success ? EXIT_CODES.ok : EXIT_CODES.checksFailed
            };
        })
    );
}

async function readApex(path: string): Promise<string> {
    try {
        return await readFile(path, 'utf8');
    } catch (cause) {
        throw new BridgeError(
            'user',
            'FILE_NOT_READABLE',
            `The file ${path} cannot be read.`,
            ['Check the path.'],
            cause
        );
    }
}

function describe(result: AnonymousResult): string[] {
    if (!result.compiled) {
        return [`Does not compile: line ${result.line}, column ${result.column}: ${result.problem}`];
    }
    const log = result.log.trimEnd();
    const failure = result.success ? [] : [`${result.exception}`, `${result.stackTrace}`];
    return [...(log === '' ? [] : [log]), ...failure];
}
