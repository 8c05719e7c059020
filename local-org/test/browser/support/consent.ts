import type { Browser } from 'playwright-core';
import { newContext } from './browser.ts';

/** What a person saw on the way from the source org to the target org and back. */
export interface Clicks {
    /** Title of the target org's login page. */
    readonly login: string;
    readonly wasAskedToAllow: boolean;
    /** Heading of the page of the source org on which the way ended. */
    readonly end: string;
}

/** Does what a person does: opens the address, logs in to the target org, allows access where asked. */
export async function allowAccess(browser: Browser, url: string, username: string): Promise<Clicks> {
    const context = await newContext(browser);
    try {
        const page = await context.newPage();
        await page.goto(url);
        const login = await page.title();
        await page.getByLabel('Username').fill(username);
        await page.getByRole('button', { name: 'Log In' }).click();
        const allow = page.getByRole('button', { name: 'Allow', exact: true });
        const end = page.getByRole('heading', { name: /Access allowed|did not succeed|problem with this login/ });
        await allow.or(end).first().waitFor();
        const wasAskedToAllow = await allow.isVisible();
        if (wasAskedToAllow) {
            await allow.click();
            await end.first().waitFor();
        }
        return { login, wasAskedToAllow, end: (await end.first().textContent()) ?? '' };
    } finally {
        await context.close();
    }
}
