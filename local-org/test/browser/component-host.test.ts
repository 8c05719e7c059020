/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { baseComponentModules } from '../../src/lwc/base-components.ts';
import { THEMES } from '../../src/surfaces/page/theme.ts';
import { createPageOrg, deployBundle, deployPage, type PageOrg } from '../lwc/support/page-org.ts';
import { accessibilityViolations, launchBrowser, openPage, waitForComponents } from './support/browser.ts';
import { servePageOrg } from './support/serve-page-org.ts';
import type { Browser, Page } from 'playwright-core';

const SCRIPT = `
import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import read from '@salesforce/apex/Counter.read';
import increase from '@salesforce/apex/Counter.increase';
import { getRecord, getFieldValue, updateRecord } from 'lightning/uiRecordApi';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { RefreshEvent } from 'lightning/refresh';
import NAME from '@salesforce/schema/Account.Name';

export default class Probe extends NavigationMixin(LightningElement) {
    @api recordId;
    @api label;
    step = 1;
    wired;
    frozen = '';

    @wire(read, { step: '$step' })
    onRead(result) {
        this.wired = result;
        if (result.data) {
            try {
                result.data.count = -1;
                this.frozen = 'no';
            } catch {
                this.frozen = 'yes';
            }
        }
    }

    @wire(getRecord, { recordId: '$recordId', fields: [NAME] })
    record;

    get count() { return this.wired?.data?.count; }
    get fault() { return this.wired?.error?.body?.message; }
    get recordName() { return getFieldValue(this.record.data, NAME); }
    refused = '';

    async handleIncrease() { await increase({}); await refreshApex(this.wired); }
    handleFail() { this.step = 0; }
    async handleRename() { await updateRecord({ fields: { Id: this.recordId, Name: 'Renamed' } }); }
    async handleRefused() {
        try {
            await updateRecord({ fields: { Id: this.recordId, Name: '' } });
        } catch (error) {
            this.refused = JSON.stringify(error.body);
        }
    }
    handleToast() { this.dispatchEvent(new ShowToastEvent({ title: 'Saved', message: 'All good', variant: 'success' })); }
    handleRefresh() { this.dispatchEvent(new RefreshEvent()); }
    handleThrow() { throw new Error('probe failed'); }
    handleOpen() {
        this[NavigationMixin.Navigate]({ type: 'standard__objectPage', attributes: { objectApiName: 'Account', actionName: 'list' } });
    }
}
`;

const TEMPLATE = `
<template>
    <lightning-card title={label} icon-name="standard:account">
        <p data-id="count">{count}</p>
        <p data-id="fault">{fault}</p>
        <p data-id="frozen">{frozen}</p>
        <p data-id="name">{recordName}</p>
        <p data-id="refused">{refused}</p>
        <lightning-button label="Increase" onclick={handleIncrease}></lightning-button>
        <lightning-button label="Fail" onclick={handleFail}></lightning-button>
        <lightning-button label="Rename" onclick={handleRename}></lightning-button>
        <lightning-button label="Refuse" onclick={handleRefused}></lightning-button>
        <lightning-button label="Toast" onclick={handleToast}></lightning-button>
        <lightning-button label="Refresh" onclick={handleRefresh}></lightning-button>
        <lightning-button label="Throw" onclick={handleThrow}></lightning-button>
        <lightning-button label="Open" onclick={handleOpen}></lightning-button>
    </lightning-card>
</template>
`;

const BROKEN_SCRIPT = `
import { LightningElement } from 'lwc';
import text from '@salesforce/label/c.Absent';

export default class Broken extends LightningElement {
    text = text;
}
`;

interface ProbeOrg extends PageOrg {
    readonly accountId: string;
    readonly recordUrl: string;
}

function createProbeOrg(): ProbeOrg {
    let count = 1;
    const served = createPageOrg({
        aura: (_className, method, args) => {
            if (args['step'] === 0) {
                return { ok: false, message: 'step must not be 0', exceptionType: 'X', stackTrace: '' };
            }
            if (method === 'increase') {
                count += 1;
                return { ok: true, returnValue: null, cacheable: false };
            }
            return { ok: true, returnValue: { count }, cacheable: true };
        }
    });
    deployBundle(served.metadata, 'probe', { 'probe.js': SCRIPT, 'probe.html': TEMPLATE });
    deployBundle(served.metadata, 'broken', { 'broken.js': BROKEN_SCRIPT });
    deployPage(served.metadata, 'Account_Page', {
        regions: {
            main: [{ name: 'force:detailPanel' }],
            sidebar: [{ name: 'probe', properties: { label: 'Probe' } }, { name: 'broken' }]
        }
    });
    const accountId = served.insert('Account', { Name: 'Acme', Phone: '555-0100' });
    return { ...served, accountId, recordUrl: `/lightning/r/Account/${accountId}/view` };
}

