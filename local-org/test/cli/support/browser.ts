import { setTimeout } from 'node:timers/promises';

/**
 * What a person does in the browser of `sf org login web`: logs in on the org's page, allows the access, and lets the
 * browser follow the answer to the address the tool listens on. Started as the machine's browser, with the URL as its
 * last argument.
 */
async function logIn(start: string): Promise<void> {
    let cookie = '';
    const visit = async (url: string, form?: URLSearchParams): Promise<Response> => {
        const init = form === undefined ? {} : { method: 'POST', body: form };
        const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
        cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
        return response;
    };

    let response = await visit(start);
    for (let step = 0; step < 5; step += 1) {
        const location = response.headers.get('location');
        if (location !== null) {
            return deliver(new URL(location, start));
        }
        const page = await response.text();
        const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
        if (action === undefined) {
            throw new Error(`The page has no form:\n${page}`);
        }
        const form = new URLSearchParams({ decision: 'allow', password: '' });
        for (const [, tag] of page.matchAll(/<input ([^>]*)>/g)) {
            const name = /name="([^"]*)"/.exec(tag)?.[1];
            const value = /value="([^"]*)"/.exec(tag)?.[1];
            if (name !== undefined && value !== undefined) {
                form.set(name, value);
            }
        }
        response = await visit(new URL(action, start).href, form);
    }
    throw new Error('The login does not come to an end.');
}

async function deliver(address: URL): Promise<void> {
    await toolListens(address);
    await fetch(address);
}

/** Milliseconds for an answer to the preflight request, and how often it is asked. */
const PATIENCE = { ms: 1000, attempts: 300 };

/**
 * The tool opens its port first and looks at requests only after the browser command has ended; what came before is never
 * answered. The answer to a preflight request, as browsers send it for private networks, shows that it looks.
 */
async function toolListens(address: URL): Promise<void> {
    const headers = { 'access-control-request-private-network': 'true', 'access-control-request-method': 'GET' };
    for (let attempt = 1; ; attempt += 1) {
        try {
            await fetch(address, { method: 'OPTIONS', headers, signal: AbortSignal.timeout(PATIENCE.ms) });
            return;
        } catch (error) {
            if (attempt === PATIENCE.attempts) {
                throw error;
            }
            await setTimeout(200);
        }
    }
}

const url = process.argv.at(-1) ?? '';
await logIn(url);
