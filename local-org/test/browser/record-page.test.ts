import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openOrgs, type LinkedOrgs } from '../../../scripts/lib/context.ts';
import { soqlString } from '../../../scripts/lib/org-connection.ts';
import { projectPath } from '../../../scripts/lib/project.ts';
import { BridgeSandbox } from '../../../scripts/test/bridge-process.ts';
import { THEMES } from '../../src/surfaces/page/theme.ts';
import { accessibilityViolations, launchBrowser, openPage, waitForComponents } from './support/browser.ts';
import type { Browser, Locator, Page } from 'playwright-core';

/** Pictures of the README, taken anew with `UPDATE_SCREENSHOTS=1`: ids and times differ in each run. */
const IMAGES = projectPath('docs', 'images');
const TAKES_PICTURES = process.env['UPDATE_SCREENSHOTS'] === '1';
const API_PERMISSION_SET = 'Target_Account_API';

describe('the account page of the source org', () => {
    const sandbox = new BridgeSandbox();
    let orgs: LinkedOrgs;
    let browser: Browser;
    let page: Page;
    let faults: string[];
    let address: string;
    let panel: Locator;

    before(async () => {
        process.env['TMPDIR'] = sandbox.folder;
        const up = sandbox.start('up', '--json');
        ({ page: address } = JSON.parse(await up.firstLine) as { page: string });
        orgs = await openOrgs({});
        browser = await launchBrowser();
        ({ page, faults } = await openPage(browser, { width: 1366, height: 800 }));
        panel = page.locator('c-target-account-panel');
        await page.goto(address);
        await waitForComponents(page);
    });

    after(async () => {
        await browser?.close();
        await sandbox.dispose();
    });

    async function photograph(name: string): Promise<void> {
        if (!TAKES_PICTURES) {
            return;
        }
        await page.locator('lightning-spinner').waitFor({ state: 'detached' });
        await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled' });
    }

    /** Waits for the toast and closes it, so that it covers nothing afterwards. */
    async function dismissToast(text: string): Promise<void> {
        const toast = page.locator('lightning-toast', { hasText: text });
        await toast.locator('button').click();
        await toast.waitFor({ state: 'detached' });
    }

    /** The line above the comparison; the same text is announced to screen readers elsewhere. */
    async function waitForStatus(text: string): Promise<void> {
        await panel.locator('[data-id="status"]', { hasText: text }).waitFor();
    }

    async function openTab(name: string): Promise<void> {
        await panel.getByRole('tab', { name }).click();
    }

    async function targetAccounts(condition: string): Promise<Record<string, unknown>[]> {
        const soql = `SELECT Id, Name, Phone, AnnualRevenue, Source_Record_Key__c FROM Account WHERE ${condition}`;
        const { records } = await orgs.target.connection.query<Record<string, unknown>>(soql);
        return records;
    }

    it('shows the record, and that the target org has no twin of it yet', async () => {
        const name = await page.getByRole('heading', { level: 1 }).textContent();
        assert.ok(name);
        await panel.getByText('Not in the target org yet').waitFor();
        assert.equal((await targetAccounts(`Name = ${soqlString(name)}`)).length, 0);
    });

    it('creates the twin under the key of this record', async () => {
        await panel.getByRole('button', { name: 'Create in Target Org' }).click();
        await dismissToast('Account created');
        await waitForStatus('In sync with the target org');
        const recordId = new URL(address).pathname.split('/')[4];
        const [twin] = await targetAccounts(`Source_Record_Key__c = ${soqlString(`${orgs.source.orgId}:${recordId}`)}`);
        assert.equal(twin.Name, await page.getByRole('heading', { level: 1 }).textContent());
    });

    it('marks a field that differs, and updates the chosen ones', async () => {
        const recordId = new URL(address).pathname.split('/')[4];
        await orgs.source.connection.sobject('Account').update({ Id: recordId, Phone: '(555) 010-0001' });
        await page.reload();
        await waitForStatus('1 field differs');
        await photograph('difference');
        await panel.getByRole('button', { name: 'Update 1 Field' }).click();
        await dismissToast('Account updated');
        await waitForStatus('In sync with the target org');
        const key = `${orgs.source.orgId}:${recordId}`;
        const [twin] = await targetAccounts(`Source_Record_Key__c = ${soqlString(key)}`);
        assert.equal(twin.Phone, '(555) 010-0001');
    });

    it('finds accounts of the target org by a part of their name', async () => {
        await openTab('All Accounts');
        await panel.getByRole('searchbox', { name: 'Search target accounts by name' }).fill('Grand');
        await panel.getByRole('rowheader', { name: /Grand Hotels/ }).waitFor();
        await panel.getByRole('rowheader', { name: /Dickenson/ }).waitFor({ state: 'detached' });
        assert.equal(await panel.getByRole('rowheader').count(), 1);
    });

    it('edits an account of the target org and saves it there', async () => {
        await panel.getByRole('button', { name: /Edit Grand Hotels/ }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Phone').fill('(312) 555-0199');
        await photograph('edit');
        assert.deepEqual(await accessibilityViolations(page), []);
        await dialog.getByRole('button', { name: 'Save' }).click();
        await dialog.waitFor({ state: 'detached' });
        await dismissToast('Account saved');
        await panel.getByText('(312) 555-0199').waitFor();
        const [changed] = await targetAccounts("Name LIKE 'Grand Hotels%'");
        assert.equal(changed.Phone, '(312) 555-0199');
    });

    it('says what failed and what to check, and recovers', async () => {
        const { target } = orgs;
        const soql = `SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment
            WHERE PermissionSet.Name = ${soqlString(API_PERMISSION_SET)}`;
        const { records } = await target.connection.query<{ Id: string; AssigneeId: string; PermissionSetId: string }>(
            soql
        );
        await target.connection.sobject('PermissionSetAssignment').destroy(records.map(({ Id }) => Id));
        await openTab('This Account');
        await panel.getByRole('button', { name: 'Refresh from the target org' }).click();
        const alert = panel.getByRole('alert').filter({ hasText: 'The account could not be compared' });
        await alert.waitFor();
        assert.match((await alert.textContent()) ?? '', /target/i);
        await photograph('error');
        assert.deepEqual(await accessibilityViolations(page), []);
        const assignments = records.map(({ AssigneeId, PermissionSetId }) => ({ AssigneeId, PermissionSetId }));
        await target.connection.sobject('PermissionSetAssignment').create(assignments);
        await alert.getByRole('button', { name: 'Try Again' }).click();
        await waitForStatus('In sync with the target org');
    });

    for (const theme of THEMES) {
        it(`has no accessibility violation in ${theme.label}`, async () => {
            await page.goto(`${address}?theme=${theme.name}`);
            await waitForComponents(page);
            await waitForStatus('In sync with the target org');
            assert.deepEqual(await accessibilityViolations(page), []);
            await photograph(`record-page-${theme.name}`);
            await openTab('All Accounts');
            await panel.getByRole('rowheader', { name: /Dickenson/ }).waitFor();
            assert.deepEqual(await accessibilityViolations(page), []);
        });
    }

    it('met no error of the browser but the refused comparison', () => {
        const unexpected = faults.filter((fault) => !fault.includes('status of 500'));
        assert.deepEqual(unexpected, []);
    });
});
