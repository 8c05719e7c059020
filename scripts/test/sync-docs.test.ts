import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { projectPath } from '../lib/project.ts';
import { assertNoTokens, BridgeSandbox } from './bridge-process.ts';

/** What the commands write goes into the sandbox. */
function inFolder(command: readonly string[], folder: string): string[] {
    return command.map((argument, index) =>
        command[index - 1] === '--output-dir' ? join(folder, argument) : argument
    );
}

/** Arguments of the `bridge` commands in the shell blocks of the page, in order; comments left out. */
function commandsOf(page: string): string[][] {
    const blocks = [...readFileSync(page, 'utf8').matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block ?? '');
    const lines = blocks.join('\n').split('\n');
    return lines
        .flatMap((line) => /^npm run bridge -- (.*?)(?:\s+#.*)?$/.exec(line)?.[1] ?? [])
        .map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? ''));
}

describe('docs/sync.md', () => {
    const sandbox = new BridgeSandbox();
    after(() => sandbox.dispose());

    it('shows commands that work one after the other', async () => {
        const [up, ...others] = commandsOf(projectPath('docs', 'sync.md'));
        assert.deepEqual(up, ['up', '--sync']);
        assert.deepEqual(
            others.map((command) => command.slice(0, 2).join(' ')),
            [
                'sync check',
                'sync generate',
                'sync status',
                'sync plan',
                'sync load',
                'sync verify',
                'sync pause',
                'sync resume'
            ]
        );
        const running = sandbox.start(...up, '--json');
        assert.equal((JSON.parse(await running.firstLine) as { inStep: boolean }).inStep, true);
        for (const command of others) {
            const run = await sandbox.run(...inFolder(command, sandbox.folder), '--json');
            assert.equal(run.code, 0, `bridge ${command.join(' ')}: ${run.stdout}${run.stderr}`);
        }
        running.child.kill('SIGINT');
        assert.equal((await running.finished).code, 0);
        assert.equal(sandbox.runs.length, 1 + others.length);
        for (const { stdout, stderr } of sandbox.runs) {
            assertNoTokens(stdout + stderr, 'the output of a command');
        }
    });
});
