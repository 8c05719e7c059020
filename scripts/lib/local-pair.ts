import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FaultSettingsError, startOrgPair, type OrgPair, type OrgPairOptions } from '../../local-org/src/index.ts';
import { BridgeError } from './errors.ts';
import type { LocalSession, OrgRole } from './org-connection.ts';
import { projectRoot } from './project.ts';

/** Sessions of a running local pair. */
export type LocalSessions = Readonly<Record<OrgRole, LocalSession>>;

/** Of the administrators of a pair in this process. */
export function sessionsOf(pair: OrgPair): LocalSessions {
    const { source, target } = pair.info();
    return {
        source: { url: source.url, accessToken: source.admin.accessToken },
        target: { url: target.url, accessToken: target.admin.accessToken }
    };
}

/** An org of the pair that was replaced by its refreshed sandbox. */
export interface RefreshedOrg {
    readonly url: string;
    readonly orgId: string;
    /** Of its administrator, which got the sandbox's name behind it. */
    readonly username: string;
}

export interface RefreshOrder {
    readonly role: OrgRole;
    /** What user names end with afterwards. */
    readonly name: string;
    readonly deactivateUsers: boolean;
}

/** A pair this process runs, reachable for the other commands of the same user until it stops. */
export interface HostedPair {
    readonly sessions: LocalSessions;
    /** What no client of the orgs can do. */
    readonly control: OrgPair['control'];
    /** Address and administrator of the stand-in Dev Hub; undefined when there is none. */
    readonly devHub: { readonly url: string; readonly username: string } | undefined;
    /** Waits until the pages of the pair can be opened, and says how far the build is. */
    preparePage(say: (text: string) => void): Promise<void>;
    /** Resolves when another command asks the pair to stop. */
    readonly stopRequested: Promise<void>;
    stop(): Promise<void>;
}

/**
 * Address under which a running pair hands its sessions to the other commands. A socket that only this user can open, so
 * that access tokens pass from memory to memory and never through a file.
 */
export function controlAddress(): string {
    const id = createHash('sha256').update(projectRoot).digest('hex').slice(0, 12);
    if (process.platform === 'win32') {
        return `\\\\.\\pipe\\org-bridge-${id}`;
    }
    const folder = join(tmpdir(), `org-bridge-${userInfo().uid}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    return join(folder, `${id}.sock`);
}

/** Sessions of the pair that runs for this project; undefined when none does. */
export async function findLocalPair(): Promise<LocalSessions | undefined> {
    const answer = await ask('sessions');
    return answer === undefined ? undefined : (JSON.parse(answer) as LocalSessions);
}

/** Asks the running pair to stop. Answers false when none runs. */
export async function stopLocalPair(): Promise<boolean> {
    return (await ask('stop')) !== undefined;
}

/** Has the running pair refresh one of its orgs. Undefined when none runs. Throws SANDBOX_NOT_REFRESHED. */
export async function refreshLocalOrg(order: RefreshOrder): Promise<RefreshedOrg | undefined> {
    const answer = await ask(`${REFRESH}${JSON.stringify(order)}`);
    if (answer === undefined) {
        return undefined;
    }
    const { problem, ...org } = JSON.parse(answer) as RefreshedOrg & { problem?: string };
    if (problem !== undefined) {
        throw new BridgeError('org', 'SANDBOX_NOT_REFRESHED', `The ${order.role} org was not refreshed: ${problem}`, [
            'Start the pair again: npm run bridge -- local start'
        ]);
    }
    return org;
}

export async function hostLocalPair(options: OrgPairOptions): Promise<HostedPair> {
    if ((await findLocalPair()) !== undefined) {
        throw new BridgeError('user', 'LOCAL_PAIR_RUNNING', 'A local org pair already runs for this project.', [
            'Use it: npm run bridge -- status',
            'Or stop it first: npm run bridge -- local stop'
        ]);
    }
    let sayProgress: ((text: string) => void) | undefined;
    const pair = await startPair({ ...options, onProgress: (text) => sayProgress?.(text) });
    const { promise: stopRequested, resolve } = Promise.withResolvers<void>();
    const server = await listen((command) => {
        if (command === 'stop') {
            resolve();
            return 'stopping';
        }
        return command.startsWith(REFRESH)
            ? refresh(pair, JSON.parse(command.slice(REFRESH.length)) as RefreshOrder)
            : JSON.stringify(sessionsOf(pair));
    });
    const { devHub } = pair.info();
    return {
        control: pair.control,
        get sessions() {
            return sessionsOf(pair);
        },
        devHub: devHub && { url: devHub.url, username: devHub.admin.username },
        stopRequested,
        async preparePage(say) {
            sayProgress = say;
            await pair.pageReady;
        },
        async stop() {
            await new Promise((done) => server.close(done));
            await pair.stop();
        }
    };
}

/** The command before an order as JSON. */
const REFRESH = 'refresh ';

async function refresh(pair: OrgPair, { role, name, deactivateUsers }: RefreshOrder): Promise<string> {
    try {
        const { url, id: orgId, admin } = await pair.control[role].refreshSandbox({ name, deactivateUsers });
        return JSON.stringify({ url, orgId, username: admin.username });
    } catch (thrown) {
        return JSON.stringify({ problem: thrown instanceof Error ? thrown.message : String(thrown) });
    }
}

async function startPair(options: OrgPairOptions): Promise<OrgPair> {
    try {
        return await startOrgPair(options);
    } catch (cause) {
        if (cause instanceof FaultSettingsError) {
            throw new BridgeError(
                'user',
                'FAULT_SETTINGS',
                cause.message,
                ['Pass a seed, --faults 42, or a JSON file with "seed" and "rates".'],
                cause
            );
        }
        if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') {
            const { source, target } = options;
            throw new BridgeError(
                'user',
                'PORT_IN_USE',
                `A port of the local pair is taken (source ${source?.port ?? 0}, target ${target?.port ?? 0}).`,
                ['Pass other ports: --source-port N --target-port N; 0 takes a free one.'],
                cause
            );
        }
        throw cause;
    }
}

async function listen(answer: (command: string) => string | Promise<string>): Promise<Server> {
    const address = controlAddress();
    // A socket file without a listener is left over from a process that was killed.
    if (process.platform !== 'win32') {
        rmSync(address, { force: true });
    }
    const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
        socket.on('error', () => socket.destroy());
        // A client that is killed while it asks does not take the pair down with it.
        text(socket)
            .then(async (command) => socket.end(await answer(command)))
            .catch(() => socket.destroy());
    });
    await new Promise<void>((done, failed) => {
        server.once('error', failed);
        server.listen(address, done);
    });
    if (process.platform !== 'win32') {
        chmodSync(address, 0o600);
    }
    return server;
}

async function ask(command: string): Promise<string | undefined> {
    const socket = createConnection({ path: controlAddress(), allowHalfOpen: true });
    try {
        await new Promise<void>((done, failed) => {
            socket.once('connect', done);
            socket.once('error', failed);
        });
    } catch {
        return undefined;
    }
    socket.end(command);
    return text(socket);
}
