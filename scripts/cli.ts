#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT_CODES } from './lib/errors.ts';
import { readProjectJson } from './lib/project.ts';

const bridge = new Command('bridge')
    .description('Links two Salesforce orgs with OAuth 2.0 and moves records across.')
    .version(readProjectJson<{ version: string }>('package.json').version)
    .showHelpAfterError('(run with --help for the flags)')
    .exitOverride();

/** Each with what it needs, which is loaded for the command that is called only: all of it takes a second. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
    up: async () => (await import('./commands/up.ts')).upCommand(),
    deploy: async () => (await import('./commands/deploy.ts')).deployCommand(),
    connect: async () => (await import('./commands/connect.ts')).connectCommand(),
    verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
    status: async () => (await import('./commands/status.ts')).statusCommand(),
    doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
    rotate: async () => (await import('./commands/rotate.ts')).rotateCommand(),
    revoke: async () => (await import('./commands/revoke.ts')).revokeCommand(),
    repair: async () => (await import('./commands/repair.ts')).repairCommand(),
    down: async () => (await import('./commands/down.ts')).downCommand(),
    lint: async () => (await import('./commands/lint.ts')).lintCommand(),
    migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
    sync: async () => (await import('./commands/sync.ts')).syncCommand(),
    'import-s2s': async () => (await import('./commands/import-s2s.ts')).importS2sCommand(),
    local: async () => (await import('./commands/local.ts')).localCommand(),
    apex: async () => (await import('./commands/apex.ts')).apexCommand()
};

const [called = ''] = process.argv.slice(2);
const makers = Object.hasOwn(COMMANDS, called) ? [COMMANDS[called]] : Object.values(COMMANDS);
for (const make of makers) {
    bridge.addCommand(inheritExit(await make()));
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
