import { setTimeout as sleep } from 'node:timers/promises';
import { consentUrl } from '../../lib/consent.ts';
import type { LinkPlan } from '../../lib/link-plan.ts';
import type { BridgeOrg } from '../../lib/org-connection.ts';
import { readCredentialStatus } from '../../lib/source-credential.ts';

/** Milliseconds for which the orgs may refuse the consent while the work deploys what it needs. */
const PATIENCE_MS = 3 * 60_000;

/**
 * Runs work that waits for a consent, and gives it whenever the credential of the plan has no tokens and takes a consent.
 * That may be more than once: the work may give up tokens that were there when it began. Throws when the orgs only refuse,
 * with the last refusal as the cause.
 */
export async function withConsent<T>(
    source: BridgeOrg,
    plan: () => Promise<LinkPlan>,
    username: string,
    work: () => Promise<T>
): Promise<T> {
    let ended = false;
    const working = work().finally(() => {
        ended = true;
    });
    working.catch(() => undefined);
    let good = Date.now();
    while (!ended) {
        try {
            const now = await plan();
            if ((await readCredentialStatus(source, now)) !== 'Configured') {
                await allowAccess(await consentUrl(source, now), username);
            }
            good = Date.now();
        } catch (refusal) {
            if (Date.now() - good > PATIENCE_MS) {
                throw new Error(`The orgs refused the consent for ${PATIENCE_MS / 60_000} minutes.`, {
                    cause: refusal
                });
            }
        }
        await sleep(50);
    }
    return working;
}

/** What a browser does: opens the address, logs in to the target org, allows access where asked, and comes back. */
export async function allowAccess(url: string, username: string): Promise<void> {
    const back = await fetch(await logInTo(url, username));
    if (!back.ok) {
        throw new Error(`The source org answered ${back.status} to the consent: ${await back.text()}`);
    }
    await back.arrayBuffer();
}

/** As far as the target org goes: answers the address that it sends the browser back to. */
export async function logInTo(url: string, username: string): Promise<string> {
    const ticketOf = (text: string): string => /name="request" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const page = await fetch(url, { redirect: 'manual' });
    const form = { request: ticketOf(await page.text()), username, password: '' };
    const origin = new URL(url).origin;
    let answer = await post(`${origin}/services/oauth2/authorize/login`, form, '');
    if (answer.status === 200) {
        const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
        const decision = { request: ticketOf(await answer.text()), decision: 'allow' };
        answer = await post(`${origin}/services/oauth2/authorize/consent`, decision, cookie);
    }
    const callback = answer.headers.get('location');
    if (callback === null) {
        throw new Error(`The target org answered ${answer.status} to the login of ${username}: ${await answer.text()}`);
    }
    return callback;
}

function post(url: string, form: Record<string, string>, cookie: string): Promise<Response> {
    const headers: Record<string, string> = cookie === '' ? {} : { cookie };
    return fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });
}
