import { orgPairConfig } from '../lib/config.ts';
import { callTarget } from '../lib/credential-probe.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
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
