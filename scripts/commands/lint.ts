import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { runCommand, withJsonFlag, type CommandResult, type JsonFlag } from '../lib/command.ts';
import { BridgeError, EXIT_CODES } from '../lib/errors.ts';
import { readProjectJson } from '../lib/project.ts';
import { lint } from '../lint/lint.ts';
import { sarifReport } from '../lint/report-sarif.ts';
import { jsonReport, textLines } from '../lint/report-text.ts';

interface LintFlags extends JsonFlag {
    readonly sarif?: string;
}

export function lintCommand(): Command {
    const command = new Command('lint')
        .description(
            'check the auth metadata of a Salesforce project: apps, credentials, identity providers, permissions'
        )
        .argument('[path]', 'project, folder or file; the current folder when absent', '.')
        .option('--sarif <file>', 'write the findings as SARIF 2.1.0 to a file, or to stdout (-)');
    return withJsonFlag(command).action((path: string, flags: LintFlags) =>
        runCommand(flags, () => Promise.resolve(lintPath(path, flags)))
    );
}

function lintPath(path: string, flags: LintFlags): CommandResult {
    if (!existsSync(path)) {
        throw new BridgeError('user', 'PATH_MISSING', `There is no file or folder ${path}.`, [
            'Pass a project, a folder of metadata or one file: npm run bridge -- lint force-app'
        ]);
    }
    if (flags.json && flags.sarif === '-') {
        throw new BridgeError('user', 'ONE_REPORT_ON_STDOUT', '--json and --sarif - both print on stdout.', [
            'Write one of them to a file: --json --sarif lint.sarif'
        ]);
    }
    const folder = process.cwd();
    const report = lint(resolve(path));
    const exitCode = report.findings.length === 0 ? EXIT_CODES.ok : EXIT_CODES.checksFailed;
    const lines = textLines(report, folder);
    if (flags.sarif !== undefined) {
        const { version } = readProjectJson<{ version: string }>('package.json');
        const sarif = `${JSON.stringify(sarifReport(report, folder, version), undefined, 2)}\n`;
        if (flags.sarif === '-') {
            return { data: report, lines: [sarif.trimEnd()], exitCode };
        }
        writeReport(flags.sarif, sarif);
    }
    return { data: jsonReport(report, folder), lines, exitCode };
}

function writeReport(file: string, text: string): void {
    try {
        writeFileSync(file, text);
    } catch (thrown) {
        throw new BridgeError('user', 'REPORT_NOT_WRITTEN', `The report could not be written to ${file}.`, [], thrown);
    }
}
