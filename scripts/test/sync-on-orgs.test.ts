import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../../local-org/test/support/eventually.ts';
import { startOrgPair, type OrgPair } from '../../local-org/src/index.ts';
import { openLocalOrgs, type LinkedOrgs } from '../lib/context.ts';
import { findIntegrationUser } from '../lib/integration-user.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { sessionsOf } from '../lib/local-pair.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { readCredential } from '../lib/source-credential.ts';
import { fileCheckpoint } from '../sync/checkpoint.ts';
import { BridgeSandbox } from './bridge-process.ts';
import { saveLogin } from './login.ts';
import { forbidCalls } from './support/sync-metadata.ts';
import { create, rows, run, settled, unseen, type Row } from './support/sync-records.ts';

interface Compared {
    readonly status: string;
    readonly mappings: readonly { readonly different: readonly { readonly fields: readonly object[] }[] }[];
}

interface Loaded {
    readonly status: string;
    readonly mappings: readonly {
        readonly from: string;
        readonly read: number;
        readonly resumed: number;
        readonly refused: readonly { readonly message: string }[];
    }[];
}

/** The orgs are reached as any org is: by the aliases of stored logins. */
describe('records in step between two authorised orgs', () => {
    const sandbox = new BridgeSandbox();
    const RUN_AS = 'link.user@example.com';
    const ends = ['--source', 'my-source', '--target', 'my-target', '--json'];
    const way = ['--run-as', RUN_AS];
    const plan = linkPlan({ runAs: RUN_AS });
    let pair: OrgPair;
    let orgs: LinkedOrgs;

    before(async () => {
        pair = await startOrgPair({ page: false });
        const sessions = sessionsOf(pair);
        orgs = await openLocalOrgs(sessions);
        await makeUser(orgs.target, RUN_AS);
        await saveLogin(sandbox, { alias: 'my-source', ...sessions.source });
        await saveLogin(sandbox, { alias: 'my-target', ...sessions.target });
    });

    after(async () => {
        await pair?.stop();
        await sandbox.dispose();
    });

    const named = (org: BridgeOrg, name: string): Promise<Row[]> =>
        rows(org, `SELECT Id FROM Account WHERE Name = ${soqlString(name)}`);

    const hasSet = async (org: BridgeOrg, username: string, set: string): Promise<boolean> => {
        const soql =
            `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = ${soqlString(set)} ` +
            `AND Assignee.Username = ${soqlString(username)}`;
        return (await rows(org, soql)).length === 1;
    };

    test('up --sync links both ways, and records travel in both directions', async () => {
        const up = await sandbox.run('up', '--sync', ...way, ...ends);
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
        assert.equal((await findIntegrationUser(orgs.target, plan)).username, RUN_AS);
        assert.ok(await hasSet(orgs.target, RUN_AS, 'Sync_Receiver'));
        // The user named is one of the target: the way back has its own.
        const { username } = await findIntegrationUser(orgs.source, linkPlan());
        assert.ok(await hasSet(orgs.source, username, 'Sync_Receiver'));
        const check = await sandbox.run('sync', 'check', ...ends);
        assert.equal(check.code, 0, check.stdout + check.stderr);
        assert.equal(check.json<{ status: string }>().status, 'good', check.stdout);
    });

    test('verify ends with 1 while records differ, and names what differs; a repair mends it', async () => {
        await unseen(
            orgs.source,
            "update new Account(Id = [SELECT Id FROM Account WHERE Name = 'Out'].Id, Phone = 'unseen');"
        );
        const verify = (...flags: string[]): ReturnType<BridgeSandbox['run']> =>
            sandbox.run('sync', 'verify', '--mapping', 'Account', ...flags, ...ends);
        const found = await verify();
        assert.equal(found.code, 1, found.stdout + found.stderr);
        const { status, mappings } = found.json<Compared>();
        assert.equal(status, 'different');
        assert.deepEqual(mappings[0]?.different[0]?.fields, [{ field: 'Phone', here: 'unseen', there: null }]);
        const repaired = await verify('--repair');
        assert.equal(repaired.code, 0, repaired.stdout + repaired.stderr);
        assert.equal(repaired.json<Compared>().status, 'equal');
    });

    test('load ends with 1 while the other org refuses a record, and says why', async () => {
        await forbidCalls(orgs.target, true);
        await run(
            orgs.source,
            `insert new Case(Subject = 'Refused', Origin = 'Phone');
            delete [SELECT Id FROM Sync_Outbox__c];
            delete [SELECT Id FROM Sync_Link__c WHERE Remote_Id__c = NULL];`
        );
        const checkpoint = join(sandbox.folder, 'load.json');
        const load = (): ReturnType<BridgeSandbox['run']> =>
            sandbox.run('sync', 'load', '--mapping', 'Case', '--checkpoint', checkpoint, ...ends);
        const refused = await load();
        assert.equal(refused.code, 1, refused.stdout + refused.stderr);
        const { status, mappings } = refused.json<Loaded>();
        assert.equal(status, 'incomplete');
        assert.match(mappings[0]?.refused[0]?.message ?? '', /Calls are kept elsewhere/);
        await forbidCalls(orgs.target, false);
        const loaded = await load();
        assert.equal(loaded.code, 0, loaded.stdout + loaded.stderr);
        assert.equal((await rows(orgs.target, "SELECT Id FROM Case WHERE Subject = 'Refused'")).length, 1);
    });

    test('load goes on at its checkpoint, over from the start with --restart, and from one org with --from', async () => {
        const [{ Id: last }] = await rows(orgs.source, 'SELECT Id FROM Case ORDER BY Id DESC LIMIT 1');
        const checkpoint = join(sandbox.folder, 'stopped.json');
        const load = async (...flags: string[]): Promise<unknown[]> => {
            // As a load leaves it that was stopped behind the last Case of the source.
            const key = `${orgs.source.orgId}>${orgs.target.orgId}:Case`;
            fileCheckpoint(checkpoint, key).reached({ last, done: 7 });
            const loaded = await sandbox.run(
                'sync',
                'load',
                '--mapping',
                'Case',
                '--checkpoint',
                checkpoint,
                ...flags,
                ...ends
            );
            assert.equal(loaded.code, 0, loaded.stdout + loaded.stderr);
            return loaded.json<Loaded>().mappings.map(({ from, read, resumed }) => [from, read, resumed]);
        };
        assert.deepEqual(await load(), [
            ['source', 0, 7],
            ['target', 1, 0]
        ]);
        assert.ok(!existsSync(checkpoint), 'a load that is complete leaves its checkpoint');
        assert.deepEqual(await load('--from', 'source'), [['source', 0, 7]]);
        assert.deepEqual(await load('--from', 'source', '--restart'), [['source', 1, 0]]);
        assert.deepEqual(await load('--from', 'target'), [['target', 1, 0]]);
        assert.ok(existsSync(checkpoint), 'the checkpoint of the way that was not asked for is gone');
    });

    test('down stops delivery and takes all access away, in both orgs', async () => {
        const down = await sandbox.run('down', ...way, ...ends);
        assert.equal(down.code, 0, down.stdout + down.stderr);
        for (const org of [orgs.source, orgs.target]) {
            const [state] = await rows(org, 'SELECT Paused__c, Paused_Reason__c FROM Sync_Peer_State__c');
            assert.deepEqual([state['Paused__c'], state['Paused_Reason__c']], [true, 'bridge down']);
            assert.deepEqual(await rows(org, 'SELECT Id FROM CronTrigger'), [], 'no sweep is scheduled');
            const { id } = await findIntegrationUser(org, org.role === 'target' ? plan : linkPlan());
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

    test('sync up alone puts linked orgs in step again, and what waited arrives', async () => {
        for (const command of [['up'], ['sync', 'up']]) {
            const run = await sandbox.run(...command, ...way, ...ends);
            assert.equal(run.code, 0, run.stdout + run.stderr);
        }
        await eventually(
            () => named(orgs.target, 'Stays here'),
            (found) => found.length === 1
        );
    });
});

async function makeUser(org: BridgeOrg, username: string): Promise<void> {
    const { records } = await org.connection.query<{ Id: string }>(
        `SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'`
    );
    const result = await org.connection.sobject('User').create({
        Username: username,
        LastName: 'Link User',
        Alias: 'link',
        Email: username,
        ProfileId: records[0]?.Id,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
    assert.ok(result.success);
}
