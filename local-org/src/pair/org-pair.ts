import { join } from 'node:path';
import { pageStaticFile } from '../lwc/static-files.ts';
import { ensureVendorBundle } from '../lwc/vendor/vendor-bundle.ts';
import { readFaultSettings } from '../lab/fault-settings.ts';
import { createLaboratory, type Laboratory, type PairLaboratory, type PairOrg } from './laboratory.ts';
import { createLaboratoryEndpoint } from './laboratory-endpoint.ts';
import { startOrgThread, type OrgSurroundings, type OrgThread, type OrgThreadOptions } from './org-thread.ts';
import { hostScratchOrgs, scratchOrgSettings } from './scratch-orgs.ts';
import type { UnsupportedApex } from '../apex/engine.ts';
import type { DebuggerSettings, EngineState, PlatformRow } from '../engine/channel.ts';
import type { FaultSettings } from '../lab/fault-settings.ts';
import type { SandboxRefresh } from '../org/sandbox-refresh.ts';
import type { OrgSnapshot } from '../org/snapshot.ts';

export interface OrgOptions {
    /** 0, the default, takes a free port. */
    readonly port?: number;
    readonly adminUsername?: string;
    /**
     * `OrganizationType`; "Developer Edition" when absent. Any other, such as "Enterprise Edition", makes a production
     * org, whose deploys have to run Apex tests.
     */
    readonly organizationType?: string;
    /** The org is a Dev Hub: a new ScratchOrgInfo starts an org of its own. Hub and scratch orgs live in memory only. */
    readonly devHub?: boolean;
    /** The org has Salesforce to Salesforce: PartnerNetworkConnection and its records, which `writeRows` fills. */
    readonly partnerNetwork?: boolean;
    /** Opens Node's inspector for the org's Apex and holds its first run of tests until a debugger is attached. */
    readonly debugger?: DebuggerSettings;
    /**
     * What becomes of Apex that uses a member of the platform that a local org lacks: "refuse", the default, is a compile
     * error; "throw" compiles it to code that throws System.UnsupportedOperationException with the member's name when it is
     * reached, and a warning of the deploy.
     */
    readonly unsupportedApex?: UnsupportedApex;
}

export interface CommonOptions {
    /** Folder for the org's data. In memory only when absent. Secrets and tokens are never part of it. */
    readonly dataDir?: string;
    /** ISO instant at which the clock stands still; the machine's clock when absent. */
    readonly clockFixedAt?: string;
    /** Release that the orgs answer as; "67.0" when absent. */
    readonly apiVersion?: string;
    /** PEM; `sf org login jwt --client-id PlatformCLI` with its private key then logs in as any user. */
    readonly toolingCertificate?: string;
    /** Asynchronous Apex waits until `control` runs it; runs by itself when absent. */
    readonly holdJobs?: boolean;
    /** Orgs that may still create connected apps, as before Spring '26. False when absent. */
    readonly allowNewConnectedApps?: boolean;
    /** Serve pages: builds what the browser loads when it is not there yet. True for a pair when absent. */
    readonly page?: boolean;
    /** Faults of the local org itself. Standard error when absent. */
    readonly log?: (text: string) => void;
    /** Told how far the build of the pages is. */
    readonly onProgress?: (text: string) => void;
    /** A worker died. Logged in any case; the org answers 503 afterwards. */
    readonly onCrash?: (orgName: string, error: Error) => void;
}

export interface OrgPairOptions extends CommonOptions {
    /** Faults at the boundary of the orgs: a seed, or settings as a fault file has them. Throws FaultSettingsError. */
    readonly faults?: unknown;
    readonly source?: OrgOptions;
    readonly target?: OrgOptions;
    /** A stand-in Dev Hub beside the two; none when absent. */
    readonly devHub?: OrgOptions;
}

/** How to reach an org. The token is good for the tooling until the org stops; keep it in memory. */
export interface OrgInfo {
    readonly name: string;
    /** 18 characters. */
    readonly id: string;
    /** `http://localhost:<port>` */
    readonly url: string;
    readonly apiVersion: string;
    readonly admin: { readonly userId: string; readonly username: string; readonly accessToken: string };
    /** `ws://127.0.0.1:9229/…`; undefined when the org is not debugged. */
    readonly debuggerUrl: string | undefined;
}

