import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readAppCredentials, type AppCredentials } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { callTarget } from '../lib/credential-probe.ts';
import { BridgeError } from '../lib/errors.ts';
import { findIntegrationUser } from '../lib/integration-user.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { assignPermissionSets, unassignPermissionSet } from '../lib/permission-sets.ts';
import { rotateCredentials } from '../rotation/rotate.ts';
import { Steps } from '../lib/steps.ts';
import { tokenRefusal } from '../lib/token-probe.ts';
import { CALLS, callsDuring } from './support/callouts.ts';
import { refusing } from './support/faults.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';

const TRANSACTIONS = 20;

let linked: LinkedPair;

before(async () => {
    linked = await startLinkedPair();
});

after(() => linked?.pair.stop());

const pairOf = (): Promise<AppCredentials> => {
    const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
    return readAppCredentials(linked.orgs.target, appName, credentialSetupPermissionSet);
};

const rotate = (orgs: LinkedOrgs, steps = new Steps({ quiet: true })): Promise<void> =>
    rotateCredentials(orgs, steps, linked.plan);

async function assertLinkWorks(): Promise<void> {
    assert.deepEqual(await callTarget(linked.orgs.source, linked.plan, orgPairConfig().target.apiPath), { ok: true });
}

async function stopped(orgs: LinkedOrgs, reason = /seeded fault/): Promise<BridgeError> {
    try {
        await rotate(orgs);
    } catch (error) {
        assert.ok(error instanceof BridgeError, String(error));
        assert.equal(error.code, 'ROTATION_STOPPED');
        assert.match(error.message, reason);
        return error;
    }
    return assert.fail('the rotation was not stopped');
}

async function withoutAccess<T>(work: () => Promise<T>): Promise<T> {
    const { target } = linked.orgs;
    const { permissionSets } = orgPairConfig().target;
    const user = await findIntegrationUser(target, linked.plan);
    for (const name of permissionSets) {
        await unassignPermissionSet(target, name, user.id);
    }
    try {
        return await work();
    } finally {
        await assignPermissionSets(target, permissionSets, user.id);
    }
}

describe('bridge rotate', () => {
    test('gives the link another pair and retires the old one', async () => {
        const before = await pairOf();
        await rotate(linked.orgs);
        const after = await pairOf();
        assert.notEqual(after.key, before.key);
        assert.notEqual(after.secret, before.secret);
        assert.match((await tokenRefusal(linked.orgs.target, before)) ?? '', /^invalid_client_id/);
        await assertLinkWorks();
    });

    test(`fails none of ${TRANSACTIONS * CALLS} or more calls in flight`, async (context) => {
        const before = await pairOf();
        const { made, good, during, steps } = await callsDuring(linked, TRANSACTIONS, (paced) =>
            rotate(linked.orgs, paced)
        );
        context.diagnostic(`${made} calls, ${made - good} failed, ${during} within the ${steps} steps`);
        assert.equal(good, made);
        assert.ok(steps >= 4 && during >= steps * CALLS, `only ${during} calls ran while it rotated`);
        assert.notEqual((await pairOf()).key, before.key);
    });

    const points: readonly [string, (orgs: LinkedOrgs) => LinkedOrgs, RegExp][] = [
        [
            'stage',
            ({ source, target }) => ({ source, target: refusing(target, 'requestPost', /staged$/) }),
            /Nothing was changed/
        ],
        [
            'rotate',
            ({ source, target }) => ({ source, target: refusing(target, 'requestPatch', /staged/) }),
            /staged pair was removed again/
        ],
        [
            'store',
            ({ source, target }) => ({ source: refusing(source, 'requestPut', /credential$/, 1), target }),
            /old pair was put back/
        ],
        [
            'store',
            ({ source, target }) => ({ source: refusing(source, 'requestPut', /credential$/), target }),
            /old pair could not be put back\. The link may be down\.$/
        ],
        [
            'retire',
            ({ source, target }) => ({ source, target: refusing(target, 'requestDelete', /staged/) }),
            /old one works until/
        ]
    ];

    for (const [point, breaking, state] of points) {
        test(`stopped at "${point}", leaves a link that works and says what was undone`, async () => {
            const error = await stopped(breaking(linked.orgs));
            assert.match(error.message, new RegExp(`step "${point}"`));
            assert.match(error.message, state);
            await assertLinkWorks();
            await rotate(linked.orgs);
            await assertLinkWorks();
        });
    }

    test('stopped at "prove", leaves the old pair in use, and the next run goes on from there', async () => {
        const before = await pairOf();
        const { target } = linked.orgs;
        // The run-as user may not use the app for a moment: the new pair gets no token.
        const error = await withoutAccess(() => stopped(linked.orgs, /not admin approved/));
        assert.match(error.message, /step "prove"/);
        assert.match(error.message, /The source keeps the old pair/);
        assert.equal(await tokenRefusal(target, before), undefined, 'the old pair was ended');
        await assertLinkWorks();
        await rotate(linked.orgs);
        assert.match((await tokenRefusal(target, before)) ?? '', /^invalid_client_id/);
        await assertLinkWorks();
    });

    test('a link that was made in another way is not touched, and the error says how it was made', async () => {
        const before = await pairOf();
        const other = linkPlan({ flow: 'jwt-bearer' });
        await assert.rejects(rotateCredentials(linked.orgs, new Steps({ quiet: true }), other), {
            code: 'LINK_DIFFERS',
            message: /--flow is client-credentials, not jwt-bearer/
        });
        assert.deepEqual(await pairOf(), before);
    });
});
