import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

const require = createRequire(import.meta.url);

/** Chromium of the system; `CHROMIUM` names another one. It must not talk to anything but the org. */
export function launchBrowser(): Promise<Browser> {
    return chromium.launch({
        executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
        args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run'
        ]
    });
}

/** Milliseconds for whatever a page waits for, on a machine that is busy. */
const PATIENCE_MS = 120_000;

export async function newContext(browser: Browser, options?: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
}

/** Milliseconds after which `lightning/toast` closes itself, without and with a link. */
const TOAST_MS = [4800, 9600];

/** Runs in each page before its own scripts: a toast stays until it is closed, however long a busy test takes to look. */
function keepToasts(durations: readonly number[]): void {
    const wait = window.setTimeout.bind(window);
    window.setTimeout = ((work: TimerHandler, ms?: number, ...values: unknown[]) =>
        durations.includes(ms ?? 0) ? 0 : wait(work, ms, ...values)) as typeof window.setTimeout;
}

/** A page with its console errors and failed requests; both count as faults. Toasts stay until they are closed. */
export async function openPage(
    browser: Browser,
    size: { width: number; height: number } = { width: 1366, height: 900 }
): Promise<{ page: Page; faults: string[] }> {
    const context = await newContext(browser, { viewport: size, reducedMotion: 'reduce', locale: 'en-US' });
    await context.addInitScript(keepToasts, TOAST_MS);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
        if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
            faults.push(message.text());
        }
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('requestfailed', (request) => faults.push(`${request.url()} ${request.failure()?.errorText}`));
    return { page, faults };
}

/** Waits until every component of the page is mounted. */
export async function waitForComponents(page: Page): Promise<void> {
    await page.waitForSelector('html[data-ready="true"]');
}

export interface AccessibilityViolation {
    readonly id: string;
    readonly targets: readonly string[];
}

/** axe-core with its default rules over the whole page. */
export async function accessibilityViolations(page: Page): Promise<readonly AccessibilityViolation[]> {
    // Through the debugger protocol: the page's own policy forbids scripts from elsewhere.
    await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
    return page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
        const { violations } = await axe.run();
        return violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ html }) => html.slice(0, 200)) }));
    });
}

interface AxeResults {
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
