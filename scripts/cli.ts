#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { apexCommand } from './commands/apex.ts';
import { connectCommand } from './commands/connect.ts';
import { deployCommand } from './commands/deploy.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { importS2sCommand } from './commands/import-s2s.ts';
import { lintCommand } from './commands/lint.ts';
import { localCommand } from './commands/local.ts';
import { migrateCommand } from './commands/migrate.ts';
import { repairCommand } from './commands/repair.ts';
import { revokeCommand } from './commands/revoke.ts';
import { rotateCommand } from './commands/rotate.ts';
import { statusCommand } from './commands/status.ts';
import { syncCommand } from './commands/sync.ts';
import { upCommand } from './commands/up.ts';
import { verifyCommand } from './commands/verify.ts';
import { EXIT_CODES } from './lib/errors.ts';
import { readProjectJson } from './lib/project.ts';

const bridge = new Command('bridge')
    .description('Links two Salesforce orgs with OAuth 2.0 and moves records across.')
    .version(readProjectJson<{ version: string }>('package.json').version)
    .showHelpAfterError('(run with --help for the flags)')
    .exitOverride();

for (const command of [
    upCommand(),
    deployCommand(),
    connectCommand(),
    verifyCommand(),
    statusCommand(),
    doctorCommand(),
    rotateCommand(),
    revokeCommand(),
    repairCommand(),
    downCommand(),
    lintCommand(),
    migrateCommand(),
    syncCommand(),
    importS2sCommand(),
    localCommand(),
    apexCommand()
]) {
    bridge.addCommand(inheritExit(command));
}

/** Sub-commands do not inherit exitOverride; without it a bad flag would exit with commander's own code. */
function inheritExit(command: Command): Command {
    command.exitOverride();
    command.commands.forEach(inheritExit);
    return command;
}

try {
    await bridge.parseAsync();
} catch (thrown) {
    if (!(thrown instanceof CommanderError)) {
        throw thrown;
    }
    process.exitCode = thrown.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.user;
}