/** What no client of an org can do: for tests, and for trying how a link takes it. */
export interface OrgControl {
    /** Moves the org's clock on by milliseconds, negative ones set it back; what is due then runs. */
    advanceClock(ms: number): Promise<void>;
    /** Whether the org has the API at all, and how many of the day's requests are used. */
    setApi(api: { readonly enabled?: boolean; readonly used?: number }): Promise<void>;
    /** Blocks a connected app as an administrator does in Setup > Connected Apps OAuth Usage, or lets it in again. */
    setAppBlocked(app: string, blocked: boolean): Promise<void>;
    /**
     * Replaces the org by its refreshed sandbox: another org id and another address, user names with a suffix, no secrets
     * and no sessions; see `org/sandbox-refresh.ts`. `info()` is of the new org afterwards.
     */
    refreshSandbox(refresh?: Partial<SandboxRefresh>): Promise<OrgInfo>;
    /** The org loses what is in its memory: requests in progress, queued work, tokens of other orgs. Rows stay. */
    crash(downMs?: number): Promise<void>;
    /** As a crash, with a new worker: sessions and secrets are gone too, and `info()` has a new token. */
    restart(): Promise<void>;
    /** Writes rows that only the platform makes, as it makes them, past triggers and rules; gives their ids. */
    writeRows(object: string, rows: readonly PlatformRow[]): Promise<string[]>;
    /** Whether asynchronous Apex waits until `runJobs`; what is no Apex, such as a Bulk API job, goes on. */
    holdJobs(hold: boolean): Promise<void>;
    /** Runs due asynchronous work, at most so many pieces; gives how many ran. */
    runJobs(most?: number): Promise<number>;
    state(): Promise<EngineState>;
}

export interface RunningOrg {
    info(): OrgInfo;
    readonly control: OrgControl;
    /** Saves the data when there is a folder for it, and frees port and thread. */
    stop(): Promise<void>;
}

export interface OrgPair {
    info(): { readonly source: OrgInfo; readonly target: OrgInfo; readonly devHub?: OrgInfo };
    readonly control: Readonly<Record<PairOrg, OrgControl>>;
    readonly laboratory: Laboratory;
    /**
     * Resolves when what the pages load is built: some seconds the first time, at once after it. Rejects with the build's
     * own messages. Everything but the pages works before.
     */
    readonly pageReady: Promise<void>;
    stop(): Promise<void>;
}

const DEFAULT_API_VERSION = '67.0';

/** Starts the two orgs. Each has its own thread, data, ids and users; they reach each other over HTTP only. */
export async function startOrgPair(options: OrgPairOptions = {}): Promise<OrgPair> {
    const { source, target, devHub, page = true, faults, ...rest } = options;
    const settings = faults === undefined ? undefined : readFaultSettings(faults);
    const common = { ...rest, page, faults: settings };
    const threads: Partial<Record<PairOrg, OrgThread>> = {};
    const orgs = (): Record<PairOrg, OrgThread> => threads as Record<PairOrg, OrgThread>;
    const laboratory = createLaboratory(settings, orgs);
    const start = async (name: PairOrg, org: OrgOptions | undefined): Promise<RunningOrg> => {
        const surroundings = surroundingsOf(name, laboratory, orgs);
        return launch(name, org, { ...common, surroundings }, (thread) => (threads[name] = thread));
    };
    const launched = [start('source', source), start('target', target)];
    if (devHub !== undefined) {
        launched.push(launch('devhub', { ...devHub, devHub: true }, { ...rest, page }));
    }
    const running = await together(launched);
    const [sourceOrg, targetOrg, hub] = running as [RunningOrg, RunningOrg, RunningOrg?];
    const pageReady = buildPage(common);
    // Who opens no page need not look at the promise.
    pageReady.catch(() => undefined);
    return {
        info: () => ({
            source: sourceOrg.info(),
            target: targetOrg.info(),
            ...(hub !== undefined && { devHub: hub.info() })
        }),
        control: { source: sourceOrg.control, target: targetOrg.control },
        laboratory,
        pageReady,
        stop: async () => {
            await Promise.all(running.map((org) => org.stop()));
        }
    };
}

function surroundingsOf(
    name: PairOrg,
    laboratory: PairLaboratory,
    orgs: () => Record<PairOrg, OrgThread>
): OrgSurroundings {
    const peer = name === 'source' ? 'target' : 'source';
    return {
        plan: laboratory.plan,
        onFault: laboratory.note,
        peerAt: (url) => (url.startsWith(`${orgs()[peer].url}/`) ? orgs()[peer] : undefined),
        laboratory: createLaboratoryEndpoint({
            laboratory,
            orgs,
            self: () => orgs()[name],
            deliver: (request) => orgs()[name].deliver(request)
        })
    };
}

/** Starts one org by itself. */
export async function startOrg(name: string, org: OrgOptions = {}, common: CommonOptions = {}): Promise<RunningOrg> {
    const [running] = await together([launch(name, org, common)]);
    await buildPage(common);
    return running;
}

/** All of them, in order; when one cannot start, none is left running. */
async function together(launched: readonly Promise<RunningOrg>[]): Promise<RunningOrg[]> {
    const started = await Promise.allSettled(launched);
    const failure = started.find((result) => result.status === 'rejected');
    const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    if (failure !== undefined) {
        await Promise.all(running.map((org) => org.stop()));
        throw failure.reason;
    }
    return running;
}

