import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hostLocalPair, type HostedPair } from '../lib/local-pair.ts';
import { BridgeSandbox } from './bridge-process.ts';
import { saveLogin } from './login.ts';

interface UpResult {
    readonly status: string;
    readonly verify: object;
    readonly source: { readonly username: string };
}

/** The orgs are the local pair's, reached as any org is: by the alias of a stored login. */
describe('bridge on two authorised orgs', () => {
    const sandbox = new BridgeSandbox();
    let pair: HostedPair;

    before(async () => {
        process.env['TMPDIR'] = sandbox.folder;
        pair = await hostLocalPair({ page: false });
        await saveLogin(sandbox, { alias: 'my-source', ...pair.sessions.source });
        await saveLogin(sandbox, { alias: 'my-target', ...pair.sessions.target });
    });

    after(async () => {
        await pair?.stop();
        await sandbox.dispose();
    });

    const ends = ['--source', 'my-source', '--target', 'my-target', '--json'];

    test('up links them, verify and status agree, down takes the link down', async () => {
        const up = await sandbox.run('up', ...ends);
        assert.equal(up.code, 0, up.stdout + up.stderr);
        const result = up.json<UpResult>();
        assert.equal(result.status, 'connected');
        assert.equal(result.source.username, 'admin@source.local');
        assert.deepEqual(result.verify, { read: 0, created: 1, updated: 1, replayed: 1 });

        const status = (await sandbox.run('status', ...ends)).json<UpResult>();
        assert.equal(status.status, 'complete');
        const all = (await sandbox.run('status', '--source', 'my-source', '--json')).json<{
            readonly status: string;
            readonly links: readonly { readonly link: string; readonly problem: string }[];
        }>();
        assert.equal(all.status, 'unreachable');
        assert.equal(all.links[0]?.link, 'TargetOrg');
        assert.match(all.links[0].problem, /"bridge-target" \(target org\)/);

        const down = await sandbox.run('down', ...ends);
        assert.equal(down.code, 0, down.stderr);
        const after = (await sandbox.run('status', ...ends)).json<UpResult>();
        assert.equal(after.status, 'incomplete');
        const refused = await sandbox.run('verify', ...ends);
        assert.equal(refused.code, 3);
        assert.match(refused.stdout, /couldn't access the credential/);
    });

    test('an alias nobody logged in with, and one org for both ends, are user errors', async () => {
        const unknown = await sandbox.run('status', '--source', 'nope', '--target', 'my-target', '--json');
        assert.equal(unknown.code, 2);
        assert.equal(unknown.json<{ code: string }>().code, 'ORG_ALIAS_UNKNOWN');
        const same = await sandbox.run('status', '--source', 'my-source', '--target', 'my-source', '--json');
        assert.equal(same.code, 2);
        assert.equal(same.json<{ code: string }>().code, 'SAME_ORG');
    });
});
