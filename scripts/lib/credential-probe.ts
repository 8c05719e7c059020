import { evaluateApex } from './anonymous-apex.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { soqlString, type BridgeOrg } from './org-connection.ts';

export type CallOutcome =
    | { readonly ok: true }
    /** `status` of the answer; undefined when none came, as without a token. */
    | { readonly ok: false; readonly error: BridgeError; readonly status?: number };

/** Milliseconds: an org that is busy, or wakes up, takes longer than the ten seconds that a callout has otherwise. */
const TIMEOUT_MS = 60_000;

/** Calls the target org through the named credential, as your user: the way every Apex call takes. */
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
    return new BridgeError('org', 'CREDENTIAL_REFUSED', `A call through ${namedCredential} failed: ${answer}`, [
        flow === 'browser'
            ? 'Run: npm run bridge -- down, then connect again and log in as a user who has Target_Account_API.'
            : 'Check in the target org that the user has Target_Account_API and that the app has the certificate.'
    ]);
}
