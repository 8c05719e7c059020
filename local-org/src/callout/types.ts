import type { PrincipalKey } from '../org/principal-credentials.ts';

/** What `Http.send()` hands over: an absolute URL or `callout:Named_Credential/path`. */
export interface ApexCallout {
    readonly method: string;
    readonly endpoint: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: Uint8Array;
    readonly timeoutMs: number;
}

export interface ApexCalloutResponse {
    readonly status: number;
    readonly statusText: string;
    /** Names as received. */
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: Uint8Array;
}

/** Resolves named credentials, checks principal access, fetches and caches tokens, and sends. */
export interface CalloutGateway {
    /** Throws CalloutFailure with the text that Apex sees in System.CalloutException. */
    send(callout: ApexCallout, userId: string): ApexCalloutResponse;
    /** Fetches a new token for a principal, whoever may use it. Throws CalloutFailure. */
    refresh(key: PrincipalKey): void;
    /** The next call of each principal logs in again. */
    forgetTokens(): void;
}

export class CalloutFailure extends Error {}
