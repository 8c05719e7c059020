import type { Organization } from '../org/bootstrap.ts';
import type { Signup, SignupOutcome, SignupRequest } from '../org/dev-hub.ts';
import type { OrgSnapshot } from '../org/snapshot.ts';
import type { SandboxRefresh } from '../org/sandbox-refresh.ts';
import type { CalloutOutcome, CalloutRequest, WireRequest, WireResponse } from '../http/types.ts';

/** What the main thread sends to an org's worker. After each message it raises the shared signal and wakes the worker. */
export type ToEngine =
    | { readonly kind: 'request'; readonly id: number; readonly request: WireRequest }
    | { readonly kind: 'callout-outcome'; readonly id: number; readonly outcome: CalloutOutcome }
    /** Answer to `sign-up`. */
    | { readonly kind: 'signed-up'; readonly infoId: string; readonly outcome: SignupOutcome }
    | { readonly kind: 'control'; readonly id: number; readonly command: OrgCommand }
    | { readonly kind: 'stop' };

/** What the embedding process does to an org past its protocols, for tests of what time, limits and refreshes bring. */
export type OrgCommand =
    | { readonly kind: 'advance-clock'; readonly ms: number }
    /** Whether the org has the API, and how many of the day's requests are used. */
    | { readonly kind: 'set-api'; readonly enabled?: boolean; readonly used?: number }
    /** Answers the org's rows and metadata. */
    | { readonly kind: 'snapshot' };

export type FromEngine =
    | { readonly kind: 'ready'; readonly org: EngineOrg }
    | { readonly kind: 'response'; readonly id: number; readonly response: WireResponse }
    | { readonly kind: 'controlled'; readonly id: number; readonly snapshot: OrgSnapshot | undefined }
    | { readonly kind: 'callout'; readonly id: number; readonly request: CalloutRequest }
    /** A Dev Hub asks for a scratch org, or for its end. */
    | { readonly kind: 'sign-up'; readonly request: SignupRequest }
    | { readonly kind: 'end-signup'; readonly infoId: string }
    | { readonly kind: 'log'; readonly text: string }
    | { readonly kind: 'stopped' };

/** What the embedding process learns of an org beside its protocols. The token never leaves memory. */
export interface EngineOrg {
    readonly id: string;
    readonly apiVersion: string;
    readonly admin: { readonly userId: string; readonly username: string; readonly accessToken: string };
    /** Address of the inspector; undefined when the org is not debugged. */
    readonly debuggerUrl?: string | undefined;
}

/** How Apex is debugged: over Node's inspector, on loopback. */
export interface DebuggerSettings {
    /** 0 takes a free port. */
    readonly port: number;
    /** URL of the source by its file in the package: `classes/X.cls` to `file:///…/X.cls`. */
    readonly sources: Readonly<Record<string, string>>;
}

/** Worker data; everything in it can be cloned. */
export interface EngineSettings {
    readonly name: string;
    readonly baseUrl: string;
    readonly apiVersion: string;
    readonly adminUsername: string;
    /** PEM of the certificate whose key signs JWT logins of the command line tools as `PlatformCLI`. */
    readonly toolingCertificate: string | undefined;
    /** File of the snapshot; in memory only when absent. */
    readonly dataFile: string | undefined;
    /** The org that this one is the refreshed sandbox of. */
    readonly refreshOf?: { readonly snapshot: OrgSnapshot; readonly refresh: SandboxRefresh } | undefined;
    /** ISO instant at which the org's clock stands still; the machine's clock when absent. */
    readonly clockFixedAt: string | undefined;
    /** The administrator's address; the user name when absent. */
    readonly adminEmail?: string | undefined;
    /** A Developer Edition org with the name when absent. */
    readonly organization?: Organization | undefined;
    readonly devHub?: boolean;
    /** Set for a scratch org. */
    readonly signup?: Signup | undefined;
    readonly debugger?: DebuggerSettings | undefined;
}

/** `{ workerData }` of the engine's worker. */
export interface EngineStart {
    readonly settings: EngineSettings;
    readonly port: import('node:worker_threads').MessagePort;
    /** One 32-bit counter. */
    readonly signal: SharedArrayBuffer;
}
