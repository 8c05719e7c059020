import { evaluateApex } from './anonymous-apex.ts';
import { isWithoutAccess, refusedToken } from './callout-refusal.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';

export type CallOutcome =
    | { readonly ok: true }
    /** `status` of the answer; undefined when none came, as without a token. */
    | { readonly ok: false; readonly error: BridgeError; readonly status?: number };

/** Milliseconds: an org that is busy, or wakes up, takes longer than the ten seconds that a callout has otherwise. */
const TIMEOUT_MS = 60_000;

/** Errors of the token endpoint that say that it does not take the secret. Source: RFC 6749, 5.2, and help "OAuth 2.0 Error Codes". */
const WRONG_SECRET: ReadonlySet<string | undefined> = new Set(['invalid_client', 'invalid_client_id']);

/**
 * Calls the target org through the named credential, as your user: the way every Apex call takes. The error of a call that is
 * refused has the code CREDENTIAL_SECRET where the target does not take the secret, CREDENTIAL_ACCESS where nothing is stored
 * or you may not use it, and CREDENTIAL_REFUSED otherwise.
 */
export async function callTarget(source: BridgeOrg, plan: LinkPlan, path: string): Promise<CallOutcome> {
    const endpoint = soqlString(`callout:${plan.namedCredential}${path}?limit=1`);
    const statements =
        `HttpRequest request = new HttpRequest();\nrequest.setMethod('GET');\nrequest.setEndpoint(${endpoint});\n` +
        `request.setTimeout(${TIMEOUT_MS});\n` +
        'HttpResponse response = new Http().send(request);';
    try {
        const status = await evaluateApex<number>(source, statements, 'response.getStatusCode()');
        return status === 200
            ? { ok: true }
            : { ok: false, status, error: refused(plan, `HTTP ${status} for GET ${path}`) };
    } catch (thrown) {
        if (thrown instanceof BridgeError && thrown.code === 'APEX_FAILED') {
            return { ok: false, error: refused(plan, thrown.message) };
        }
        throw thrown;
    }
}

function refused({ namedCredential, flow }: LinkPlan, answer: string): BridgeError {
    return new BridgeError('org', codeOf(answer), `A call through ${namedCredential} failed: ${answer}`, [
        flow === 'browser'
            ? 'Run: npm run bridge -- down, then connect again and log in as a user who has Target_Account_API.'
            : 'Check in the target org that the user has Target_Account_API and that the app has the certificate.'
    ]);
}

function codeOf(answer: string): string {
    if (isWithoutAccess(answer)) {
        return 'CREDENTIAL_ACCESS';
    }
    return WRONG_SECRET.has(refusedToken(answer)) ? 'CREDENTIAL_SECRET' : 'CREDENTIAL_REFUSED';
}
