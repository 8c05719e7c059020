import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

export interface SfRun {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

export interface SfOptions {
    readonly env?: NodeJS.ProcessEnv;
    readonly input?: string;
    /** Exit code that is wanted; 0 when absent. */
    readonly code?: number | 'any';
}

/**
 * The Salesforce CLI of this project's packages, with a home and a project folder of its own: it sees no login of the
 * user who runs the test, talks to loopback only and leaves nothing behind.
 */
export class Sf {
    readonly home = mkdtempSync(join(tmpdir(), 'sf-cli-'));
    readonly project = join(this.home, 'project');
    /** Command lines that were run, without their secrets. */
    readonly commands: string[] = [];

    constructor(template?: string) {
        if (template === undefined) {
            mkdirSync(this.project);
        } else {
            cpSync(template, this.project, { recursive: true });
        }
    }

    environment(): NodeJS.ProcessEnv {
        const { HTTP_PROXY: _a, HTTPS_PROXY: _b, http_proxy: _c, https_proxy: _d, ...inherited } = process.env;
        return {
            ...inherited,
            HOME: this.home,
            XDG_CACHE_HOME: join(this.home, '.cache'),
            XDG_DATA_HOME: join(this.home, '.local'),
            XDG_CONFIG_HOME: join(this.home, '.config'),
            PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
            BROWSER: this.#browser(),
            SF_DISABLE_TELEMETRY: 'true',
            SF_DISABLE_AUTOUPDATE: 'true',
            SF_AUTOUPDATE_DISABLE: 'true',
            SF_SKIP_NEW_VERSION_CHECK: 'true',
            SF_DISABLE_LOG_FILE: 'true',
            SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
            SF_DOMAIN_RETRY: '0',
            FORCE_COLOR: '0'
        };
    }

    /** Runs one command line as it is typed after `sf`. Fails the test when it ends with another code than wanted. */
    async run(command: string, { env = {}, input, code = 0 }: SfOptions = {}): Promise<SfRun> {
        this.commands.push(command);
        const child = spawn('sf', split(command), { cwd: this.project, env: { ...this.environment(), ...env } });
        const output = { stdout: '', stderr: '' };
        child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
        child.stdin.end(input ?? '');
        const ended = await new Promise<number | null>((done) => child.on('close', done));
        assert.ok(
            code === 'any' || ended === code,
            `sf ${command} ended with ${ended}:\n${output.stdout}\n${output.stderr}`
        );
        return { code: ended, ...output };
    }

    /** As `run` with `--json`; answers what is under `result`, or the whole answer of a command that fails. */
    async json<T>(command: string, options: SfOptions = {}): Promise<T> {
        const { stdout } = await this.run(`${command} --json`, options);
        const answer = JSON.parse(stdout) as { result?: T; status: number };
        assert.equal(answer.status, options.code ?? 0, stdout);
        return answer.result ?? (answer as T);
    }

    dispose(): void {
        rmSync(this.home, { recursive: true, force: true });
    }

    /** The tool takes the answer only after the browser command has ended, and waits forever when that ends at once. */
    #browser(): string {
        const file = join(this.home, 'browser.sh');
        const script = fileURLToPath(new URL('browser.ts', import.meta.url));
        const log = join(this.home, 'browser.log');
        writeFileSync(
            file,
            `#!/bin/sh\n( exec '${process.execPath}' '${script}' "$1" ) >>'${log}' 2>&1 &\nsleep 0.5\n`
        );
        chmodSync(file, 0o755);
        return file;
    }
}

/** Words of a command line; single and double quotes keep words together. */
function split(command: string): string[] {
    return [...command.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map(([word]) =>
        word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? '')
    );
}
