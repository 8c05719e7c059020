import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertNoTokens, BridgeSandbox } from '../../../scripts/test/bridge-process.ts';
import { launchBrowser } from './support/browser.ts';
import { allowAccess, type Clicks } from './support/consent.ts';

/** Every way to link two orgs: each goes from two empty orgs to a verified round trip in one command. */
const APPS = ['external-client-app', 'connected-app'];
const WAYS = [
    ['client-credentials', '-', 'named'],
    ['jwt-bearer', '-', 'named'],
    ['jwt-bearer', '-', 'per-user'],
    ['browser', 'auth-provider', 'named'],
    ['browser', 'auth-provider', 'per-user'],
    ['browser', 'external', 'named'],
    ['browser', 'external', 'per-user']
] as const;

interface UpResult {
    readonly status: string;
    readonly verify: {
        readonly read: number;
        readonly created: number;
        readonly updated: number;
        readonly replayed: number;
    };
}

describe('the matrix of links', () => {
    const sandbox = new BridgeSandbox();
    const rows: string[] = [];
    let browser: Browser;

    before(async () => {
        browser = await launchBrowser();
    });

    after(async () => {
        await browser?.close();
        await sandbox.dispose();
        process.stdout.write(`\n${rows.join('\n')}\n${rows.length} of ${APPS.length * WAYS.length} ways\n`);
    });

    for (const app of APPS) {
        for (const [flow, provider, principal] of WAYS) {
            test(`${app}, ${flow}, ${provider}, ${principal}`, async () => {
                const flags = ['--app', app, '--flow', flow, '--principal', principal, '--allow-connected-apps'];
                const chosen = provider === '-' ? flags : [...flags, '--identity-provider', provider];
                const up = sandbox.start('up', '--exit', '--json', ...chosen);
                const consent = flow === 'browser' ? await clickThrough(up.child.stderr, browser) : undefined;
                const run = await up.finished;

                assert.equal(run.code, 0, run.stdout + run.stderr);
                const { status, verify } = run.json<UpResult>();
                assert.equal(status, 'connected');
                assert.ok(verify.read > 0, 'no Account was read');
                assert.deepEqual({ ...verify, read: 0 }, { read: 0, created: 1, updated: 1, replayed: 1 });
                assertNoTokens(run.stdout + run.stderr, 'the output of the command');
                assert.ok(!(run.stdout + run.stderr).includes('PRIVATE KEY'), 'a private key was printed');
                if (consent !== undefined) {
                    assert.match(consent.login, /^Log In \| Target Org$/);
                    assert.equal(consent.wasAskedToAllow, false, 'an administrator approved the app beforehand');
                    assert.equal(consent.end, 'Access allowed');
                }
                rows.push(
                    `${app.padEnd(20)} ${flow.padEnd(19)} ${provider.padEnd(14)} ${principal.padEnd(9)} verified`
                );
            });
        }
    }

    test('a connected app is refused by orgs as they are since Spring 2026, with the reason', async () => {
        const run = await sandbox.run('up', '--exit', '--json', '--app', 'connected-app');
        assert.equal(run.code, 3);
        const { code, message } = run.json<{ code: string; message: string }>();
        assert.equal(code, 'CONNECTED_APP_REFUSED');
        assert.match(message, /Since Spring 2026/);
    });
});

/** Reads the address that the command prints and clicks through it as the user that it names. */
async function clickThrough(stderr: NodeJS.ReadableStream | null, browser: Browser): Promise<Clicks> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly [url: string, username: string]>();
    let text = '';
    stderr?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const url = /^ +(http:\S+\/services\/oauth2\/authorize\S+)$/m.exec(text)?.[1];
        const username = /as (\S+) and allow access/.exec(text)?.[1];
        if (url !== undefined && username !== undefined) {
            resolve([url, username]);
        }
    });
    stderr?.on('end', () => reject(new Error(`No address was printed:\n${text}`)));
    return allowAccess(browser, ...(await promise));
}
