import { refusedToken } from '../lib/callout-refusal.ts';
import { orgPairConfig } from '../lib/config.ts';
import { callTarget } from '../lib/credential-probe.ts';
import { BridgeError } from '../lib/errors.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { refreshCredential } from '../lib/source-credential.ts';
import { PROBES } from './outcome.ts';

/** Calls the target several times through the plan's named credential; throws what the first refused call says. */
export async function probeCalls(source: BridgeOrg, plan: LinkPlan): Promise<string> {
    for (let probe = 0; probe < PROBES; probe += 1) {
        const call = await callTarget(source, plan, orgPairConfig().target.apiPath);
        if (!call.ok) {
            throw call.error;
        }
    }
    return `${PROBES} calls answered`;
}

/** Has the source fetch a token. One that cannot on demand fetches it with the next call. Throws TOKEN_REFUSED. */
export async function refreshOrThrow(source: BridgeOrg, plan: LinkPlan): Promise<void> {
    const refusal = await refreshCredential(source, plan);
    if (refusedToken(refusal) !== undefined) {
        throw new BridgeError('org', 'TOKEN_REFUSED', refusal);
    }
}
