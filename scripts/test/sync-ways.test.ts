import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readDeployedLogin } from '../lib/deployed-link.ts';
import { integrationUsername } from '../lib/integration-user.ts';
import { setUpSync, swapped } from '../sync/set-up.ts';
import { withConsent } from './support/consent.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { create, twinOf } from './support/sync-records.ts';

/** A link that is made in another way than the config says: the way back is made in the same one. */
describe('records in step over a link of the browser flow', () => {
    let linked: LinkedPair;

    before(async () => {
        linked = await startLinkedPair({}, { flow: 'browser', identityProvider: 'external' });
    });

    after(() => linked?.pair.stop());

    test('the way back has the flow of the link, and records travel both ways', async () => {
        const { orgs, steps, plan } = linked;
        const back = swapped(orgs);
        const username = integrationUsername(back.target, plan.flow);
        await withConsent(
            back.source,
            () => Promise.resolve(plan),
            username,
            () => setUpSync(orgs, steps, plan)
        );
        assert.equal((await readDeployedLogin(back.source, plan))?.flow, 'browser');
        for (const org of [orgs.source, orgs.target]) {
            const id = await create(org, 'Account', { Name: `Of the ${org.role} org` });
            assert.match(await twinOf(org, id), /^001/);
        }
    });
});
