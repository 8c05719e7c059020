import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/facts.ts';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { callTarget } from '../lib/credential-probe.ts';
import { orgPairConfig } from '../lib/config.ts';
import { findIntegrationUser } from '../lib/integration-user.ts';
import { soqlString } from '../lib/org-connection.ts';
import { repairLink } from '../lib/repair.ts';
import { revokeLink } from '../revocation/revoke.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';

let linked: LinkedPair;

before(async () => {
    linked = await startLinkedPair();
});

after(() => linked?.pair.stop());

const repair = (): ReturnType<typeof repairLink> => repairLink(linked.orgs, linked.steps, linked.plan);
const call = (): ReturnType<typeof callTarget> =>
    callTarget(linked.orgs.source, linked.plan, orgPairConfig().target.apiPath);

async function assertHealthy(): Promise<void> {
    assert.deepEqual(diagnose(await gatherFacts(linked.orgs, linked.plan)), []);
}

async function integrationUsers(): Promise<{ Username: string; IsActive: boolean }[]> {
    const { records } = await linked.orgs.target.connection.query<{ Username: string; IsActive: boolean }>(
        "SELECT Username, IsActive FROM User WHERE Username LIKE 'integration%'"
    );
    return records.map(({ Username, IsActive }) => ({ Username, IsActive }));
}

/** How many a user of the target has. */
async function openSessions(userId: string): Promise<number> {
    const soql = `SELECT Id FROM AuthSession WHERE UsersId = ${soqlString(userId)}`;
    return (await linked.orgs.target.connection.query(soql)).totalSize;
}

/** HTTP status of the target's API. */
async function answerTo(token: string): Promise<number> {
    const { connection, url } = linked.orgs.target;
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/services/data/v${connection.version}/limits`, { headers });
    await response.arrayBuffer();
    return response.status;
}

describe('bridge revoke', () => {
    for (const now of [false, true]) {
        test(`${now ? '--now ' : ''}refuses calls, secret and token, and repair brings the link back`, async () => {
            assert.deepEqual(await call(), { ok: true });
            const { id, username } = await findIntegrationUser(linked.orgs.target, linked.plan);
            // Those of the app end with it; this one is of another app.
            const other = await linked.logIn(linked.orgs.target.url, username);
            assert.ok((await openSessions(id)) >= 2, 'the call left no session to end');
            assert.equal(await answerTo(other), 200);
            const { users, sessions, proofs } = await revokeLink(linked.orgs, linked.steps, linked.plan, { now });
            assert.deepEqual(users, [linked.orgs.source.username]);
            assert.equal(sessions, 1);
            assert.equal(await answerTo(other), 401);
            assert.equal(await openSessions(id), 0);
            assert.match(proofs.secret ?? '', /^invalid_client_id/);
            assert.equal(proofs.token, 'HTTP 401');
            assert.equal((await call()).ok, false);
            const { verify } = await repair();
            assert.equal(verify.created, 1);
            await assertHealthy();
        });
    }
});

/** Of the source, pushed to the target; answers its id. */
async function pushedAccount(name: string): Promise<string> {
    const { source } = linked.orgs;
    const { id } = await source.connection.sobject('Account').create({ Name: name });
    await evaluateApex(source, '', `AccountHelper.pushToTarget('TargetOrg', '${id}', null)`);
    return String(id);
}

async function keysOf(name: string): Promise<(string | null)[]> {
    const { records } = await linked.orgs.target.connection.query<{ Source_Record_Key__c: string | null }>(
        `SELECT Source_Record_Key__c FROM Account WHERE Name = '${name}'`
    );
    return records.map((row) => row.Source_Record_Key__c);
}

describe('bridge repair after a sandbox refresh', () => {
    for (const role of ['target', 'source'] as const) {
        test(`of the ${role} org, from the config alone`, async () => {
            const before = linked.orgs[role];
            const recordId = await pushedAccount(`Twin, ${role}`);
            await linked.pair.control[role].refreshSandbox({ deactivateUsers: true });
            await linked.reopen();
            assert.notEqual(linked.orgs[role].orgId, before.orgId);
            assert.equal((await call().catch(() => ({ ok: false }))).ok, false);
            const { verify, records } = await repair();
            assert.deepEqual({ ...verify, read: 0 }, { read: 0, created: 1, updated: 1, replayed: 1 });
            await assertHealthy();
            const users = await integrationUsers();
            assert.equal(users.length, 1, `there is a second integration user: ${JSON.stringify(users)}`);
            assert.equal(users[0]?.IsActive, true);
            // Both pushed so far, where it is the source whose id has changed.
            assert.equal(records.changed, role === 'source' ? 2 : 0);
            assert.deepEqual(await keysOf(`Twin, ${role}`), [`${linked.orgs.source.orgId}:${recordId}`]);
        });
    }

    test('records keep their twins; keys of other orgs and keys that are taken are left', async () => {
        const { target } = linked.orgs;
        const recordId = await pushedAccount('Kept');
        const foreign = '00D000000000000AAA:001000000000000AAA';
        const stale = `00D000000000000AAA:${recordId}`;
        const accounts = target.connection.sobject('Account');
        await accounts.create({ Name: 'Foreign', Source_Record_Key__c: foreign });
        const { id } = await accounts.create({ Name: 'Stale', Source_Record_Key__c: stale });
        const { records } = await repair();
        assert.deepEqual(records, { changed: 0, others: 1, taken: [id] });
        assert.deepEqual(await keysOf('Foreign'), [foreign]);
        assert.deepEqual(await keysOf('Stale'), [stale]);
        await evaluateApex(linked.orgs.source, '', `AccountHelper.pushToTarget('TargetOrg', '${recordId}', null)`);
        assert.equal((await keysOf('Kept')).length, 1, 'a second twin was made');
    });
});