/** Some seconds the first time, nothing after it. */
async function buildPage({ page, onProgress }: CommonOptions): Promise<void> {
    if (page === true) {
        await ensureVendorBundle({
            onProgress: ({ compiled, expected }) => onProgress?.(`page: ${compiled} of ${expected} modules compiled`)
        });
    }
}

interface LaunchOptions extends CommonOptions {
    readonly faults?: FaultSettings | undefined;
    readonly surroundings?: OrgSurroundings;
}

async function launch(
    name: string,
    org: OrgOptions = {},
    common: LaunchOptions,
    onStarted?: (thread: OrgThread) => void
): Promise<RunningOrg> {
    if (org.devHub === true) {
        return launchDevHub(name, org, common);
    }
    const options = threadOptions(name, org, common);
    let thread = await startOrgThread(options);
    onStarted?.(thread);
    const info = (): OrgInfo => infoOf(name, thread);
    return {
        info,
        control: {
            ...controlOf(() => thread),
            async refreshSandbox(wanted = {}) {
                const refresh = { name: 'refreshed', deactivateUsers: false, ...wanted };
                const snapshot = (await thread.control({ kind: 'snapshot' })) as OrgSnapshot;
                await thread.stop();
                thread = await startOrgThread({ ...options, port: 0, refreshOf: { snapshot, refresh } });
                onStarted?.(thread);
                return info();
            }
        },
        stop: () => thread.stop()
    };
}

/** The orgs of a hub get its tooling certificate, so that who logged in to the hub by JWT can log in to them. */
async function launchDevHub(name: string, org: OrgOptions, common: CommonOptions): Promise<RunningOrg> {
    const { dataDir: _inMemoryOnly, ...rest } = common;
    const options = threadOptions(name, org, rest);
    const scratchOrgs = hostScratchOrgs(
        (request) => startOrgThread({ ...threadOptions('scratch', {}, rest), ...scratchOrgSettings(request) }),
        options.log
    );
    const thread = await startOrgThread({ ...options, devHub: true, scratchOrgs });
    return {
        info: () => infoOf(name, thread),
        control: {
            ...controlOf(() => thread),
            refreshSandbox: () => Promise.reject(new Error('A Dev Hub is no sandbox: it cannot be refreshed'))
        },
        stop: async () => {
            await Promise.all([thread.stop(), scratchOrgs.close()]);
        }
    };
}

function threadOptions(name: string, org: OrgOptions, common: LaunchOptions): OrgThreadOptions {
    const log = common.log ?? ((text: string) => process.stderr.write(`${text}\n`));
    return {
        name,
        port: org.port ?? 0,
        adminUsername: org.adminUsername ?? `admin@${name}.local`,
        ...(org.organizationType !== undefined && {
            organization: { name, type: org.organizationType, instanceName: 'LOCAL', isSandbox: false }
        }),
        apiVersion: common.apiVersion ?? DEFAULT_API_VERSION,
        dataFile: common.dataDir === undefined ? undefined : join(common.dataDir, `${name}.json`),
        clockFixedAt: common.clockFixedAt,
        debugger: org.debugger,
        unsupportedApex: org.unsupportedApex,
        partnerNetwork: org.partnerNetwork,
        toolingCertificate: common.toolingCertificate,
        faults: common.faults,
        holdJobs: common.holdJobs,
        ...(common.surroundings !== undefined && { surroundings: common.surroundings }),
        allowNewConnectedApps: common.allowNewConnectedApps,
        ...(common.page === true && { staticFiles: pageStaticFile }),
        log,
        onCrash: (error) => {
            log(`The org "${name}" crashed: ${error.stack ?? error.message}`);
            common.onCrash?.(name, error);
        }
    };
}

function controlOf(thread: () => OrgThread): Omit<OrgControl, 'refreshSandbox'> {
    return {
        advanceClock: (ms) => thread().advanceClock(ms),
        setApi: async (api) => void (await thread().control({ kind: 'set-api', ...api })),
        setAppBlocked: async (app, blocked) => void (await thread().control({ kind: 'block-app', app, blocked })),
        crash: (downMs = 0) => thread().crash(downMs),
        restart: () => thread().restart(),
        writeRows: async (object, rows) => (await thread().control({ kind: 'write-rows', object, rows })) as string[],
        holdJobs: async (hold) => void (await thread().control({ kind: 'hold-jobs', hold })),
        runJobs: async (most = Number.MAX_SAFE_INTEGER) => Number(await thread().control({ kind: 'run-jobs', most })),
        state: async () => (await thread().control({ kind: 'state' })) as EngineState
    };
}

function infoOf(name: string, { url, org }: OrgThread): OrgInfo {
    return { name, id: org.id, url, apiVersion: org.apiVersion, admin: org.admin, debuggerUrl: org.debuggerUrl };
}
