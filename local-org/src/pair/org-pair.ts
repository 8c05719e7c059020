import { join } from 'node:path';
import { startOrgThread, type OrgThread } from './org-thread.ts';
import type { StaticFiles } from './static-files.ts';

export interface OrgOptions {
    /** 0, the default, takes a free port. */
    readonly port?: number;
    readonly adminUsername?: string;
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
    /** Files that the listener serves without asking the org. */
    readonly staticFiles?: StaticFiles;
    /** Faults of the local org itself. Standard error when absent. */
    readonly log?: (text: string) => void;
    /** Told what takes time while the orgs start. */
    readonly onProgress?: (text: string) => void;
    /** A worker died. Logged in any case; the org answers 503 afterwards. */
    readonly onCrash?: (orgName: string, error: Error) => void;
}

export interface OrgPairOptions extends CommonOptions {
    readonly source?: OrgOptions;
    readonly target?: OrgOptions;
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
}

export interface RunningOrg {
    info(): OrgInfo;
    /** Saves the data when there is a folder for it, and frees port and thread. */
    stop(): Promise<void>;
}

export interface OrgPair {
    info(): { readonly source: OrgInfo; readonly target: OrgInfo };
    stop(): Promise<void>;
}

const DEFAULT_API_VERSION = '67.0';

/** Starts the two orgs. Each has its own thread, data, ids and users; they reach each other over HTTP only. */
export async function startOrgPair(options: OrgPairOptions = {}): Promise<OrgPair> {
    const { source, target, ...common } = options;
    const started = await Promise.allSettled([startOrg('source', source, common), startOrg('target', target, common)]);
    const running = started.filter((result) => result.status === 'fulfilled').map((result) => result.value);
    const failure = started.find((result) => result.status === 'rejected');
    const stop = async (): Promise<void> => {
        await Promise.all(running.map((org) => org.stop()));
    };
    const [sourceOrg, targetOrg] = running;
    if (failure !== undefined || sourceOrg === undefined || targetOrg === undefined) {
        await stop();
        throw failure?.reason ?? new Error('The org pair did not start');
    }
    return { info: () => ({ source: sourceOrg.info(), target: targetOrg.info() }), stop };
}

/** Starts one org by itself. */
export async function startOrg(name: string, org: OrgOptions = {}, common: CommonOptions = {}): Promise<RunningOrg> {
    const log = common.log ?? ((text: string) => process.stderr.write(`${text}\n`));
    const thread = await startOrgThread({
        name,
        port: org.port ?? 0,
        adminUsername: org.adminUsername ?? `admin@${name}.local`,
        apiVersion: common.apiVersion ?? DEFAULT_API_VERSION,
        dataFile: common.dataDir === undefined ? undefined : join(common.dataDir, `${name}.json`),
        clockFixedAt: common.clockFixedAt,
        toolingCertificate: common.toolingCertificate,
        ...(common.staticFiles && { staticFiles: common.staticFiles }),
        log,
        onCrash: (error) => {
            log(`The org "${name}" crashed: ${error.stack ?? error.message}`);
            common.onCrash?.(name, error);
        }
    });
    return { info: () => infoOf(name, thread), stop: thread.stop };
}

function infoOf(name: string, { url, org }: OrgThread): OrgInfo {
    return { name, id: org.id, url, apiVersion: org.apiVersion, admin: org.admin };
}
