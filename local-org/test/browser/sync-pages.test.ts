import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { executeAnonymous } from '../../../scripts/lib/anonymous-apex.ts';
import type { BridgeOrg } from '../../../scripts/lib/org-connection.ts';
import { deployMapping, forbidCalls } from '../../../scripts/test/support/sync-metadata.ts';
import { create, rows } from '../../../scripts/test/support/sync-records.ts';
import { startSyncedPair, type SyncedPair } from '../../../scripts/test/synced-pair.ts';
import { eventually } from '../support/eventually.ts';
import { accessibilityViolations, launchBrowser, openPage, waitForComponents } from './support/browser.ts';
import type { Browser, Locator, Page } from 'playwright-core';

interface CaseRow {
    readonly Id: string;
    readonly Subject: string;
    readonly Origin: string | null;
}

describe('the pages of two orgs in step', () => {
    let orgs: SyncedPair;
    let browser: Browser;
    let page: Page;
    let faults: string[];
    let panel: Locator;
    let caseId: string;
    let twinId: string;

    before(async () => {
        orgs = await startSyncedPair({ page: true });
        browser = await launchBrowser();
        ({ page, faults } = await openPage(browser));
        panel = page.locator('c-sync-record-panel');
        // Subjects that both orgs change become conflicts.
        await deployMapping([orgs.source, orgs.target], {
            record: 'Sync_Field.Case_Subject',
            field: 'Conflict_Policy__c',
            value: 'Ask'
        });
        caseId = await create(orgs.source, 'Case', { Subject: 'Printer', Origin: 'Web' });
        [{ Id: twinId }] = await eventually(
            () => cases(orgs.target, "Subject = 'Printer'"),
            (found) => found.length === 1
        );
    });

    after(async () => {
        await browser?.close();
        await orgs?.stop();
    });

    const steer = (org: BridgeOrg, verb: 'pause' | 'resume'): Promise<unknown> => {
        const peer = '[SELECT DeveloperName FROM Sync_Peer__mdt LIMIT 1].DeveloperName';
        return executeAnonymous(org, `SyncPeers.${verb}(${peer}${verb === 'pause' ? ", 'test'" : ''});`);
    };
    const update = (org: BridgeOrg, id: string, values: Partial<CaseRow>): Promise<unknown> =>
        org.connection.sobject('Case').update({ ...values, Id: id });
    const openCase = async (org: BridgeOrg, id: string): Promise<void> => {
        await page.goto(`${org.url}/lightning/r/Case/${id}/view`);
        await waitForComponents(page);
    };
    const twinHas = (values: Partial<CaseRow>): Promise<unknown> =>
        eventually(
            () => cases(orgs.target, `Id = '${twinId}'`),
            ([row]) => Object.entries(values).every(([field, value]) => row?.[field as keyof CaseRow] === value)
        );

    it('show in the other org what changed in one', async () => {
        await openCase(orgs.target, twinId);
        await panel.getByText('In step with the other org').waitFor();
        await panel.getByText(caseId).waitFor();
        await update(orgs.source, caseId, { Subject: 'Printer on fire' });
        await twinHas({ Subject: 'Printer on fire' });
        await page.reload();
        await page
            .getByRole('heading', { level: 1, name: 'Printer on fire' })
            .or(page.getByText('Printer on fire'))
            .first()
            .waitFor();
        await panel.getByText('In step with the other org').waitFor();
        assert.deepEqual(await accessibilityViolations(page), []);
    });

    it('let a person decide what both orgs changed', async () => {
        await Promise.all([steer(orgs.source, 'pause'), steer(orgs.target, 'pause')]);
        await update(orgs.source, caseId, { Subject: 'Printer is red' });
        await update(orgs.target, twinId, { Subject: 'Printer is blue' });
        await Promise.all([steer(orgs.source, 'resume'), steer(orgs.target, 'resume')]);
        await eventually(
            () => rows(orgs.source, "SELECT Id FROM Sync_Conflict__c WHERE Status__c = 'Open'"),
            (found) => found.length === 1
        );
        await openCase(orgs.source, caseId);
        await panel.getByText('Both orgs changed these fields').waitFor();
        assert.deepEqual(await accessibilityViolations(page), []);
        await panel.getByRole('radio', { name: /Take .* of the other org/ }).check();
        await panel.getByRole('button', { name: 'Decide' }).click();
        await panel.getByText('Both orgs changed these fields').waitFor({ state: 'detached' });
        await eventually(
            () => cases(orgs.source, `Id = '${caseId}'`),
            ([row]) => row?.Subject === 'Printer is blue'
        );
        await twinHas({ Subject: 'Printer is blue' });
    });

    it('let an admin send again what was refused', async () => {
        await forbidCalls(orgs.target, true);
        await update(orgs.source, caseId, { Origin: 'Phone' });
        await eventually(
            () => rows(orgs.source, "SELECT Id FROM Sync_Outbox__c WHERE Status__c = 'Dead Letter'"),
            (found) => found.length === 1
        );
        await page.goto(`${orgs.source.url}/lightning/n/Sync_Monitor`);
        await waitForComponents(page);
        await page.getByRole('tab', { name: 'Dead Letters (1)' }).click();
        const letters = page.locator('c-sync-dead-letters');
        await letters.getByText('Calls are kept elsewhere.').waitFor();
        assert.deepEqual(await accessibilityViolations(page), []);

        await forbidCalls(orgs.target, false);
        await letters.locator('[data-id="all"] label').click();
        await letters.getByRole('button', { name: 'Send Again' }).click();
        await twinHas({ Origin: 'Phone' });
        await letters.getByText('Everything was delivered.').waitFor();
    });

    it('show the way of a change in both orgs under one id', async () => {
        const [sent] = await rows(
            orgs.source,
            "SELECT Id, Correlation_Id__c FROM Sync_Log__c WHERE Direction__c = 'Out' AND Outcome__c = 'Applied' ORDER BY Done_At__c DESC LIMIT 1"
        );
        const correlation = String(sent?.['Correlation_Id__c']);
        await page.goto(`${orgs.target.url}/lightning/n/Sync_Monitor`);
        await waitForComponents(page);
        await page.getByRole('tab', { name: 'History' }).click();
        const history = page.locator('c-sync-history');
        await history.getByRole('searchbox').fill(correlation);
        await history
            .getByRole('row')
            .filter({ hasText: 'From the other org' })
            .filter({ hasText: correlation })
            .first()
            .waitFor();
    });

    it('report no fault to the console', () => {
        assert.deepEqual(faults, []);
    });
});

async function cases(org: BridgeOrg, condition: string): Promise<CaseRow[]> {
    const { records } = await org.connection.query<CaseRow>(`SELECT Id, Subject, Origin FROM Case WHERE ${condition}`);
    return records;
}
