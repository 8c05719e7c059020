import { Command } from 'commander';
import { apexRunCommand } from './apex-run.ts';
import { apexTestCommand } from './apex-test.ts';

export function apexCommand(): Command {
    return new Command('apex')
        .description('run Apex: tests in a fresh local org, anonymous Apex in an org of the link')
        .addCommand(apexTestCommand())
        .addCommand(apexRunCommand());
}
