import type { UnsupportedApex } from '../apex/engine.ts';
import type { Organization } from '../org/bootstrap.ts';
import type { Signup, SignupOutcome, SignupRequest } from '../org/dev-hub.ts';
import type { Fault } from '../lab/fault-plan.ts';
import type { FaultSettings } from '../lab/fault-settings.ts';
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

/** What the embedding process asks of an org beside its protocols: the laboratory's hands inside the worker. */
export type OrgCommand =
    /** Moves the org's clock and runs what is due then. */
    | { readonly kind: 'advance-clock'; readonly ms: number }
    /** Whether the org has the API, and how many of the day's requests are used. */
    | { readonly kind: 'set-api'; readonly enabled?: boolean; readonly used?: number }
    /** Blocks or unblocks a connected app by its developer name. */
    | { readonly kind: 'block-app'; readonly app: string; readonly blocked: boolean }
    /** Holds asynchronous work back until it is asked for, or lets it run by itself again. */
    | { readonly kind: 'hold-jobs'; readonly hold: boolean }
    /** Runs due jobs, at most so many; answers how many ran. */
    | { readonly kind: 'run-jobs'; readonly most: number }
    /** Undoes what runs, forgets what waits in memory; stored rows and secrets stay. */
    | { readonly kind: 'crash' }
    /** Ends the session of an access token; answers whether there was one. */
    | { readonly kind: 'end-session'; readonly token: string }
    | { readonly kind: 'faults'; readonly settings: FaultSettings | undefined }
    | { readonly kind: 'state' }
    /** Writes rows as the platform itself does, past every rule; answers their ids. */
    | { readonly kind: 'write-rows'; readonly object: string; readonly rows: readonly PlatformRow[] }
    /** The org's rows and metadata; no secrets. */
    | { readonly kind: 'snapshot' };

/** Values by field, as in a REST request; numbers as text. */
export type PlatformRow = Readonly<Record<string, string | boolean | null>>;

export interface EngineState {
    /** ISO instant of the org's clock. */
    readonly now: string;
    readonly waitingJobs: number;
    /** When the next job is due. */
    readonly nextDue: string | undefined;
    readonly held: boolean;
}

export type FromEngine =
    | { readonly kind: 'ready'; readonly org: EngineOrg }
    | { readonly kind: 'response'; readonly id: number; readonly response: WireResponse }
    | { readonly kind: 'callout'; readonly id: number; readonly request: CalloutRequest }
    /** A Dev Hub asks for a scratch org, or for its end. */
    | { readonly kind: 'sign-up'; readonly request: SignupRequest }
    | { readonly kind: 'end-signup'; readonly infoId: string }
    /** The org crashed while the request was in progress: it gets no answer. */
    | { readonly kind: 'aborted'; readonly id: number }
    | { readonly kind: 'controlled'; readonly id: number; readonly result: unknown }
    | { readonly kind: 'fault'; readonly fault: Fault }
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
    /** Whether a deploy may create connected apps. */
    readonly allowNewConnectedApps?: boolean | undefined;
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
    /** The org has Salesforce to Salesforce. */
    readonly partnerNetwork?: boolean | undefined;
    /** Set for a scratch org. */
    readonly signup?: Signup | undefined;
    readonly debugger?: DebuggerSettings | undefined;
    readonly unsupportedApex?: UnsupportedApex | undefined;
    /** How far the clock was moved before, in milliseconds. */
    readonly clockMovedMs?: number | undefined;
    /** Rows and metadata to start from; they win over the data file. */
    readonly restored?: OrgSnapshot | undefined;
    readonly faults?: FaultSettings | undefined;
    /** Asynchronous Apex waits until it is asked for. */
    readonly holdJobs?: boolean | undefined;
}

/** `{ workerData }` of the engine's worker. */
export interface EngineStart {
    /** URL of the module that the worker runs. */
    readonly module: string;
    readonly settings: EngineSettings;
    readonly port: import('node:worker_threads').MessagePort;
    /** One 32-bit counter. */
    readonly signal: SharedArrayBuffer;
}
