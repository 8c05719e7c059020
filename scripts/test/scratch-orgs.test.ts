import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startOrg, type OrgInfo, type RunningOrg } from '../../local-org/src/index.ts';
import type { StepRecord } from '../lib/steps.ts';
import { assertNoTokens, BridgeSandbox } from './bridge-process.ts';
import { saveLogin } from './login.ts';
import { deployHubApp, HUB_APP_KEY } from './hub-app.ts';

interface Result {
    readonly status: string;
    readonly code?: string;
    readonly verify?: object;
    readonly source?: { readonly username: string; readonly url: string };
    readonly steps: readonly StepRecord[];
}

/** Both ends as scratch orgs, on the stand-in Dev Hub and by the same requests as on a real one. */
describe('bridge up --scratch', () => {
    const sandbox = new BridgeSandbox();
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
    let org: RunningOrg;
    let hub: OrgInfo;

    before(async () => {
        const toolingCertificate = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
        const log = (text: string): never => assert.fail(text);
        org = await startOrg('devhub', { devHub: true }, { page: false, toolingCertificate, log });
        hub = org.info();
        await saveLogin(sandbox, { url: hub.url, accessToken: hub.admin.accessToken, alias: 'hub' });
    });

    after(async () => {
        await org?.stop();
        await sandbox.dispose();
    });

    async function activeScratchOrgs(): Promise<string[]> {
        const soql = encodeURIComponent('SELECT SignupUsername FROM ActiveScratchOrg');
        const response = await fetch(`${hub.url}/services/data/v67.0/query?q=${soql}`, {
            headers: { authorization: `Bearer ${hub.admin.accessToken}` }
        });
        return ((await response.json()) as { records: { SignupUsername: string }[] }).records.map(
            (row) => row.SignupUsername
        );
    }

    test('creates both, links and verifies them; again uses them; down deletes them', async () => {
        const up = await sandbox.run('up', '--scratch', '--dev-hub', 'hub', '--json');
        assert.equal(up.code, 0, up.stdout + up.stderr);
        const result = up.json<Result>();
        assert.equal(result.status, 'connected');
        assert.deepEqual(result.verify, { read: 0, created: 1, updated: 1, replayed: 1 });
        const active = await activeScratchOrgs();
        assert.equal(active.length, 2);
        assert.ok(active.includes(result.source?.username ?? ''));

        const again = (await sandbox.run('up', '--scratch', '--dev-hub', 'hub', '--json')).json<Result>();
        const step = again.steps.find(({ title }) => title.startsWith('Create the scratch orgs'));
        assert.equal(step?.outcome, 'already');
        assert.deepEqual(await activeScratchOrgs(), active);
        const ends = ['--source', 'bridge-source', '--target', 'bridge-target', '--json'];
        assert.equal((await sandbox.run('verify', ...ends)).json<Result>().status, 'verified');

        const down = await sandbox.run('down', '--scratch', '--json');
        assert.equal(down.code, 0, down.stdout + down.stderr);
        assert.deepEqual(await activeScratchOrgs(), []);
        assert.equal((await sandbox.run('verify', ...ends)).json<Result>().code, 'ORG_ALIAS_UNKNOWN');
        const nothing = (await sandbox.run('down', '--scratch', '--json')).json<Result>();
        assert.equal(nothing.steps[0].outcome, 'already');
    });

    test('a Dev Hub that was logged in by an External Client App fails with C-1016 first, and works', async () => {
        await deployHubApp(hub, key.publicKey);
        const clientId = HUB_APP_KEY;
        const keyFile = join(sandbox.folder, 'hub.key');
        writeFileSync(keyFile, key.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
        // The tools keep one login a user.
        rmSync(join(sandbox.folder, '.sfdx', `${hub.admin.username}.json`));
        await saveLogin(sandbox, { alias: 'eca-hub', url: hub.url, username: hub.admin.username, clientId, keyFile });

        const up = await sandbox.run('up', '--scratch', '--dev-hub', 'eca-hub', '--json');
        assert.equal(up.code, 0, up.stdout + up.stderr);
        assert.equal(up.json<Result>().status, 'connected');
        assert.equal((await activeScratchOrgs()).length, 2);
        const soql = encodeURIComponent("SELECT Id FROM ScratchOrgInfo WHERE ErrorCode = 'C-1016'");
        const failures = await fetch(`${hub.url}/services/data/v67.0/query?q=${soql}`, {
            headers: { authorization: `Bearer ${hub.admin.accessToken}` }
        });
        assert.equal(((await failures.json()) as { totalSize: number }).totalSize, 2, 'the app was not refused');
        assert.equal((await sandbox.run('down', '--scratch', '--json')).code, 0);
    });

    test('wrong input is refused before anything is created', async () => {
        const cases: readonly (readonly [string, readonly string[]])[] = [
            ['FLAGS_EXCLUDE', ['up', '--scratch', '--source', 'a', '--target', 'b']],
            ['DEV_HUB_MISSING', ['up', '--scratch']],
            ['ORG_ALIAS_UNKNOWN', ['up', '--scratch', '--dev-hub', 'nobody']]
        ];
        for (const [code, args] of cases) {
            const run = await sandbox.run(...args, '--json');
            assert.equal(run.code, 2, run.stdout + run.stderr);
            assert.equal(run.json<Result>().code, code);
        }
        assert.equal((await sandbox.run('up', '--scratch', '--days', '31')).code, 2);
        assert.deepEqual(await activeScratchOrgs(), []);
    });

    test('no token is in an output or a file', () => {
        const files = readdirSync(sandbox.folder, { recursive: true, encoding: 'utf8' })
            .map((name) => join(sandbox.folder, name))
            .filter((path) => statSync(path).isFile());
        assert.ok(
            files.some((file) => file.includes('.sfdx')),
            'no login was stored'
        );
        sandbox.runs.forEach((run) => assertNoTokens(run.stdout + run.stderr, 'the output of a command'));
        files.forEach((file) => assertNoTokens(readFileSync(file, 'latin1'), file));
    });
});
