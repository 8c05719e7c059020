import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { BridgeError } from '../lib/errors.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { Steps } from '../lib/steps.ts';
import { readMappings, type SyncMapping } from '../sync/mappings.ts';
import { mend } from '../sync/mend.ts';
import { whilePaused } from '../sync/orders.ts';
import { apisOf, routesOf, type From, type OrgApis, type Route } from '../sync/route.ts';
import { countUnderWay, verifyRoutes, type VerifiedRoutes } from '../sync/verify-routes.ts';
import { disagreeing, verify, type Agreement } from '../sync/verify.ts';
import { refusing } from './support/faults.ts';
import { unseen } from './support/sync-records.ts';
import { startSyncedPair, type SyncedPair } from './synced-pair.ts';

describe('bridge sync verify', () => {
    let pair: SyncedPair;
    let apis: OrgApis;
    let mappings: readonly SyncMapping[];

    before(async () => {
        pair = await startSyncedPair();
        for (const side of ['source', 'target'] as const) await pair.pair.control[side].holdJobs(true);
        apis = apisOf(pair);
        mappings = await readMappings(pair.source);
        await apex(
            pair.source,
            `List<Account> made = new List<Account>();
            for (Integer i = 0; i < 300; i++) {
                made.add(new Account(Name = 'A' + i, Phone = String.valueOf(i), AnnualRevenue = 1.50 * i));
            }
            insert made;
            for (Integer i = 1; i < 10; i++) { made[i].ParentId = made[0].Id; }
            update made;`
        );
        await settle();
    });

    after(() => pair?.stop());

    function route(from: From = 'source', change: Partial<SyncMapping> = {}): Route {
        const changed = mappings.map((mapping) => (mapping.name === 'Account' ? { ...mapping, ...change } : mapping));
        return routesOf(apis, changed, [from], ['Account'])[0];
    }

    /** The mapping with another policy, for the decision of the command; the engine's own is Newest. */
    function withPolicy(policy: string): Route {
        const account = mappings.find(({ name }) => name === 'Account');
        assert.ok(account);
        return route('source', { policy, fields: account.fields.map((field) => ({ ...field, policy })) });
    }

    async function apex(org: BridgeOrg, code: string): Promise<void> {
        await evaluateApex<string>(org, code, `'done'`);
    }

    async function settle(): Promise<void> {
        let ran = 1;
        while (ran > 0) {
            ran = (await pair.pair.control.source.runJobs()) + (await pair.pair.control.target.runJobs());
        }
    }

    async function phones(name: string): Promise<unknown[]> {
        const found = [];
        for (const { connection } of [pair.source, pair.target]) {
            const { records } = await connection.query<{ Phone: string }>(
                `SELECT Phone FROM Account WHERE Name = '${name}'`
            );
            found.push(records.map(({ Phone }) => Phone));
        }
        return found;
    }

    async function isEqual(): Promise<void> {
        for (const from of ['source', 'target'] as const) {
            const agreement = await verify({ route: route(from) });
            assert.deepEqual(disagreeing(agreement), [], from);
            assert.equal(agreement.equal, agreement.records);
        }
    }

    test('equal orgs are found equal by digests alone', async () => {
        for (const from of ['source', 'target'] as const) {
            const agreement: Agreement = await verify({ route: route(from) });
            const { records, receiverRecords, equal, comparedThere } = agreement;
            assert.deepEqual(
                { records, receiverRecords, equal, comparedThere },
                {
                    records: 300,
                    receiverRecords: 300,
                    equal: 300,
                    comparedThere: 0
                }
            );
        }
    });

    test('a difference is listed field by field, from both sides', async () => {
        await unseen(
            pair.target,
            `update new Account(Id = [SELECT Id FROM Account WHERE Name = 'A7'].Id, Phone = 'other');`
        );
        const here = await verify({ route: route() });
        assert.deepEqual(
            here.different.map(({ fields }) => fields),
            [[{ field: 'Phone', here: '7', there: 'other' }]]
        );
        const there = await verify({ route: route('target') });
        assert.deepEqual(
            there.different.map(({ fields }) => fields),
            [[{ field: 'Phone', here: 'other', there: '7' }]]
        );
    });

    test('repair follows the policy: source, target, newest', async () => {
        for (const [policy, expected] of [
            ['Source', '7'],
            ['Target', 'other'],
            ['Newest', 'other']
        ]) {
            await unseen(
                pair.source,
                `update new Account(Id = [SELECT Id FROM Account WHERE Name = 'A7'].Id, Phone = '7');`
            );
            await pair.pair.control.target.advanceClock(60_000);
            await unseen(
                pair.target,
                `update new Account(Id = [SELECT Id FROM Account WHERE Name = 'A7'].Id, Phone = 'x');
                update new Account(Id = [SELECT Id FROM Account WHERE Name = 'A7'].Id, Phone = 'other');`
            );
            const repaired = withPolicy(policy);
            assert.deepEqual(await mend(apis, repaired, await verify({ route: repaired })), { sent: 1, left: 0 });
            await settle();
            assert.deepEqual(await phones('A7'), [[expected], [expected]], policy);
            await isEqual();
        }
    });

    test('all routes: what both see is mended once, and what does not arrive in time is counted', async () => {
        const verifyAll = (repair: boolean): Promise<VerifiedRoutes> =>
            verifyRoutes(new Steps({ quiet: true }), {
                apis,
                routes: [route('source'), route('target')],
                repair,
                waitSeconds: 0
            });
        const differing = ({ agreements }: VerifiedRoutes): number[] =>
            agreements.map((agreement) => disagreeing(agreement).length);
        await unseen(
            pair.target,
            `update new Account(Id = [SELECT Id FROM Account WHERE Name = 'A6'].Id, Phone = 'later');`
        );
        const looked = await verifyAll(false);
        assert.deepEqual([differing(looked), looked.mended.sent, looked.underWay], [[1, 1], 0, 0]);
        const repaired = await verifyAll(true);
        assert.deepEqual([differing(repaired), repaired.mended.sent, repaired.underWay], [[1, 1], 1, 1]);
        // What a paused org holds back would keep the command waiting for nothing.
        const pauseAll = `for (Sync_Peer_State__c state : [SELECT Id FROM Sync_Peer_State__c]) {
            update new Sync_Peer_State__c(Id = state.Id, Paused__c = `;
        for (const org of [pair.source, pair.target]) await apex(org, `${pauseAll} TRUE); }`);
        assert.equal(await countUnderWay(apis), 0);
        for (const org of [pair.source, pair.target]) await apex(org, `${pauseAll} FALSE); }`);
        await settle();
        const after = await verifyAll(false);
        assert.deepEqual([differing(after), after.underWay], [[0, 0], 0]);
    });

    test('where a person decides, both orgs send and the engine merges', async () => {
        await unseen(
            pair.target,
            `update new Account(Id = [SELECT Id FROM Account WHERE Name = 'A8'].Id, Phone = 'theirs');`
        );
        const asking = withPolicy('Ask');
        await mend(apis, asking, await verify({ route: asking }));
        for (const { connection } of [pair.source, pair.target]) {
            const rows = await connection.query(`SELECT Id FROM Sync_Outbox__c WHERE Status__c = 'Pending'`);
            assert.equal(rows.totalSize, 1);
            const paused = await connection.query('SELECT Id FROM Sync_Peer_State__c WHERE Paused__c = TRUE');
            assert.equal(paused.totalSize, 0);
        }
        await settle();
        const [[here], [there]] = (await phones('A8')) as string[][];
        assert.equal(here, there);
        await isEqual();
    });

    test('work while paused leaves the pause that somebody made, and ends its own, also when it fails', async () => {
        const reasons = (): Promise<(string | null)[]> =>
            Promise.all(
                [pair.source, pair.target].map(async ({ connection }) => {
                    const soql = 'SELECT Paused_Reason__c FROM Sync_Peer_State__c WHERE Paused__c = TRUE';
                    const { records } = await connection.query<{ Paused_Reason__c: string }>(soql);
                    return records[0]?.Paused_Reason__c ?? null;
                })
            );
        const own = 'bridge test';
        await apex(pair.target, `SyncPeers.pause('Peer', 'Release day');`);
        const failing = whilePaused(pair, own, async () => {
            assert.deepEqual(await reasons(), [own, 'Release day']);
            throw new Error('seeded fault');
        });
        await assert.rejects(failing, /seeded fault/);
        assert.deepEqual(await reasons(), [null, 'Release day']);
        // What stopped work of the same reason left.
        await apex(pair.source, `SyncPeers.pause('Peer', '${own}');`);
        assert.equal(await whilePaused(pair, own, () => Promise.resolve('done')), 'done');
        assert.deepEqual(await reasons(), [null, 'Release day']);
        const source = { ...pair.source };
        const stuck = whilePaused({ ...pair, source }, own, () => {
            source.connection = refusing(source, 'request', /./).connection;
            return Promise.reject(new BridgeError('org', 'SEEDED', 'The work failed.', ['Mend it.']));
        });
        await assert.rejects(stuck, {
            code: 'SEEDED',
            message: /^The work failed\. .*source org delivers nothing/,
            actions: ['Mend it.', 'Let both orgs deliver again: npm run bridge -- sync resume, with the same orgs']
        });
        assert.deepEqual(await reasons(), [own, 'Release day']);
        await apex(pair.source, `SyncPeers.resume('Peer');`);
        await apex(pair.target, `SyncPeers.resume('Peer');`);
    });

    test('a record that is gone there is made again; one that was never sent is sent when it can have no twin', async () => {
        await unseen(pair.target, `delete [SELECT Id FROM Account WHERE Name = 'A9'];`);
        await apex(
            pair.source,
            `insert new Account(Name = 'Never sent');
            delete [SELECT Id FROM Sync_Outbox__c];
            delete [SELECT Id FROM Sync_Link__c WHERE Remote_Id__c = NULL];`
        );
        const found = await verify({ route: route() });
        assert.deepEqual([found.missing.length, found.neverSent.length], [1, 1]);
        assert.deepEqual(await mend(apis, route(), found), { sent: 2, left: 0 });
        await settle();
        await isEqual();
        assert.equal(
            (await pair.target.connection.query(`SELECT Id FROM Account WHERE Name = 'Never sent'`)).totalSize,
            1
        );
    });

    test('a record that may have a twin is left to the load', async () => {
        for (const org of [pair.source, pair.target]) {
            await apex(
                org,
                `insert new Account(Name = 'Both');
                delete [SELECT Id FROM Sync_Outbox__c];
                delete [SELECT Id FROM Sync_Link__c WHERE Remote_Id__c = NULL];`
            );
        }
        assert.deepEqual(await mend(apis, route(), await verify({ route: route() })), { sent: 0, left: 1 });
    });
});
