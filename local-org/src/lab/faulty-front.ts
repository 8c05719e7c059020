import { delay, refusalFor, type OrgHands } from './faulty-callouts.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';
import type { FaultPlan } from './fault-plan.ts';

/** The connection ends without an answer. */
export class ConnectionCut extends Error {
    constructor() {
        super('The connection was cut');
    }
}

export type Deliver = (request: WireRequest) => Promise<WireResponse>;

/** Requests that reach an org, struck as the plan says. Rejects with ConnectionCut. */
export function createFaultyFront(plan: () => FaultPlan | undefined, org: OrgHands, deliver: Deliver): Deliver {
    return async (request) => {
        const current = plan();
        const path = request.url.split('?', 1)[0] ?? '';
        // Pages and what they load are for people.
        if (current === undefined || !path.startsWith('/services/')) return deliver(request);
        const fault = current.decide(org.name, 'api', `${request.method} ${path}`);
        if (fault === undefined) return deliver(request);
        switch (fault.kind) {
            case 'cut':
                throw new ConnectionCut();
            case 'drop-response':
                await deliver(request);
                throw new ConnectionCut();
            case 'token-expired':
                await org.endSession((request.headers['authorization'] ?? '').replace(/^Bearer /, ''));
                return deliver(request);
            case 'latency':
                await delay(fault.size * current.settings.latencyMs);
                return deliver(request);
            case 'duplicate':
                await deliver(request);
                return deliver(request);
            default:
                return refusalFor(fault);
        }
    };
}
