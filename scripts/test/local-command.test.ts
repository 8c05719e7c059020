import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findLocalPair } from '../lib/local-pair.ts';
import { BridgeSandbox } from './bridge-process.ts';

interface Report {
    readonly settings?: { readonly seed: string; readonly rates: Readonly<Record<string, number>> };
}

describe('bridge local start --faults', () => {
    const sandbox = new BridgeSandbox();

    before(() => {
        process.env['TMPDIR'] = sandbox.folder;
    });
    after(() => sandbox.dispose());

    /** What the running pair says of its faults. */
    async function report(): Promise<Report> {
        const sessions = await findLocalPair();
        assert.ok(sessions);
        const { url, accessToken } = sessions.source;
        const answer = await fetch(`${url}/_laboratory`, { headers: { authorization: `Bearer ${accessToken}` } });
        assert.equal(answer.status, 200);
        return (await answer.json()) as Report;
    }

    async function started<T>(flags: readonly string[], work: () => Promise<T>): Promise<T> {
        const running = sandbox.start('local', 'start', ...flags, '--json');
        const first = JSON.parse(await running.firstLine) as { status: string };
        assert.equal(first.status, 'running');
        try {
            return await work();
        } finally {
            const stop = await sandbox.run('local', 'stop', '--json');
            assert.equal(stop.json<{ status: string }>().status, 'stopped');
            assert.equal((await running.finished).code, 0);
        }
    }

    test('a seed strikes the pair', async () => {
        const { settings } = await started(['--faults', '42'], report);
        assert.equal(settings?.seed, '42');
        assert.ok(Object.keys(settings.rates).length > 0);
    });

    test('a file says which faults', async () => {
        const file = join(sandbox.folder, 'faults.json');
        writeFileSync(file, JSON.stringify({ seed: 'mine', rates: { 'status-503': 0.5 } }));
        const { settings } = await started(['--faults', file], report);
        assert.deepEqual([settings?.seed, settings?.rates], ['mine', { 'status-503': 0.5 }]);
    });

    test('what cannot be read is a user error that says what may stand there', async () => {
        const file = join(sandbox.folder, 'wrong.json');
        writeFileSync(file, JSON.stringify({ seed: 1, chaos: true }));
        const unknown = await sandbox.run('local', 'start', '--faults', file, '--json');
        assert.equal(unknown.code, 2);
        const error = unknown.json<{ code: string; message: string; actions: readonly string[] }>();
        assert.equal(error.code, 'FAULT_SETTINGS');
        assert.match(error.message, /"chaos" is no setting of faults; known are seed/);
        writeFileSync(file, '{');
        const broken = await sandbox.run('local', 'start', '--faults', file);
        assert.equal(broken.code, 2);
        assert.match(broken.stderr, /is no JSON file/);
    });
});
