import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { runCommand, withJsonFlag, type CommandResult, type JsonFlag } from '../lib/command.ts';
import { BridgeError } from '../lib/errors.ts';
import { connectByAlias } from '../lib/org-connection.ts';
import type { Steps } from '../lib/steps.ts';
import { migrate } from '../migrate/migrate.ts';
import { readFolder, readOrg } from '../migrate/read.ts';
import type { LegacyComponent } from '../migrate/types.ts';
import { writeFiles } from '../migrate/write.ts';

interface MigrateFlags extends JsonFlag {
    readonly sourceDir?: string;
    readonly org?: string;
    readonly outputDir: string;
    readonly overwrite?: boolean;
}

export function migrateCommand(): Command {
    const command = new Command('migrate')
        .description(
            'write connected apps, auth providers and legacy named credentials as External Client Apps, identity providers ' +
                'and external credentials'
        )
        .option('--source-dir <folder>', 'folder that holds the legacy metadata')
        .option('--org <alias>', 'authorised org that holds it; it is retrieved and not changed')
        .requiredOption('--output-dir <folder>', 'folder that the new metadata is written to, in source format')
        .option('--overwrite', 'replace files of the same name that say something else');
    return withJsonFlag(command).action((flags: MigrateFlags) =>
        runCommand(flags, (steps) => migrateAll(flags, steps))
    );
}

async function migrateAll(flags: MigrateFlags, steps: Steps): Promise<CommandResult> {
    const components = await steps.step('Read the legacy metadata', () => readComponents(flags));
    const { files, notCarried } = migrate(components);
    const written = await steps.step('Write the new metadata', (report) => {
        const states = writeFiles(resolve(flags.outputDir), files, flags.overwrite === true);
        report.detail(`${states.length} files`);
        return states;
    });
    return {
        data: { status: 'migrated', files: written, notCarried, steps: steps.records },
        lines: [
            ...written.map(({ path, state }) => `${state.padEnd(11)} ${path}`),
            ...(notCarried.length === 0 ? [] : ['', 'Not carried over:']),
            ...notCarried.map(({ component, what, instead }) => `  ${component}: ${what}. ${instead}`),
            ...(written.length === 0 ? ['Nothing legacy was found.'] : [])
        ]
    };
}

async function readComponents({ sourceDir, org }: MigrateFlags): Promise<LegacyComponent[]> {
    if ((sourceDir === undefined) === (org === undefined)) {
        throw new BridgeError('user', 'ONE_SOURCE', 'Say where the legacy metadata is: in one folder or in one org.', [
            'Pass --source-dir FOLDER or --org ALIAS.'
        ]);
    }
    if (org !== undefined) {
        return readOrg(await connectByAlias('source', org));
    }
    const folder = resolve(sourceDir as string);
    if (!existsSync(folder)) {
        throw new BridgeError('user', 'SOURCE_DIR_MISSING', `The folder ${sourceDir} does not exist.`, [
            'Pass a folder that holds Salesforce metadata.'
        ]);
    }
    return readFolder(folder);
}
