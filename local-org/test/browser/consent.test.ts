import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { orgPairConfig } from '../../../scripts/lib/config.ts';
import { consentUrl } from '../../../scripts/lib/consent.ts';
import { callTarget } from '../../../scripts/lib/credential-probe.ts';
import { findIntegrationUser } from '../../../scripts/lib/integration-user.ts';
import { deleteCredential, readCredentialStatus } from '../../../scripts/lib/source-credential.ts';
import { startLinkedPair, type LinkedPair } from '../../../scripts/test/support/linked-pair.ts';
import { edit } from '../../../scripts/test/support/org-edits.ts';
import { launchBrowser } from './support/browser.ts';
import { allowAccess, type Clicks } from './support/consent.ts';

/** The apps of the matrix are approved by an administrator; this one is approved by its user, on the page of the target. */
describe('a consent that the user gives', () => {
    let linked: LinkedPair;
    let browser: Browser;

    before(async () => {
        linked = await startLinkedPair({}, { flow: 'browser', identityProvider: 'external' });
        browser = await launchBrowser();
        await edit(
            linked.orgs.target,
            { type: 'ExtlClntAppOauthConfigurablePolicies', fullName: 'SalesforceOrgIntegration_oauth_defaultPolicy' },
            (xml) =>
                xml
                    .replace('>AdminApprovedPreAuthorized<', '>AllSelfAuthorized<')
                    .replace(/\s*<commaSeparatedPermissionSet>[^<]*<\/commaSeparatedPermissionSet>/, '')
        );
        await deleteCredential(linked.orgs.source, linked.plan);
    });

    after(async () => {
        await browser?.close();
        await linked?.pair.stop();
    });

    async function click(): Promise<Clicks> {
        const { source, target } = linked.orgs;
        const { username } = await findIntegrationUser(target, linked.plan);
        return allowAccess(browser, await consentUrl(source, linked.plan), username);
    }

    test('is shown and clicked once: the credential then has tokens, and the next login does not ask', async () => {
        const first = await click();
        assert.deepEqual([first.wasAskedToAllow, first.end], [true, 'Access allowed']);
        assert.equal(await readCredentialStatus(linked.orgs.source, linked.plan), 'Configured');
        const { apiPath } = orgPairConfig().target;
        assert.deepEqual(await callTarget(linked.orgs.source, linked.plan, apiPath), { ok: true });
        const second = await click();
        assert.deepEqual([second.wasAskedToAllow, second.end], [false, 'Access allowed']);
    });
});
