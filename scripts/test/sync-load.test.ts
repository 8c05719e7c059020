import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { requestsUsed } from '../lib/api-facts.ts';
import { sessionsOf } from '../lib/local-pair.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { projectPath } from '../lib/project.ts';
import { fileCheckpoint } from '../sync/checkpoint.ts';
import { readReceiverSchema, refusalOf, type ReceiverField } from '../sync/forecast.ts';
import { load, type LoadCounts, type LoadOptions } from '../sync/load.ts';
import { loadRoutes, type LoadedRoute } from '../sync/load-routes.ts';
import { readMappings, type SyncMapping } from '../sync/mappings.ts';
import { OrgApi, type WriteFailure } from '../sync/org-api.ts';
import { literalsOfOneQuery } from '../sync/org-api.ts';
import { plan } from '../sync/plan.ts';
import { apisOf, routesOf, type From, type OrgApis, type Route } from '../sync/route.ts';
import type { SurveyedRow } from '../sync/survey.ts';
import { readTwinRule } from '../sync/twins.ts';
import { forbidCalls } from './support/sync-metadata.ts';
import { startSyncedPair, type SyncedPair } from './synced-pair.ts';

/** Enough for the Bulk API, from 2,000 rows up. */
const ACCOUNTS = 2400;
const CHUNK = 600;

