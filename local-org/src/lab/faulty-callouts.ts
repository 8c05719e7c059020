import { serverUnavailable, platformError } from '../http/api-error.ts';
import type { CalloutOutcome, CalloutRequest, WireResponse } from '../http/types.ts';
import type { Fault, FaultPlan } from './fault-plan.ts';

/** What the laboratory does to an org from outside. */
export interface OrgHands {
    readonly name: string;
    /** The org loses what is in its memory, and does not answer for so long. */
    readonly crash: (downMs: number) => Promise<void>;
    readonly endSession: (token: string) => Promise<void>;
    readonly advanceClock: (ms: number) => Promise<void>;
}

export interface FaultyCalloutsOptions {
    readonly plan: () => FaultPlan | undefined;
    readonly self: OrgHands;
    /** The org of the pair that a URL belongs to. */
    readonly peerAt: (url: string) => OrgHands | undefined;
    readonly send: (request: CalloutRequest) => Promise<CalloutOutcome>;
}

export interface FaultyCallouts {
    readonly send: (request: CalloutRequest) => Promise<CalloutOutcome>;
    /** Lets requests arrive that were held back. */
    readonly flush: () => Promise<void>;
}

const RESET: CalloutOutcome = { ok: false, reason: 'unreachable', detail: 'ECONNRESET' };
const REFUSED: CalloutOutcome = { ok: false, reason: 'unreachable', detail: 'ECONNREFUSED' };
const TIMED_OUT: CalloutOutcome = { ok: false, reason: 'timeout', detail: 'Read timed out' };
/** How many later calls a held request lets pass at most. */
const LONGEST_HOLD = 4;

/** The outgoing calls of an org to the other one of the pair, struck as the plan says; calls elsewhere go as they are. */
export function createFaultyCallouts({ plan, self, peerAt, send }: FaultyCalloutsOptions): FaultyCallouts {
    let held: { readonly request: CalloutRequest; passes: number }[] = [];
    let refusedLogins = 0;

    async function strike(fault: Fault, request: CalloutRequest, peer: OrgHands): Promise<CalloutOutcome> {
        const { latencyMs, downMs } = plan()!.settings;
        switch (fault.kind) {
            case 'cut':
                return RESET;
            case 'drop-response':
                await send(request);
                return TIMED_OUT;
            case 'token-revoked':
                refusedLogins = 1;
                await endSession(request, peer);
                return isLogin(request) ? refuseLogin() : send(request);
            case 'token-expired':
                await endSession(request, peer);
                return send(request);
            case 'latency':
                await delay(fault.size * latencyMs);
                return send(request);
            case 'duplicate':
                await send(request);
                return send(request);
            case 'reorder':
                held.push({ request, passes: 1 + Math.floor(fault.size * LONGEST_HOLD) });
                return RESET;
            case 'crash-self':
                if (fault.size >= 0.5) await send(request);
                await self.crash(downMs);
                return RESET;
            case 'crash-peer':
                if (fault.size >= 0.5) await send(request);
                await peer.crash(downMs);
                return fault.size >= 0.5 ? RESET : REFUSED;
            default:
                return outcomeOf(refusalFor(fault));
        }
    }

    function refuseLogin(): CalloutOutcome {
        refusedLogins -= 1;
        const body = { error: 'invalid_grant', error_description: 'authentication failure' };
        return outcomeOf({ status: 400, headers: {}, body: JSON.stringify(body) });
    }

    async function releaseHeld(): Promise<void> {
        held.forEach((entry) => {
            entry.passes -= 1;
        });
        const due = held.filter(({ passes }) => passes <= 0);
        held = held.filter(({ passes }) => passes > 0);
        for (const { request } of due) await send(request);
    }

    return {
        async send(request) {
            const peer = peerAt(request.url);
            const current = plan();
            if (peer === undefined || current === undefined) return send(request);
            if (isLogin(request) && refusedLogins > 0) return refuseLogin();
            const moved = current.decide(self.name, 'clock', 'clock');
            if (moved !== undefined) await self.advanceClock(Math.round(moved.size * current.settings.clockMs));
            const what = `${request.method} ${new URL(request.url).pathname}`;
            const fault = current.decide(self.name, 'callout', what);
            const outcome = await (fault === undefined ? send(request) : strike(fault, request, peer));
            if (fault?.kind !== 'reorder') await releaseHeld();
            return outcome;
        },
        async flush() {
            const rest = held;
            held = [];
            for (const { request } of rest) await send(request);
        }
    };
}

function isLogin({ url }: CalloutRequest): boolean {
    return new URL(url).pathname === '/services/oauth2/token';
}

async function endSession({ headers }: CalloutRequest, peer: OrgHands): Promise<void> {
    const [, value = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
    if (value.startsWith('Bearer ')) await peer.endSession(value.slice('Bearer '.length));
}

/** Answers of a Salesforce host that did not take the request (REST API Developer Guide, Status Codes and Error Responses). */
export function refusalFor({ kind }: Fault): WireResponse {
    switch (kind) {
        case 'status-429': {
            const response = platformError(429, 'REQUEST_LIMIT_EXCEEDED', 'Too many requests').toResponse();
            return { ...response, headers: { ...response.headers, 'retry-after': '1' } };
        }
        case 'api-limit':
            return platformError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.').toResponse();
        default:
            return serverUnavailable('The service is temporarily unavailable').toResponse();
    }
}

function outcomeOf({ status, headers, body }: WireResponse): CalloutOutcome {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    return { ok: true, status, statusText: '', headers: { ...headers }, body: bytes };
}

export function delay(ms: number): Promise<void> {
    return new Promise((done) => {
        setTimeout(done, ms);
    });
}
