import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { openOrgs } from '../lib/context.ts';
import { controlAddress, findLocalPair, hostLocalPair, stopLocalPair } from '../lib/local-pair.ts';

// The control socket lives in the temporary folder: one of our own keeps tests apart from a pair that runs here.
const folder = mkdtempSync(join(tmpdir(), 'bridge-test-'));
process.env['TMPDIR'] = folder;
after(() => rmSync(folder, { recursive: true, force: true }));

test('a hosted pair hands its sessions to other commands of the user until it stops', async () => {
    const pair = await hostLocalPair({});
    try {
        const sessions = await findLocalPair();
        assert.deepEqual(sessions, pair.sessions);
        if (process.platform !== 'win32') {
            assert.equal(statSync(controlAddress()).mode & 0o077, 0, 'others may open the socket');
            assert.equal(statSync(dirname(controlAddress())).mode & 0o077, 0, 'others may list the folder');
        }

        const orgs = await openOrgs({});
        assert.match(orgs.source.orgId, /^00D\w{15}$/);
        assert.notEqual(orgs.source.orgId, orgs.target.orgId);

        await assert.rejects(hostLocalPair({}), { code: 'LOCAL_PAIR_RUNNING' });
        assert.equal(await stopLocalPair(), true);
        await pair.stopRequested;
    } finally {
        await pair.stop();
    }
    assert.equal(await findLocalPair(), undefined);
    assert.equal(await stopLocalPair(), false);
});

test('naming one end of the link only is a user error', async () => {
    await assert.rejects(openOrgs({ source: 'a' }), { code: 'ORG_FLAG_MISSING', kind: 'user' });
});

test('without a pair and without names the error says how to get either', async () => {
    await assert.rejects(openOrgs({}), { code: 'NO_LOCAL_PAIR', kind: 'user' });
});
