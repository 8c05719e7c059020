import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { callTarget } from '../lib/credential-probe.ts';
import { orgPairConfig } from '../lib/config.ts';
import { BridgeError } from '../lib/errors.ts';
import { findIntegrationUser } from '../lib/integration-user.ts';
import type { LinkFlags } from '../lib/link-plan.ts';
import { linkValues } from '../lib/link-steps.ts';
import { connectOrgs } from '../lib/link.ts';
import { listComponents } from '../lib/metadata-component.ts';
import { presentPlan } from '../lib/present-plan.ts';
import { repairLink } from '../lib/repair.ts';
import { deleteCredential } from '../lib/source-credential.ts';
import { Steps } from '../lib/steps.ts';
import { createConnectedApp } from '../lib/target-app.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { destroy, edit, withoutBlock } from './support/org-edits.ts';

const EXTERNAL = { flow: 'browser', identityProvider: 'external' } as const;
const PROVIDER = { flow: 'browser', identityProvider: 'auth-provider' } as const;

function describeLink(name: string, flags: LinkFlags, tests: (linked: () => LinkedPair) => void): void {
    describe(`bridge connect again: ${name}`, () => {
        let linked: LinkedPair;

        before(async () => {
            linked = await startLinkedPair({ allowNewConnectedApps: true }, flags);
        });

        after(() => linked?.pair.stop());

        tests(() => linked);
    });
}

async function assertWorks({ orgs, plan }: LinkedPair): Promise<void> {
    const { apiPath } = orgPairConfig().target;
    assert.deepEqual(await callTarget(orgs.source, await presentPlan(orgs, plan), apiPath), { ok: true });
}

/** The app exists and nobody has its secret: the error says what brings the link back. */
async function assertNamesRepair({ orgs, steps, plan }: LinkedPair): Promise<void> {
    const error = await connectOrgs(orgs, steps, plan).then(
        () => assert.fail('connect got a secret that no API tells'),
        (thrown: unknown) => thrown
    );
    assert.ok(error instanceof BridgeError, String(error));
    assert.equal(error.code, 'APP_SECRET_UNKNOWN');
    assert.match(error.actions[0] ?? '', /npm run bridge -- repair, .* makes a successor of the app with a new secret/);
}

/** An app of the same name that somebody made: its key and secret are not those that the source has. */
async function replaceApp({ orgs, plan }: LinkedPair): Promise<void> {
    const fullName = plan.appName;
    await destroy(orgs.target, [{ type: 'ConnectedApp', fullName }]);
    const user = await findIntegrationUser(orgs.target, plan);
    await createConnectedApp(orgs.target, plan, linkValues(orgs, plan, user, undefined));
}

describeLink('connected app, client credentials', { app: 'connected-app' }, (linked) => {
    test('a lost secret is an error that names repair, and repair does it', async () => {
        const { orgs, steps, plan } = linked();
        await deleteCredential(orgs.source, plan);
        await assertNamesRepair(linked());
        await repairLink(orgs, steps, plan);
        await assertWorks(linked());
    });

    test('what is stored for another app of the name counts as lost', async () => {
        const { orgs, plan } = linked();
        const present = { ...linked(), plan: await presentPlan(orgs, plan) };
        await replaceApp(present);
        await assertNamesRepair(linked());
    });
});

describeLink('external client app, auth provider', PROVIDER, (linked) => {
    test('an app made anew gets a provider with its key before the consent', async () => {
        const { orgs, plan } = linked();
        await destroy(orgs.target, [{ type: 'ExternalClientApplication', fullName: plan.appName }]);
        await linked().setUp();
        await assertWorks(linked());
        assert.equal((await listComponents(orgs.source, 'AuthProvider')).length, 1, 'the provider of before is left');
    });
});

describeLink('external client app, external identity provider', EXTERNAL, (linked) => {
    test('a call that is refused for another reason than its tokens asks nobody for a consent', async () => {
        const { orgs, plan } = linked();
        const set = { type: 'PermissionSet', fullName: 'Target_Account_API' };
        const undo = await edit(orgs.target, set, withoutBlock('classAccesses', 'RestApiUsingConnectClass'));
        const steps = new Steps({ quiet: true });
        try {
            await assert.rejects(connectOrgs(orgs, steps, plan), { code: 'CREDENTIAL_REFUSED', message: /HTTP 403/ });
        } finally {
            await undo();
        }
        const consent = steps.records.find(({ title }) => title.startsWith('Wait for the consent'));
        assert.equal(consent?.outcome, 'already');
        await assertWorks(linked());
    });
});

describeLink('connected app, auth provider', { app: 'connected-app', ...PROVIDER }, (linked) => {
    test('an app made anew by connect gets a provider with its key before the consent', async () => {
        const { orgs, plan } = linked();
        await destroy(orgs.target, [{ type: 'ConnectedApp', fullName: plan.appName }]);
        await linked().setUp();
        await assertWorks(linked());
        assert.equal((await listComponents(orgs.source, 'AuthProvider')).length, 1, 'the provider of before is left');
    });

    test('an app made anew by somebody else ends the command instead of a wait for a consent', async () => {
        await replaceApp(linked());
        await assertNamesRepair(linked());
    });
});
