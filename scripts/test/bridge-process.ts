import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath, projectRoot } from '../lib/project.ts';

export interface BridgeRun {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
    /** The one JSON object on stdout. */
    json<T>(): T;
}

/** What orgs issue, whoever asked for it: access tokens, refresh tokens, authorization codes. */
const ISSUED = [/00D\w{12,15}![.\w]{20,}/, /5Aep861[\w.]{20,}/, /aPrx[\w.]{20,}/];

/** Fails when the text of a place holds a token or an authorization code. The failure does not repeat it. */
export function assertNoTokens(text: string, place: string): void {
    const found = ISSUED.filter((pattern) => pattern.test(text));
    assert.deepEqual(found, [], `a token or code is in ${place}`);
}

/** A home and a temporary folder of their own for `bridge` processes, so that tests neither see nor leave anything. */
export class BridgeSandbox {
    readonly folder = mkdtempSync(join(tmpdir(), 'bridge-test-'));
    readonly runs: BridgeRun[] = [];
    readonly #running = new Map<ChildProcess, Promise<BridgeRun>>();

    environment(): NodeJS.ProcessEnv {
        return { ...process.env, HOME: this.folder, TMPDIR: this.folder, FORCE_COLOR: '0' };
    }

    /** Starts a command that goes on running; `firstLine` resolves with the first line of its stdout. */
    start(...args: string[]): { child: ChildProcess; firstLine: Promise<string>; finished: Promise<BridgeRun> } {
        const child = spawn(process.execPath, [projectPath('scripts', 'cli.ts'), ...args], {
            cwd: projectRoot,
            env: this.environment(),
            stdio: ['ignore', 'pipe', 'pipe']
        });
        let stdout = '';
        let stderr = '';
        const { promise: firstLine, resolve, reject } = Promise.withResolvers<string>();
        firstLine.catch(() => undefined);
        child.stdout.on('data', (chunk: Buffer) => {
            stdout += chunk.toString();
            if (stdout.includes('\n')) {
                resolve(stdout.slice(0, stdout.indexOf('\n')));
            }
        });
        child.stderr.on('data', (chunk: Buffer) => {
            stderr += chunk.toString();
        });
        const finished = new Promise<BridgeRun>((done) => {
            child.on('close', (code) => {
                this.#running.delete(child);
                reject(new Error(`bridge ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`));
                const run: BridgeRun = { code, stdout, stderr, json: () => parseOnly(stdout) as never };
                this.runs.push(run);
                done(run);
            });
        });
        this.#running.set(child, finished);
        return { child, firstLine, finished };
    }

    run(...args: string[]): Promise<BridgeRun> {
        return this.start(...args).finished;
    }

    /** Ends what still runs, waits for it, and takes the folder away. */
    async dispose(): Promise<void> {
        const running = [...this.#running];
        running.forEach(([child]) => child.kill('SIGKILL'));
        await Promise.all(running.map(([, finished]) => finished));
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** stdout of `--json` is one object and nothing else. */
function parseOnly(stdout: string): unknown {
    const lines = stdout.trimEnd().split('\n');
    if (lines.length !== 1) {
        throw new Error(`stdout has ${lines.length} lines instead of one JSON object:\n${stdout}`);
    }
    return JSON.parse(lines[0]);
}
