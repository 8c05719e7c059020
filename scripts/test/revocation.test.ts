import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/facts.ts';
import { callTarget } from '../lib/credential-probe.ts';
import { orgPairConfig } from '../lib/config.ts';
import { repairLink } from '../lib/repair.ts';
import { revokeLink } from '../lib/revocation.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';

let linked: LinkedPair;

before(async () => {
    linked = await startLinkedPair();
});

after(() => linked.pair.stop());

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

describe('bridge revoke', () => {
    for (const now of [false, true]) {
        test(`${now ? '--now ' : ''}refuses calls, secret and token, and repair brings the link back`, async () => {
            assert.deepEqual(await call(), { ok: true });
            const { users, sessions, proofs } = await revokeLink(linked.orgs, linked.steps, linked.plan, { now });
            assert.deepEqual(users, [linked.orgs.source.username]);
            assert.ok(sessions >= 0);
            assert.match(proofs.secret, /^invalid_client_id/);
            assert.equal(proofs.token, 'HTTP 401');
            assert.equal((await call()).ok, false);
            const verified = await repair();
            assert.equal(verified.created, 1);
            await assertHealthy();
        });
    }
});

describe('bridge repair after a sandbox refresh', () => {
    for (const role of ['target', 'source'] as const) {
        test(`of the ${role} org, from the config alone`, async () => {
            const before = linked.orgs[role];
            await linked.pair.control[role].refreshSandbox({ deactivateUsers: true });
            await linked.reopen();
            assert.notEqual(linked.orgs[role].orgId, before.orgId);
            assert.equal((await call().catch(() => ({ ok: false }))).ok, false);
            const verified = await repair();
            assert.deepEqual({ ...verified, read: 0 }, { read: 0, created: 1, updated: 1, replayed: 1 });
            await assertHealthy();
            const users = await integrationUsers();
            assert.equal(users.length, 1, `there is a second integration user: ${JSON.stringify(users)}`);
            assert.equal(users[0]?.IsActive, true);
        });
    }
});
