import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../../local-org/test/support/eventually.ts';
import { openLocalOrgs, type LinkedOrgs } from '../lib/context.ts';
import { deployOrThrow } from '../lib/deployment.ts';
import { BridgeError } from '../lib/errors.ts';
import { hostLocalPair, type HostedPair } from '../lib/local-pair.ts';
import { soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { assignPermissionSet } from '../lib/permission-sets.ts';
import { chooseConnection, longId } from '../sync/s2s/connections.ts';
import { readFieldList } from '../sync/s2s/field-list.ts';
import { pairUp } from '../sync/s2s/pair-up.ts';
import { BridgeSandbox } from './bridge-process.ts';
import { accessSource, number, objectSource, text, type ObjectSource } from './support/custom-objects.ts';
import { settled } from './support/sync-records.ts';
import { putInStep } from './synced-pair.ts';

type Row = Record<string, unknown>;

const PARCEL: ObjectSource = {
    name: 'Parcel__c',
    fields: { Weight__c: number(8, 2), Carrier__c: text(40), Note__c: text(80) }
};
const COUNTS = { Account: 200, Contact: 60, Parcel__c: 40 };

interface Result {
    readonly status: string;
    readonly groups: readonly { readonly source: string; readonly pairs: number; readonly mapping: string }[];
    readonly dropped: readonly { readonly code: string; readonly source?: string }[];
    readonly dead: readonly { readonly name: string }[];
    readonly planned: { readonly mappings: readonly { readonly name: string; readonly fields: Row[] }[] };
    readonly linked: number;
    readonly already: number;
}

describe('bridge import-s2s', () => {
    const sandbox = new BridgeSandbox();
    const folder = join(sandbox.folder, 'mappings');
    const fieldList = join(sandbox.folder, 'fields.csv');
    const pairs: { object: string; source: string; target: string }[] = [];
    let pair: HostedPair | undefined;
    let orgs: LinkedOrgs;

    before(async () => {
        process.env['TMPDIR'] = sandbox.folder;
        const partnerNetwork = { partnerNetwork: true };
        pair = await hostLocalPair({ page: false, source: partnerNetwork, target: partnerNetwork });
        orgs = await openLocalOrgs(pair.sessions);
        for (const org of [orgs.source, orgs.target]) {
            await deployOrThrow(org, {
                files: new Map([...objectSource(PARCEL), ...accessSource('Parcels', [PARCEL])])
            });
            await assignPermissionSet(org, 'Parcels', org.userId);
        }
        // The native connection has shared these for years before anyone thought of Org Bridge.
        const accounts = await share('Account', (index) => ({ Name: `Shared ${index}`, Phone: String(index) }));
        await share('Contact', (index, side) => ({ LastName: `Person ${index}`, AccountId: accounts[side][index] }));
        await share('Parcel__c', (index) => ({
            Name: `P${index}`,
            Weight__c: index,
            Carrier__c: 'Post',
            Note__c: 'x'
        }));
        await seedConnections();
        writeFileSync(fieldList, 'object,source,target\nParcel__c,Name,Name\nParcel__c,Weight__c,Weight__c\n');
        // Values that differ when the connection is taken over: here the target changed last, there the source.
        const account = (index: number, side: 'source' | 'target'): string => accounts[side][index];
        // The platform keeps seconds: without the time between, nobody could tell which value is the newer one.
        await later();
        await orgs.target.connection.sobject('Account').update({ Id: account(3, 'target'), Phone: 'target is newer' });
        await orgs.target.connection.sobject('Account').update({ Id: account(4, 'target'), Phone: 'older' });
        await later();
        await orgs.source.connection.sobject('Account').update({ Id: account(4, 'source'), Phone: 'source is newer' });
        await putInStep(pair.sessions);
    });

    after(async () => {
        await pair?.stop();
        await sandbox.dispose();
        rmSync(folder, { recursive: true, force: true });
    });

    /** Moves the clocks of both orgs on by a minute. */
    async function later(): Promise<void> {
        for (const org of ['source', 'target'] as const) await pair?.control[org].advanceClock(60_000);
    }

    async function share(
        object: keyof typeof COUNTS,
        valuesOf: (index: number, side: 'source' | 'target') => Row
    ): Promise<Record<'source' | 'target', string[]>> {
        const indexes = Array.from({ length: COUNTS[object] }, (_, index) => index);
        const ids = { source: [] as string[], target: [] as string[] };
        for (const side of ['source', 'target'] as const) {
            const rows = indexes.map((index) => valuesOf(index, side));
            const results = await orgs[side].connection.sobject(object).create(rows, { allowRecursive: true });
            ids[side] = results.map((result) => {
                assert.ok(result.success);
                return result.id;
            });
        }
        indexes.forEach((index) => pairs.push({ object, source: ids.source[index], target: ids.target[index] }));
        return ids;
    }

    /** Both orgs have rows; some of the target are enough, some of the source too. Half of the ids have 15 characters. */
    async function seedConnections(): Promise<void> {
        assert.ok(pair);
        const status = (name: string, state: string): Record<string, string> => ({
            ConnectionName: name,
            ConnectionStatus: state
        });
        const { source, target } = pair.control;
        const [toTarget] = await source.writeRows('PartnerNetworkConnection', [
            status('Partner', 'Accepted'),
            status('Former partner', 'Inactive')
        ]);
        const [toSource] = await target.writeRows('PartnerNetworkConnection', [status('Headquarters', 'Accepted')]);
        const row = (connection: string, local: string, partner: string | null, state = 'Connected') => ({
            ConnectionId: connection,
            LocalRecordId: local,
            PartnerRecordId: partner,
            Status: state
        });
        await source.writeRows(
            'PartnerNetworkRecordConnection',
            pairs.slice(0, 280).map((one, index) => {
                const partner = index % 2 === 0 ? one.target : one.target.slice(0, 15);
                return row(toTarget, one.source, partner, index % 3 === 0 ? 'Active (sent)' : 'Connected');
            })
        );
        await target.writeRows(
            'PartnerNetworkRecordConnection',
            pairs.slice(100).map((one) => row(toSource, one.target, one.source))
        );
        const extra = async (org: BridgeOrg, name: string): Promise<string> => {
            const created = await org.connection.sobject('Account').create({ Name: name });
            assert.ok(created.success);
            return created.id;
        };
        const [ended, pending, twice] = await Promise.all(
            ['Ended', 'Pending', 'Twice'].map((name) => extra(orgs.source, name))
        );
        const [first, second, gone] = await Promise.all(
            ['First', 'Second', 'Gone'].map((name) => extra(orgs.target, name))
        );
        const lonely = await extra(orgs.source, 'Its twin is gone');
        await orgs.target.connection.sobject('Account').delete(gone);
        await source.writeRows('PartnerNetworkRecordConnection', [
            { ...row(toTarget, ended, first, 'Inactive'), EndDate: '2025-01-01T00:00:00.000Z' },
            row(toTarget, pending, null, 'Pending (sent)'),
            row(toTarget, twice, first),
            row(toTarget, twice, second),
            row(toTarget, lonely, gone)
        ]);
    }

    const count = async (org: BridgeOrg, soql: string): Promise<number> => (await org.connection.query(soql)).totalSize;
    const totals = async (): Promise<number[]> => {
        const soql = Object.keys(COUNTS).map((object) => `SELECT COUNT() FROM ${object}`);
        return Promise.all([orgs.source, orgs.target].flatMap((org) => soql.map((query) => count(org, query))));
    };
    const importIt = (...flags: string[]): ReturnType<BridgeSandbox['run']> =>
        sandbox.run('import-s2s', '--fields', fieldList, '--output-dir', folder, '--json', ...flags);

    test('says what it would do, and changes nothing', async () => {
        const before = await totals();
        const run = await importIt();
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const result = run.json<Result>();
        assert.equal(result.status, 'planned');
        assert.deepEqual(
            result.groups.map(({ source, pairs: found, mapping }) => [source, found, mapping]),
            [
                ['Account', 200, 'Account'],
                ['Contact', 60, 'Contact'],
                ['Parcel__c', 40, 'Parcel']
            ]
        );
        assert.deepEqual(result.dropped.map(({ code }) => code).sort(), [
            'ENDED',
            'GONE',
            'NOT_ACCEPTED',
            'TWICE',
            'TWICE'
        ]);
        assert.deepEqual(
            result.dead.map(({ name }) => name),
            ['Former partner']
        );
        assert.deepEqual(
            result.planned.mappings.map(({ fields }) => fields.map((field) => field['source'])),
            [['Name', 'Weight__c']],
            'the fields of the list, and no others'
        );
        assert.deepEqual(await totals(), before);
        assert.equal(await count(orgs.source, "SELECT COUNT() FROM Sync_Link__c WHERE Mapping__c = 'Account'"), 0);
    });

    test('links 300 shared records, merges what differs by policy, and makes nothing twice', async () => {
        const before = await totals();
        const run = await importIt('--write');
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const result = run.json<Result>();
        assert.deepEqual([result.status, result.linked, result.already], ['linked', 300, 0]);
        await settled(orgs);
        assert.deepEqual(await totals(), before);
        for (const [org, own, other] of [
            [orgs.source, 'source', 'target'],
            [orgs.target, 'target', 'source']
        ] as const) {
            const { records } = await org.connection.query<Row>(
                'SELECT Local_Id__c, Remote_Id__c, State__c FROM Sync_Link__c',
                { autoFetch: true, maxFetch: 1000 }
            );
            const links = new Map(records.map((row) => [row['Local_Id__c'], row['Remote_Id__c']]));
            assert.equal(links.size, 300);
            for (const one of pairs) assert.equal(links.get(one[own]), one[other]);
        }
        const phones = async (index: number): Promise<unknown[]> =>
            Promise.all(
                (['source', 'target'] as const).map((side) =>
                    valueOf(orgs[side], pairs[index][side], 'Account', 'Phone')
                )
            );
        assert.deepEqual(await phones(3), ['target is newer', 'target is newer']);
        assert.deepEqual(await phones(4), ['source is newer', 'source is newer']);
        assert.deepEqual(await phones(5), ['5', '5']);
    });

    test('leaves the records in step: changes travel both ways, of the new mapping too', async () => {
        const before = await totals();
        const change = async (
            from: 'source' | 'target',
            index: number,
            field: string,
            value: unknown
        ): Promise<void> => {
            const to = from === 'source' ? 'target' : 'source';
            const { object, ...ids } = pairs[index];
            await orgs[from].connection.sobject(object).update({ Id: ids[from], [field]: value });
            await eventually(
                () => valueOf(orgs[to], ids[to], object, field),
                (found) => found === value
            );
        };
        await change('source', 10, 'Phone', 'from source');
        await change('target', 11, 'Phone', 'from target');
        await change('target', 270, 'Weight__c', 99.5);
        await settled(orgs);
        assert.deepEqual(await totals(), before);
    });

    test('does nothing the second time', async () => {
        const run = await importIt('--write');
        assert.equal(run.code, 0, run.stdout + run.stderr);
        const result = run.json<Result>();
        assert.deepEqual([result.linked, result.already], [0, 300]);
        assert.deepEqual(result.planned.mappings, []);
    });

    test('prints no token', () => {
        const tokens = [pair?.sessions.source.accessToken, pair?.sessions.target.accessToken] as string[];
        assert.ok(sandbox.runs.length >= 3 && tokens.every((token) => token.length > 20));
        for (const { stdout, stderr } of sandbox.runs) {
            assert.ok(!tokens.some((token) => (stdout + stderr).includes(token)));
        }
    });

    test('asks which connection is meant, and takes lists of fields that it can read', () => {
        const connection = (name: string, status: string) => ({ id: `04P${name}`, name, status });
        const code = (expected: string) => (error: unknown) => error instanceof BridgeError && error.code === expected;
        const list = [connection('A', 'Accepted'), connection('B', 'Accepted'), connection('C', 'Inactive')];
        assert.equal(chooseConnection(list, 'B').name, 'B');
        assert.throws(() => chooseConnection(list, undefined), code('S2S_CONNECTION_CHOICE'));
        assert.throws(() => chooseConnection(list, 'D'), code('S2S_CONNECTION_UNKNOWN'));
        assert.throws(() => chooseConnection([list[2]], undefined), code('S2S_CONNECTION_CHOICE'));
        const read = (content: string) => {
            writeFileSync(fieldList, content);
            return readFieldList(fieldList);
        };
        const expected = [{ object: 'A__c', source: 'B__c', target: 'C__c' }];
        assert.deepEqual(read('\uFEFFTarget,Object,Source\r\n"C__c","A__c","B__c"\r\n'), expected);
        assert.deepEqual(read(JSON.stringify(expected)), expected);
        for (const wrong of ['object,source\nA,B', 'object,source,target\nA,B C,D', '[1]', '[{"object":"A"}]', '[']) {
            assert.throws(() => read(wrong), code('S2S_FIELDS'), wrong);
        }
    });
});

describe('pairs of shared records', () => {
    const row = (localId: string, partnerId: string | undefined, status = 'Connected', endDate?: string) => ({
        localId,
        partnerId,
        status,
        endDate
    });

    test('are the same pair whichever org tells of it', () => {
        const { twins, dropped } = pairUp([row('a', 'x'), row('b', 'y')], [row('x', 'a'), row('z', 'c')]);
        assert.deepEqual(twins, [
            { source: 'a', target: 'x' },
            { source: 'b', target: 'y' },
            { source: 'c', target: 'z' }
        ]);
        assert.deepEqual(dropped, []);
    });

    test('count once more when a record is shared again after its sharing had ended', () => {
        const { twins, dropped } = pairUp([row('a', 'x', 'Inactive'), row('a', 'x')], []);
        assert.equal(twins.length, 1);
        assert.deepEqual(dropped, []);
    });

    test('are none for a record with two partners, in either org', () => {
        const { twins, dropped } = pairUp([row('a', 'x'), row('a', 'y'), row('b', 'y'), row('c', 'z')], []);
        assert.deepEqual(twins, [{ source: 'c', target: 'z' }]);
        assert.deepEqual(
            dropped.map(({ code }) => code),
            ['TWICE', 'TWICE', 'TWICE']
        );
    });
});

test('ids of 15 characters get those that keep their case', () => {
    assert.equal(longId('001000000000001'), '001000000000001AAA');
    assert.equal(longId('00Dg0000003L8dZ'), '00Dg0000003L8dZEAS');
    assert.equal(longId('001000000000001AAA'), '001000000000001AAA');
});

async function valueOf(org: BridgeOrg, id: string, object: string, field: string): Promise<unknown> {
    const { records } = await org.connection.query<Row>(`SELECT ${field} FROM ${object} WHERE Id = ${soqlString(id)}`);
    return records[0]?.[field];
}
