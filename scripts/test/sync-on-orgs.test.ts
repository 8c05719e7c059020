import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startOrgPair, type OrgPair } from '../../local-org/src/index.ts';
import { openLocalOrgs, type LinkedOrgs } from '../lib/context.ts';
import { findIntegrationUser } from '../lib/integration-user.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { sessionsOf } from '../lib/local-pair.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { readCredential } from '../lib/source-credential.ts';
import { BridgeSandbox } from './bridge-process.ts';
import { saveLogin } from './login.ts';
import { create, rows, settled, type Row } from './support/sync-records.ts';
import { eventually } from './synced-pair.ts';

/** The orgs are reached as any org is: by the aliases of stored logins. */
describe('records in step between two authorised orgs', () => {
    const sandbox = new BridgeSandbox();
    const ends = ['--source', 'my-source', '--target', 'my-target', '--json'];
    let pair: OrgPair;
    let orgs: LinkedOrgs;

    before(async () => {
        pair = await startOrgPair({ page: false });
        const sessions = sessionsOf(pair);
        orgs = await openLocalOrgs(sessions);
        await saveLogin(sandbox, { alias: 'my-source', ...sessions.source });
        await saveLogin(sandbox, { alias: 'my-target', ...sessions.target });
    });

    after(async () => {
        await pair?.stop();
        await sandbox.dispose();
    });

    const named = (org: BridgeOrg, name: string): Promise<Row[]> =>
        rows(org, `SELECT Id FROM Account WHERE Name = ${soqlString(name)}`);

    test('up --sync links both ways, and records travel in both directions', async () => {
        const up = await sandbox.run('up', '--sync', ...ends);
        assert.equal(up.code, 0, up.stdout + up.stderr);
        assert.equal(up.json<{ inStep: boolean }>().inStep, true);
        await create(orgs.source, 'Account', { Name: 'Out' });
        await create(orgs.target, 'Account', { Name: 'In' });
        for (const [org, name] of [
            [orgs.target, 'Out'],
            [orgs.source, 'In']
        ] as const) {
            await eventually(
                () => named(org, name),
                (found) => found.length === 1
            );
        }
        await settled(orgs);
        const check = await sandbox.run('sync', 'check', ...ends);
        assert.equal(check.code, 0, check.stdout + check.stderr);
        assert.equal(check.json<{ status: string }>().status, 'good', check.stdout);
    });

    test('down stops delivery and takes all access away, in both orgs', async () => {
        const down = await sandbox.run('down', ...ends);
        assert.equal(down.code, 0, down.stdout + down.stderr);
        const plan = linkPlan();
        for (const org of [orgs.source, orgs.target]) {
            const [state] = await rows(org, 'SELECT Paused__c, Paused_Reason__c FROM Sync_Peer_State__c');
            assert.deepEqual([state['Paused__c'], state['Paused_Reason__c']], [true, 'bridge down']);
            assert.deepEqual(await rows(org, 'SELECT Id FROM CronTrigger'), [], 'no sweep is scheduled');
            const { id } = await findIntegrationUser(org, plan);
            const sets = await rows(
                org,
                'SELECT PermissionSet.Name FROM PermissionSetAssignment ' +
                    `WHERE AssigneeId = ${soqlString(id)} AND PermissionSet.IsOwnedByProfile = FALSE`
            );
            const names = sets.map((row) => (row['PermissionSet'] as Record<string, unknown>)['Name']);
            assert.ok(!names.some((name) => /^Sync_|^Target_Org_Access$/.test(String(name))), names.join());
            assert.equal(await readCredential(org, plan), undefined, 'neither org can call the other');
        }
        await create(orgs.source, 'Account', { Name: 'Stays here' });
        const waiting = await rows(orgs.source, "SELECT Id FROM Sync_Outbox__c WHERE Status__c = 'Pending'");
        assert.equal(waiting.length, 1, 'what changes meanwhile is kept');
        assert.deepEqual(await named(orgs.target, 'Stays here'), []);
    });

    test('up --sync puts them in step again, and what waited arrives', async () => {
        const up = await sandbox.run('up', '--sync', ...ends);
        assert.equal(up.code, 0, up.stdout + up.stderr);
        await eventually(
            () => named(orgs.target, 'Stays here'),
            (found) => found.length === 1
        );
    });
});
