import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import {
    startOrg,
    startOrgPair,
    type CommonOptions,
    type OrgInfo,
    type OrgOptions,
    type RunningOrg
} from '../../src/index.ts';

const quiet: CommonOptions = { log: (text) => assert.fail(text), page: false };

/** An org that ends with the test at the latest: one that goes on running keeps the test run from ending. */
async function started(t: TestContext, name: string, org: OrgOptions, options: CommonOptions): Promise<RunningOrg> {
    const running = await startOrg(name, org, options);
    t.after(() => running.stop());
    return running;
}

async function call(org: OrgInfo, method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${org.url}/services/data/v67.0${path}`, {
        method,
        headers: { authorization: `Bearer ${org.admin.accessToken}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) })
    });
}

async function count(org: OrgInfo, object: string): Promise<number> {
    const answer = await call(org, 'GET', `/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${object}`)}`);
    return ((await answer.json()) as { totalSize: number }).totalSize;
}

describe('an org pair', () => {
    test('has two orgs that share nothing', async (t) => {
        const pair = await startOrgPair(quiet);
        t.after(() => pair.stop());
        const { source, target } = pair.info();
        assert.notEqual(source.id, target.id);
        assert.notEqual(source.url, target.url);
        assert.equal(source.admin.username, 'admin@source.local');
        await call(source, 'POST', '/sobjects/Account', { Name: 'Only here' });
        assert.deepEqual([await count(source, 'Account'), await count(target, 'Account')], [1, 0]);
        const foreign = { ...target, admin: source.admin };
        assert.equal((await call(foreign, 'GET', '/limits')).status, 401);
    });

    test('leaves nothing running when a port is taken', async (t) => {
        const first = await started(t, 'first', {}, quiet);
        const port = Number(new URL(first.info().url).port);
        await assert.rejects(startOrgPair({ ...quiet, target: { port } }), { code: 'EADDRINUSE' });
        await first.stop();
    });

    test('keeps fixed time when asked to', async (t) => {
        const org = await started(t, 'still', {}, { ...quiet, clockFixedAt: '2026-01-01T00:00:00Z' });
        await call(org.info(), 'POST', '/sobjects/Account', { Name: 'Now' });
        const soql = encodeURIComponent('SELECT CreatedDate FROM Account');
        const answer = await call(org.info(), 'GET', `/query?q=${soql}`);
        const { records } = (await answer.json()) as { records: { CreatedDate: string }[] };
        assert.equal(records[0]?.CreatedDate, '2026-01-01T00:00:00.000+0000');
    });
});

describe('a data folder', () => {
    async function within(work: (dataDir: string) => Promise<void>): Promise<void> {
        const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
        try {
            await work(folder);
        } finally {
            rmSync(folder, { recursive: true });
        }
    }

    test('brings the org back with its id, user and rows, and with new tokens', async (t) => {
        await within(async (dataDir) => {
            const options = { ...quiet, dataDir };
            const first: RunningOrg = await started(t, 'kept', {}, options);
            const before = first.info();
            const created = await call(before, 'POST', '/sobjects/Account', { Name: 'Kept', AnnualRevenue: 12 });
            const { id } = (await created.json()) as { id: string };
            await first.stop();

            const second = await started(t, 'kept', {}, options);
            const after = second.info();
            assert.equal(after.id, before.id);
            assert.equal(after.admin.userId, before.admin.userId);
            assert.notEqual(after.admin.accessToken, before.admin.accessToken);
            assert.equal((await call({ ...after, admin: before.admin }, 'GET', '/limits')).status, 401);
            const record = (await (await call(after, 'GET', `/sobjects/Account/${id}`)).json()) as Record<
                string,
                unknown
            >;
            assert.equal(record['Name'], 'Kept');
            const next = await call(after, 'POST', '/sobjects/Account', { Name: 'Next' });
            assert.notEqual(((await next.json()) as { id: string }).id, id);
            await second.stop();
        });
    });

    test('outlives a restart in place, and holds what was written before and after it', async (t) => {
        await within(async (dataDir) => {
            const options = { ...quiet, dataDir };
            const org = await started(t, 'kept', {}, options);
            const before = org.info();
            await call(before, 'POST', '/sobjects/Account', { Name: 'Before' });
            await org.control.restart();
            const after = org.info();
            assert.deepEqual([after.id, after.url], [before.id, before.url]);
            assert.equal((await call({ ...after, admin: before.admin }, 'GET', '/limits')).status, 401);
            assert.equal(await count(after, 'Account'), 1);
            await call(after, 'POST', '/sobjects/Account', { Name: 'After' });
            await org.stop();

            const again = await started(t, 'kept', {}, options);
            assert.equal(again.info().id, before.id);
            assert.equal(await count(again.info(), 'Account'), 2);
            await again.stop();
        });
    });

    test('holds no token', async (t) => {
        await within(async (dataDir) => {
            const org = await started(t, 'kept', {}, { ...quiet, dataDir });
            const { accessToken } = org.info().admin;
            await org.stop();
            const saved = readFileSync(join(dataDir, 'kept.json'), 'utf8');
            assert.ok(saved.includes(org.info().id));
            assert.ok(!saved.includes(accessToken.slice(16)));
        });
    });
});

describe('what tests do to an org past its protocols', () => {
    async function limit(org: OrgInfo): Promise<{ status: number; code: string | undefined; date: number }> {
        const answer = await call(org, 'GET', '/limits');
        const body = (await answer.json()) as readonly { errorCode: string }[];
        return { status: answer.status, code: body[0]?.errorCode, date: Date.parse(answer.headers.get('date') ?? '') };
    }

    test('its clock is moved and shows in the Date header', async (t) => {
        const org = await started(t, 'moved', {}, { ...quiet, clockFixedAt: '2026-01-01T00:00:00Z' });
        await org.control.advanceClock(3_600_000);
        assert.equal(new Date((await limit(org.info())).date).toISOString(), '2026-01-01T01:00:00.000Z');
    });

    test('the API is switched off, and its requests are used up', async (t) => {
        const org = await started(t, 'limited', {}, quiet);
        await org.control.setApi({ used: 15_000 });
        assert.deepEqual(
            { ...(await limit(org.info())), date: 0 },
            { status: 403, code: 'REQUEST_LIMIT_EXCEEDED', date: 0 }
        );
        await org.control.setApi({ used: 0, enabled: false });
        assert.equal((await limit(org.info())).code, 'API_DISABLED_FOR_ORG');
        await org.control.setApi({ enabled: true });
        assert.equal((await limit(org.info())).status, 200);
    });

    test('rows that only the platform makes are written, where the org has the object', async (t) => {
        const plain = await started(t, 'plain', {}, quiet);
        const query = `/query?q=${encodeURIComponent('SELECT Id FROM PartnerNetworkConnection')}`;
        assert.equal((await call(plain.info(), 'GET', query)).status, 400);
        await plain.stop();
        const org = await started(t, 'partner', { partnerNetwork: true }, quiet);
        const rows = [
            { ConnectionName: 'Partner', ConnectionStatus: 'Accepted', ResponseDate: '2020-01-01T00:00:00.000Z' }
        ];
        const [id] = await org.control.writeRows('PartnerNetworkConnection', rows);
        const read = await call(org.info(), 'GET', `/sobjects/PartnerNetworkConnection/${id}`);
        const row = (await read.json()) as Record<string, unknown>;
        assert.deepEqual([row['ConnectionName'], row['ConnectionStatus']], ['Partner', 'Accepted']);
        const insert = await call(org.info(), 'POST', '/sobjects/PartnerNetworkConnection', { ConnectionName: 'Mine' });
        assert.notEqual(insert.status, 201);
    });

    test('a sandbox refresh leaves records, and nothing that was secret', async (t) => {
        const org = await started(t, 'sandbox', {}, quiet);
        const before = org.info();
        await call(before, 'POST', '/sobjects/Account', { Name: 'Kept' });
        const after = await org.control.refreshSandbox();
        assert.notEqual(after.id, before.id);
        assert.notEqual(after.url, before.url);
        assert.deepEqual(org.info(), after);
        assert.equal(after.admin.username, `${before.admin.username}.refreshed`);
        assert.equal(await count(after, 'Account'), 1);
        assert.equal((await call({ ...after, admin: before.admin }, 'GET', '/limits')).status, 401);
        await assert.rejects(call(before, 'GET', '/limits'));
        const answer = await call(
            after,
            'GET',
            `/query?q=${encodeURIComponent('SELECT Id, IsSandbox FROM Organization')}`
        );
        const { records } = (await answer.json()) as { records: { Id: string; IsSandbox: boolean }[] };
        assert.deepEqual(
            records.map(({ Id, IsSandbox }) => ({ Id, IsSandbox })),
            [{ Id: after.id, IsSandbox: true }]
        );
    });
});
