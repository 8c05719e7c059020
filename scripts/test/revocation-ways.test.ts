import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { callTarget } from '../lib/credential-probe.ts';
import { orgPairConfig } from '../lib/config.ts';
import { integrationUsername } from '../lib/integration-user.ts';
import type { LinkFlags } from '../lib/link-plan.ts';
import { listComponents } from '../lib/metadata-component.ts';
import { presentPlan } from '../lib/present-plan.ts';
import { repairLink, type Repair } from '../lib/repair.ts';
import { revokeLink } from '../revocation/revoke.ts';
import { withConsent } from './support/consent.ts';
import { refusingDeploys } from './support/faults.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';

const EXTERNAL = { flow: 'browser', identityProvider: 'external' } as const;
const PROVIDER = { flow: 'browser', identityProvider: 'auth-provider' } as const;

/** `secret`, `token`: what answers in the proof; null where the way has none that could be tried. */
const WAYS: readonly (readonly [name: string, flags: LinkFlags, secret: RegExp | null, token: string | null])[] = [
    ['JWT bearer', { flow: 'jwt-bearer' }, /^invalid_client_id/, 'HTTP 401'],
    ['JWT bearer, connected app', { app: 'connected-app', flow: 'jwt-bearer' }, /^invalid_grant/, 'HTTP 401'],
    ['client credentials, connected app', { app: 'connected-app' }, null, null],
    ['browser, auth provider', PROVIDER, /^invalid_client_id/, null],
    ['browser, external identity provider', EXTERNAL, /^invalid_client_id/, null],
    ['browser, auth provider, connected app', { app: 'connected-app', ...PROVIDER }, null, null],
    ['browser, external identity provider, connected app', { app: 'connected-app', ...EXTERNAL }, null, null]
];

for (const [name, flags, secret, token] of WAYS) {
    describe(`the life of a link: ${name}`, () => {
        let linked: LinkedPair;

        before(async () => {
            linked = await startLinkedPair({ allowNewConnectedApps: true }, flags);
        });

        after(() => linked?.pair.stop());

        async function works(): Promise<boolean> {
            const { apiPath } = orgPairConfig().target;
            return (await callTarget(linked.orgs.source, linked.plan, apiPath).catch(() => ({ ok: false }))).ok;
        }

        async function repair(): Promise<Repair> {
            const { orgs, steps, plan } = linked;
            const work = (): Promise<Repair> => repairLink(orgs, steps, plan);
            const username = integrationUsername(orgs.target, plan.flow);
            return plan.flow === 'browser'
                ? withConsent(orgs.source, () => presentPlan(orgs, plan), username, work)
                : work();
        }

        test('revoke refuses calls, secret and token, and repair brings the link back', async () => {
            assert.ok(await works());
            const { proofs, refreshTokens } = await revokeLink(linked.orgs, linked.steps, linked.plan, { now: true });
            assert.equal(refreshTokens > 0, linked.plan.flow === 'browser');
            assert.equal(proofs.secret === null, secret === null);
            assert.match(proofs.secret ?? '', secret ?? /^$/);
            assert.equal(proofs.token, token);
            assert.equal(await works(), false);
            assert.equal((await repair()).verify.created, 1);
            assert.ok(await works());
        });

        if (flags.app === 'connected-app' && flags.flow === undefined) {
            test('repair keeps the app when something else than its secret fails', async () => {
                const apps = await listComponents(linked.orgs.target, 'ConnectedApp');
                const target = refusingDeploys(linked.orgs.target, /connectedApps\//, { times: 1 });
                await assert.rejects(repairLink({ ...linked.orgs, target }, linked.steps, linked.plan), {
                    errorCode: 'SERVER_UNAVAILABLE'
                });
                assert.deepEqual(await listComponents(linked.orgs.target, 'ConnectedApp'), apps);
                assert.ok(await works());
            });
        }

        for (const role of ['target', 'source'] as const) {
            test(`repair restores it after a refresh of the ${role} org`, async () => {
                await linked.pair.control[role].refreshSandbox({ deactivateUsers: true });
                await linked.reopen();
                assert.equal(await works(), false);
                assert.deepEqual(
                    { ...(await repair()).verify, read: 0 },
                    { read: 0, created: 1, updated: 1, replayed: 1 }
                );
                assert.ok(await works());
                assert.ok((await listComponents(linked.orgs.target, 'ConnectedApp')).length < 2, 'an old app is left');
            });
        }
    });
}
