import { randomBytes } from 'node:crypto';
import { invalidRequest } from './oauth-error.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/**
 * Requests that wait for a login or a consent. Pages carry a ticket only, so that what the user agrees to is what was
 * checked, and no other site can send the forms.
 */
export interface PendingRequests {
    /** With a session the ticket is good in that session only. */
    open(request: AuthorizationRequest, sessionToken?: string): string;
    /** Throws when the ticket is unknown, too old, or of another session. */
    find(ticket: string, sessionToken?: string): AuthorizationRequest;
    close(ticket: string): void;
}

const TICKET_MS = 15 * 60_000;

interface Pending {
    readonly request: AuthorizationRequest;
    readonly sessionToken: string | undefined;
    readonly expiresAt: number;
}

const pendingByOrg = new WeakMap<LocalOrg, PendingRequests>();

export function pendingRequestsOf(org: LocalOrg): PendingRequests {
    let pending = pendingByOrg.get(org);
    if (pending === undefined) {
        pending = createPendingRequests(org);
        pendingByOrg.set(org, pending);
    }
    return pending;
}

function createPendingRequests({ clock }: LocalOrg): PendingRequests {
    const waiting = new Map<string, Pending>();
    return {
        open(request, sessionToken) {
            const ticket = randomBytes(24).toString('base64url');
            waiting.set(ticket, { request, sessionToken, expiresAt: clock.now() + TICKET_MS });
            return ticket;
        },
        find(ticket, sessionToken) {
            const found = waiting.get(ticket);
            if (found === undefined || found.expiresAt <= clock.now() || found.sessionToken !== sessionToken) {
                throw invalidRequest('this login was answered already or is too old: start again in the app');
            }
            return found.request;
        },
        close: (ticket) => void waiting.delete(ticket)
    };
}