describe('components on a record page', () => {
    let browser: Browser;
    let served: ProbeOrg;
    let server: { url: string; close(): Promise<void> };
    let page: Page;
    let faults: string[];

    before(async () => {
        browser = await launchBrowser();
    });
    beforeEach(async () => {
        await server?.close();
        await page?.context().close();
        served = createProbeOrg();
        server = await servePageOrg(served);
        ({ page, faults } = await openPage(browser));
        await page.goto(server.url + served.recordUrl);
        await waitForComponents(page);
    });
    after(async () => {
        await browser?.close();
        await server?.close();
    });

    const text = (id: string): Promise<string | null> => page.locator(`[data-id="${id}"]`).textContent();
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

    async function waitForText(id: string, expected: string): Promise<void> {
        await page.locator(`[data-id="${id}"]`, { hasText: expected }).waitFor();
    }

    it('mount with the properties of the page and no fault', async () => {
        await page.getByText('Probe', { exact: true }).waitFor();
        await waitForText('count', '1');
        await waitForText('name', 'Acme');
        assert.equal(await text('frozen'), 'yes');
        assert.deepEqual(faults, []);
        assert.deepEqual(served.log, []);
    });

    it('that cannot be shown say why, and leave the others alone', async () => {
        const alert = page.getByRole('alert').filter({ hasText: 'c/broken could not be shown' });
        await alert.getByText('The module @salesforce/label/c.Absent does not exist in this org').waitFor();
        await waitForText('count', '1');
    });

    it('see new data after refreshApex', async () => {
        await waitForText('count', '1');
        await press('Increase');
        await waitForText('count', '2');
    });

    it('get the message of a failing method', async () => {
        await press('Fail');
        await waitForText('fault', 'step must not be 0');
    });

    it('change a record; wires and the page follow', async () => {
        await press('Rename');
        await waitForText('name', 'Renamed');
        await page.getByRole('heading', { level: 1, name: 'Renamed' }).waitFor();
    });

    it('get what the org says about a refused change', async () => {
        await press('Refuse');
        await waitForText('refused', 'REQUIRED_FIELD_MISSING');
    });

    it('read everything again after a RefreshEvent', async () => {
        served.update('Account', served.accountId, { Name: 'Elsewhere' });
        await press('Refresh');
        await waitForText('name', 'Elsewhere');
        await page.getByRole('heading', { level: 1, name: 'Elsewhere' }).waitFor();
    });

    it('show toasts', async () => {
        await press('Toast');
        await page.locator('lightning-toast').getByText('All good').waitFor();
    });

    it('navigate', async () => {
        await press('Open');
        await page.waitForURL(`${server.url}/lightning/o/Account/list`);
        await page.getByRole('link', { name: 'Acme' }).waitFor();
    });

    it('do not fail in silence', async () => {
        await press('Throw');
        await page.locator('lightning-toast').getByText('probe failed').waitFor();
    });

    for (const theme of THEMES) {
        it(`have no accessibility violation in ${theme.label}`, async () => {
            for (const path of [served.recordUrl, '/lightning/o/Account/list', '/']) {
                await page.goto(`${server.url}${path}?theme=${theme.name}`);
                await waitForComponents(page);
                assert.deepEqual(await accessibilityViolations(page), [], path);
            }
        });
    }

    it('can use every base component', async () => {
        const failures = await page.evaluate(mountAll, baseComponentModules());
        assert.deepEqual(failures, []);
    });
});

/** Runs in the page: imports each module, mounts what is a component, and answers what failed. */
async function mountAll(modules: readonly string[]): Promise<string[]> {
    interface Engine {
        createElement(tag: string, options: { is: unknown }): HTMLElement;
        isComponentConstructor(value: unknown): boolean;
    }
    // Named in a variable, for the checker knows the page's modules by no path.
    const engineName = 'lwc';
    const engine = (await import(engineName)) as Engine;
    const failures: string[] = [];
    // These must be given the field that identifies a row.
    const keyed = ['lightning/datatable', 'lightning/treeGrid'];
    // Parts of others, which create them with what they need.
    const parts = ['lightning/multiColumnSortingModal'];
    for (const name of modules) {
        try {
            const { default: component } = (await import(name)) as { default?: unknown };
            if (engine.isComponentConstructor(component) && !parts.includes(name)) {
                const kebab = name.slice('lightning/'.length).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
                const element = engine.createElement(`lightning-${kebab}`, { is: component });
                if (keyed.includes(name)) {
                    Object.assign(element, { keyField: 'id' });
                }
                document.body.append(element);
                element.remove();
            }
        } catch (error) {
            failures.push(`${name}: ${String(error)}`);
        }
    }
    return failures;
}
