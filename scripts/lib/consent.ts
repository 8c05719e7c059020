import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { BridgeError, toBridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import type { BridgeOrg } from './org-connection.ts';
import { principalType, readCredentialStatus } from './source-credential.ts';

/** How long a person may take, in milliseconds. */
const PATIENCE_MS = 10 * 60_000;
/** Looks at the credential this many times as slowly as at something that runs in the org. */
const PACE = 3;

export interface ConsentReport {
    progress(text: string): void;
}

/**
 * The one thing that needs a person: someone logs in to the target org and allows access. Asks the source org for the
 * address, opens or prints it, and waits until the credential says that tokens are there.
 * (Connect REST API Developer Guide, External Credential OAuth URL.)
 */
export async function waitForConsent(
    source: BridgeOrg,
    plan: LinkPlan,
    logInAs: string,
    report: ConsentReport
): Promise<void> {
    const url = await offeredUrl(source, plan);
    const opened = process.stderr.isTTY && openInBrowser(url);
    process.stderr.write(
        `\n  ${opened ? 'Opened' : 'Open'} in a browser where ${source.username} is logged in to the source org:\n  ${url}\n` +
            `  Log in to the target org as ${logInAs} and allow access.\n`
    );
    const started = Date.now();
    while ((await readCredentialStatus(source, plan)) !== 'Configured') {
        const waited = Date.now() - started;
        if (waited > PATIENCE_MS) {
            throw new BridgeError(
                'org',
                'CONSENT_MISSING',
                `Nobody allowed access in ${PATIENCE_MS / 60_000} minutes, or the target org refused it.`,
                [
                    'Run the command again, with the same flags, and open the address it prints.',
                    'The page of the target org says why it refuses; see docs/flows.md.'
                ]
            );
        }
        report.progress(`waiting for the consent, ${Math.round(waited / 1000)} s of ${PATIENCE_MS / 60_000} min`);
        await sleep(source.pollMs * PACE);
    }
}

/** Throws LOGIN_NOT_OFFERED when the source has no provider that could begin a login. */
async function offeredUrl(source: BridgeOrg, plan: LinkPlan): Promise<string> {
    try {
        return await consentUrl(source, plan);
    } catch (cause) {
        const { code, message } = toBridgeError(cause);
        if (code !== 'INVALID_API_INPUT') {
            throw cause;
        }
        throw new BridgeError(
            'org',
            'LOGIN_NOT_OFFERED',
            `The source org cannot begin a login: ${message}`,
            ['Run: npm run bridge -- repair, with the same flags: it provides what the login needs.'],
            cause
        );
    }
}

/** The address holds a state that is good once, and no secret. */
export async function consentUrl(source: BridgeOrg, plan: LinkPlan): Promise<string> {
    const answer = await source.connection.requestPost<{ authenticationUrl: string }>(
        `${source.connection.baseUrl()}/named-credentials/credential/auth-url/o-auth`,
        {
            externalCredential: plan.externalCredential,
            principalName: plan.principalName,
            principalType: principalType(plan)
        }
    );
    // Apex Reference, ConnectApi.OAuthCredentialAuthUrl: "undo the encoded and escaped characters" before use.
    return answer.authenticationUrl.replaceAll('&amp;', '&');
}

const OPENERS: Readonly<Record<string, readonly string[]>> = {
    darwin: ['open'],
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
    linux: ['xdg-open']
};

function openInBrowser(url: string): boolean {
    const [command, ...args] = OPENERS[process.platform] ?? [];
    if (command === undefined || process.env['CI'] !== undefined) {
        return false;
    }
    const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
    // Without a desktop the address is on the screen anyway.
    child.on('error', () => undefined);
    child.unref();
    return true;
}
