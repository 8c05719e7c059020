/** One HTTP exchange as it crosses the thread boundary between the listener and the org's engine. */
export interface WireRequest {
    readonly method: string;
    /** Path and query as received, for example `/services/data/v67.0/query?q=…`. */
    readonly url: string;
    /** Lower-case names. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly remoteAddress: string;
}

export interface WireResponse {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array;
}

/** An outgoing HTTP call of Apex. The engine blocks until the answer is there, as `Http.send()` does. */
export interface CalloutRequest {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly timeoutMs: number;
}

export type CalloutOutcome =
    | {
          readonly ok: true;
          readonly status: number;
          readonly statusText: string;
          readonly headers: Record<string, string>;
          readonly body: Uint8Array;
      }
    | { readonly ok: false; readonly reason: 'timeout' | 'unreachable' | 'tls'; readonly detail: string };

export interface CalloutTransport {
    /** Synchronous. While it waits, the engine serves incoming requests of its org as nested transactions. */
    send(request: CalloutRequest): CalloutOutcome;
    /** Sends and does not wait yet, so that several transactions can wait for one answer. */
    start?(request: CalloutRequest): PendingCallout;
}

export interface PendingCallout {
    /** As `send`; may be called by each who needs the answer, also while another waits below. */
    wait(): CalloutOutcome;
}
