import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { projectPath } from '../lib/project.ts';
import type { BridgeSandbox } from './bridge-process.ts';

/** Stores a login in the home of the sandbox, as `sf org login` does. See save-login.ts for its fields. */
export async function saveLogin(sandbox: BridgeSandbox, login: object): Promise<void> {
    const child = spawn(process.execPath, [projectPath('scripts', 'test', 'save-login.ts')], {
        env: sandbox.environment(),
        stdio: ['pipe', 'inherit', 'inherit']
    });
    child.stdin.end(JSON.stringify(login));
    assert.equal(await new Promise((done) => child.on('close', done)), 0);
}