describe('bridge sync plan and load', () => {
    let pair: SyncedPair;
    let apis: OrgApis;
    let mappings: readonly SyncMapping[];
    const folder = mkdtempSync(join(tmpdir(), 'sync-load-'));
    const checkpoint = join(folder, 'load.json');

    before(async () => {
        pair = await startSyncedPair();
        for (const side of ['source', 'target'] as const) await pair.pair.control[side].holdJobs(true);
        apis = apisOf(pair);
        mappings = await readMappings(pair.source);
    });

    after(async () => {
        await pair?.stop();
        rmSync(folder, { recursive: true });
    });

    function route(name = 'Account', from: From = 'source'): Route {
        return routesOf(apis, mappings, [from], [name])[0];
    }

    function loadAccounts(more: Partial<LoadOptions> = {}): Promise<LoadCounts> {
        return load({ route: route(), checkpoint: fileCheckpoint(checkpoint, 'accounts'), ...more });
    }

    function loadAll(routes: readonly Route[]): Promise<readonly LoadedRoute[]> {
        return loadRoutes({
            routes,
            rules: new Map(),
            checkpointOf: ({ mapping, from }) => fileCheckpoint(checkpoint, `${from} ${mapping.name}`),
            run: (_title, work) => work(() => undefined)
        });
    }

    async function count(org: BridgeOrg, from: string): Promise<number> {
        return (await org.connection.query(`SELECT COUNT() FROM ${from}`)).totalSize;
    }

    function apex(org: BridgeOrg, code: string): Promise<string> {
        return evaluateApex<string>(org, code, `'done'`);
    }

    /** As records that were there before the engine: no link and no change is under way. */
    async function provide(org: BridgeOrg, code: string): Promise<void> {
        await apex(org, code);
        await apex(
            org,
            `List<Sync_Link__c> fresh = [SELECT Id FROM Sync_Link__c WHERE Remote_Id__c = NULL LIMIT 5000];
            delete [SELECT Id FROM Sync_Outbox__c WHERE Link__c IN :fresh];
            delete fresh;`
        );
    }

    function accounts(from: number, to: number): string {
        return `List<Account> made = new List<Account>();
            for (Integer i = ${from}; i < ${to}; i++) {
                made.add(new Account(Name = 'A' + i, Phone = String.valueOf(i), AnnualRevenue = 1.5 * i,
                    Description = 'line one\\n"line" two, ' + i));
            }
            insert made;`;
    }

    test('a link that the org refuses stops the load with an error that names it', async () => {
        const name = 'Refused link';
        await provide(pair.source, `insert new Account(Name = '${name}');`);
        const sender = new (class extends OrgApi {
            override write(): Promise<readonly WriteFailure[]> {
                return Promise.resolve([{ ref: 'Peer:001', code: 'NO_ACCESS', message: 'seeded' }]);
            }
        })(pair.source);
        const refused = load({
            route: { ...route(), sender },
            checkpoint: fileCheckpoint(checkpoint, 'refused')
        });
        await assert.rejects(refused, { code: 'LINK_REFUSED', message: /Peer:001: NO_ACCESS seeded/ });
        await apex(pair.source, `delete [SELECT Id FROM Account WHERE Name = '${name}'];`);
        await apex(pair.source, `delete [SELECT Id FROM Sync_Outbox__c];`);
    });

    test('a load that is killed goes on where it was: nothing is lost, nothing comes twice', async () => {
        for (let from = 0; from < ACCOUNTS; from += CHUNK) await provide(pair.source, accounts(from, from + CHUNK));
        const script = projectPath('scripts', 'test', 'fixtures', 'load-process.ts');
        const child = spawn(process.execPath, [script, checkpoint, String(CHUNK)], {
            stdio: ['pipe', 'pipe', 'inherit']
        });
        child.stdin.end(JSON.stringify(sessionsOf(pair.pair)));
        const closed = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
        assert.equal(await text(child.stdout), String(CHUNK));
        assert.deepEqual(await closed, [null, 'SIGKILL']);
        assert.ok(existsSync(checkpoint));
        assert.equal(await count(pair.target, 'Account'), 2 * CHUNK);
        assert.equal(await count(pair.target, 'Sync_Inbox__c'), CHUNK);
        const rest = await loadAccounts({ chunk: CHUNK });
        assert.equal(rest.resumed, CHUNK);
        assert.equal(rest.read, ACCOUNTS - CHUNK);
        assert.deepEqual(rest.refused, []);
        assert.ok(!existsSync(checkpoint));
        assert.equal(await count(pair.target, 'Account'), ACCOUNTS);
        const names = await pair.target.connection.query(
            'SELECT Name n FROM Account GROUP BY Name HAVING COUNT(Id) > 1'
        );
        assert.equal(names.totalSize, 0);
        assert.equal(await count(pair.target, 'Sync_Inbox__c'), 0);
        assert.equal(await count(pair.source, 'Sync_Inbox__c'), 0);
    });

    test('a second load of unchanged records writes nothing, in either direction', async () => {
        const before = await newest();
        // A write now would show: the platform keeps seconds.
        for (const side of ['source', 'target'] as const) await pair.pair.control[side].advanceClock(2000);
        const loaded = await loadAll([route(), route('Account', 'target')]);
        for (const { read, unchanged, created, updated, queued } of loaded) {
            assert.deepEqual(
                { read, unchanged, created, updated, queued },
                {
                    read: ACCOUNTS,
                    unchanged: ACCOUNTS,
                    created: 0,
                    updated: 0,
                    queued: 0
                }
            );
        }
        assert.deepEqual(await newest(), before);
    });

    /** When records and links were written last, in both orgs. */
    async function newest(): Promise<Record<string, string>> {
        const stamps: Record<string, string> = {};
        for (const { connection, role } of [pair.source, pair.target]) {
            for (const object of ['Account', 'Sync_Link__c']) {
                const { records } = await connection.query<{ SystemModstamp: string }>(
                    `SELECT SystemModstamp FROM ${object} ORDER BY SystemModstamp DESC LIMIT 1`
                );
                stamps[`${role} ${object}`] = records[0].SystemModstamp;
            }
        }
        return stamps;
    }

    test('a change in the other org comes back by the engine, as to any linked record', async () => {
        await apex(
            pair.target,
            `update new Account(Id = [SELECT Id FROM Account WHERE Name = 'A7'].Id, Phone = 'new');`
        );
        for (const side of ['target', 'source', 'target'] as const) await pair.pair.control[side].runJobs();
        assert.equal(await count(pair.source, `Account WHERE Phone = 'new' AND Name = 'A7'`), 1);
        assert.equal(await count(pair.target, 'Sync_Outbox__c'), 0);
    });

    test('1,000 changed records cost five API requests of the peer and at most three transactions', async () => {
        await apex(
            pair.source,
            `List<Account> changed = [SELECT Id FROM Account LIMIT 1000];
            for (Account one : changed) { one.BillingCity = 'Utrecht'; }
            update changed;`
        );
        const before = await requestsUsed(pair.target);
        let transactions = 0;
        for (let ran = 1; ran > 0; transactions += ran) ran = await pair.pair.control.source.runJobs(1);
        // Asking costs a request itself.
        assert.equal((await requestsUsed(pair.target)) - before - 1, 5);
        assert.ok(transactions <= 3, `${transactions} transactions`);
        assert.equal(await count(pair.target, `Account WHERE BillingCity = 'Utrecht'`), 1000);
        assert.equal(await count(pair.source, 'Sync_Outbox__c'), 0);
    });

    test('a look-up takes as many values in one query as a plan counts', async () => {
        const api = apis.source;
        const callsOf = async (count: number): Promise<number> => {
            const before = api.calls;
            const values = Array.from({ length: count }, (_value, index) => String(index).padStart(23, '0'));
            await Array.fromAsync(api.lookUp('SELECT Id FROM Account WHERE', 'Website', values));
            return api.calls - before;
        };
        const most = literalsOfOneQuery(25);
        // One value more is a query of its own, over REST.
        assert.equal(await callsOf(most + 1), (await callsOf(most)) + 1);
    });

    test('a bulk catch-up sends what waits in the outbox, and empties it', async () => {
        await apex(
            pair.source,
            `List<Account> changed = [SELECT Id FROM Account LIMIT ${CHUNK}];
            for (Account one : changed) { one.Website = 'w.example'; }
            update changed;`
        );
        assert.equal(await count(pair.source, 'Sync_Outbox__c'), CHUNK);
        const planned = await plan({ route: route() });
        assert.deepEqual([planned.update, planned.unchanged], [CHUNK, ACCOUNTS - CHUNK]);
        const catchUp = route();
        const before = { sender: catchUp.sender.calls, receiver: catchUp.receiver.calls };
        const caught = await loadAccounts({ route: catchUp });
        assert.deepEqual(planned.calls, {
            sender: catchUp.sender.calls - before.sender,
            receiver: catchUp.receiver.calls - before.receiver
        });
        assert.deepEqual([caught.updated, caught.unchanged], [CHUNK, ACCOUNTS - CHUNK]);
        assert.equal(await count(pair.target, `Account WHERE Website = 'w.example'`), CHUNK);
        assert.equal(await count(pair.source, 'Sync_Outbox__c'), 0);
    });

    test('a change while its chunk is under way is delivered after it', async () => {
        await provide(pair.source, `insert new Account(Name = 'Busy', Phone = 'old');`);
        const busy = route();
        const write = busy.receiver.write.bind(busy.receiver);
        let isChanged = false;
        busy.receiver.write = async (request) => {
            if (!isChanged) {
                isChanged = true;
                const code = `update new Account(Id = [SELECT Id FROM Account WHERE Name = 'Busy'].Id, Phone = 'newer');`;
                await apex(pair.source, code);
            }
            return write(request);
        };
        try {
            assert.equal((await loadAccounts({ route: busy })).created, 1);
        } finally {
            busy.receiver.write = write;
        }
        assert.ok(isChanged);
        assert.equal(await count(pair.target, `Account WHERE Name = 'Busy' AND Phone = 'old'`), 1);
        await pair.pair.control.source.runJobs();
        assert.equal(await count(pair.target, `Account WHERE Name = 'Busy' AND Phone = 'newer'`), 1);
    });

    test('parents come before children, and circles are closed', async () => {
        await provide(
            pair.source,
            `Account top = new Account(Name = 'Top');
            Account below = new Account(Name = 'Below');
            insert new List<Account>{ below, top };
            below.ParentId = top.Id;
            update below;
            insert new Contact(LastName = 'Child', AccountId = below.Id);`
        );
        const planned = await plan({ route: route() });
        assert.equal(planned.create, 2);
        const loaded = await loadAll([route(), route('Contact')]);
        assert.deepEqual(
            loaded.map(({ created, waiting, refused }) => ({ created, waiting, refused })),
            [
                { created: 2, waiting: 0, refused: [] },
                { created: 1, waiting: 0, refused: [] }
            ]
        );
        const found = `Contact WHERE LastName = 'Child' AND Account.Name = 'Below' AND Account.Parent.Name = 'Top'`;
        assert.equal(await count(pair.target, found), 1);
    });

    test('twins are linked by a rule that the plan shows; doubtful ones are listed and left alone', async () => {
        await provide(
            pair.source,
            `insert new List<Account>{ new Account(Name = 'Twin', Website = 'twin.example', Phone = '1', Rating = 'Hot'),
                new Account(Name = 'Double', Website = 'double.example') };`
        );
        // The twin of the target is the newer one, by more than the second that the platform keeps.
        await pair.pair.control.target.advanceClock(60_000);
        await provide(
            pair.target,
            `insert new List<Account>{ new Account(Name = 'twin', Website = 'twin.example', Phone = '2', Description = 'theirs'),
                new Account(Name = 'Double', Website = 'double.example'),
                new Account(Name = 'Double', Website = 'double.example') };`
        );
        const rule = readTwinRule('Account=Website+Name');
        const planned = await plan({ route: route(), rule });
        assert.deepEqual([planned.link, planned.create, planned.ambiguous.length], [1, 0, 1]);
        assert.equal(planned.ambiguous[0]?.candidates.length, 2);
        assert.equal(await count(pair.target, `Account WHERE Name LIKE 'twin'`), 1);
        const loaded = await loadRoutes({
            routes: [route()],
            rules: new Map([['Account', rule]]),
            checkpointOf: () => fileCheckpoint(checkpoint, 'twins'),
            run: (_title, work) => work(() => undefined)
        });
        assert.deepEqual([loaded[0].linked, loaded[0].created, loaded[0].ambiguous.length], [1, 0, 1]);
        for (let turn = 0; turn < 3; turn += 1) {
            for (const side of ['source', 'target'] as const) await pair.pair.control[side].runJobs();
        }
        for (const org of [pair.source, pair.target]) {
            const { records } = await org.connection.query<Record<string, unknown>>(
                `SELECT Name, Phone, Rating, Description FROM Account WHERE Website = 'twin.example'`
            );
            assert.equal(records.length, 1);
            const { Name, Phone, Rating, Description } = records[0];
            // Both had a name and a phone: the policy of the mapping decides. What only one had, both have.
            assert.deepEqual(
                { Name, Phone, Rating, Description },
                {
                    Name: 'twin',
                    Phone: '2',
                    Rating: 'Hot',
                    Description: 'theirs'
                },
                org.role
            );
        }
        assert.throws(() => readTwinRule('Account=Name'), { code: 'TWIN_BY_NAME' });
        assert.throws(() => readTwinRule('Account'), { code: 'TWIN_RULE' });
    });

    test('what the other org refuses is listed with the reason and what to do, and comes when it is mended', async () => {
        await provide(pair.source, `insert new Case(Subject = 'Refused', Origin = 'Phone');`);
        await forbidCalls(pair.target, true);
        const loadCases = (): Promise<LoadCounts> =>
            load({ route: route('Case'), checkpoint: fileCheckpoint(checkpoint, 'cases') });
        const { refused, created } = await loadCases();
        assert.equal(created, 0);
        assert.equal(refused.length, 1);
        assert.match(refused[0].code, /FIELD_CUSTOM_VALIDATION_EXCEPTION/);
        assert.match(refused[0].message, /Calls are kept elsewhere/);
        assert.notEqual(refused[0].remedy, '');
        await forbidCalls(pair.target, false);
        assert.equal((await loadCases()).created, 1);
        assert.equal(await count(pair.target, `Case WHERE Subject = 'Refused'`), 1);
    });

    test('a plan tells what the schema of the other org refuses', async () => {
        const row = {
            id: '001',
            step: 'create',
            values: { Name: 'long name', Rating: 'Odd' }
        } as unknown as SurveyedRow;
        const field = { from: 'Name', to: 'Name', length: undefined, isRequired: false, values: undefined };
        const refuses = (...fields: ReceiverField[]): string | undefined =>
            refusalOf(row, { fields, receiver: 'target' })?.code;
        assert.equal(refuses(field), undefined);
        assert.equal(refuses({ ...field, length: 4 }), 'STRING_TOO_LONG');
        assert.equal(refuses({ ...field, from: 'Phone', isRequired: true }), 'REQUIRED_FIELD_MISSING');
        const values = new Set(['Hot']);
        assert.equal(refuses({ ...field, from: 'Rating', values }), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
        const schema = await readReceiverSchema(route());
        assert.equal(schema.fields.find(({ to }) => to === 'Name')?.isRequired, true);
        assert.equal(schema.fields.find(({ to }) => to === 'Name')?.length, 255);
    });

    test('a file that is no checkpoint is named', async () => {
        writeFileSync(checkpoint, 'not json');
        await assert.rejects(loadAccounts(), { code: 'CHECKPOINT_UNREADABLE' });
        rmSync(checkpoint);
    });
});
