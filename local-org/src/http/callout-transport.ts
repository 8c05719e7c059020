import type { CalloutRequest, CalloutTransport, PendingCallout } from './types.ts';

/** Starts a callout. A transport that cannot has the answer when it returns. */
export function startCallout(transport: CalloutTransport, request: CalloutRequest): PendingCallout {
    if (transport.start !== undefined) {
        return transport.start(request);
    }
    const outcome = transport.send(request);
    return { wait: () => outcome };
}
