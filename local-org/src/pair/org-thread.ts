import { MessageChannel, Worker } from 'node:worker_threads';
import { createCalloutClient } from './callout-client.ts';
import { openFront } from './front.ts';
import type { StaticFiles } from './static-files.ts';
import type { EngineOrg, EngineSettings, EngineStart, FromEngine, OrgCommand, ToEngine } from '../engine/channel.ts';
import type { OrgSnapshot } from '../org/snapshot.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';
import type { SignupOutcome, SignupRequest } from '../org/dev-hub.ts';

export interface OrgThreadOptions extends Omit<EngineSettings, 'baseUrl'> {
    /** 0 takes a free port. */
    readonly port: number;
    readonly staticFiles?: StaticFiles;
    /** Module of the worker; the org's engine when absent. */
    readonly engine?: URL;
    readonly log: (text: string) => void;
    /** The worker died: an exception that nothing caught, or out of memory. The org answers 503 from then on. */
    readonly onCrash: (error: Error) => void;
    /** Runs the scratch orgs of a Dev Hub. */
    readonly scratchOrgs?: ScratchOrgs;
}

export interface ScratchOrgs {
    start(request: SignupRequest): Promise<SignupOutcome>;
    stop(infoId: string): Promise<void>;
}

export interface OrgThread {
    readonly url: string;
    readonly org: EngineOrg;
    readonly control: (command: OrgCommand) => Promise<OrgSnapshot | undefined>;
    readonly stop: () => Promise<void>;
}

/** A callout may hold the engine for two minutes; a stop does not wait for it. */
const STOP_PATIENCE_MS = 5000;
const ENGINE = new URL('../engine/worker.ts', import.meta.url);

/** One org: its listener and its callouts on this thread, everything else in a worker. Resolves when it serves. */
export async function startOrgThread(options: OrgThreadOptions): Promise<OrgThread> {
    const { port, staticFiles, engine: entry = ENGINE, log, onCrash, scratchOrgs, ...settings } = options;
    const engine = createEngineLink({ name: settings.name, entry, log, onCrash, scratchOrgs });
    const front = await openFront(port, { deliver: engine.deliver, staticFiles, log });
    const url = `http://localhost:${front.port}`;
    const stop = async (): Promise<void> => {
        await engine.stop();
        await front.close();
    };
    try {
        return { url, org: await engine.start({ ...settings, baseUrl: url }), control: engine.control, stop };
    } catch (error) {
        await stop();
        throw error;
    }
}

interface EngineLink {
    start(settings: EngineSettings): Promise<EngineOrg>;
    readonly deliver: (request: WireRequest) => Promise<WireResponse>;
    readonly control: OrgThread['control'];
    stop(): Promise<void>;
}

interface EngineLinkOptions {
    readonly name: string;
    readonly entry: URL;
    readonly log: (text: string) => void;
    readonly onCrash: (error: Error) => void;
    readonly scratchOrgs: ScratchOrgs | undefined;
}

function createEngineLink({ name, entry, log, onCrash, scratchOrgs }: EngineLinkOptions): EngineLink {
    const { port1: port, port2: workerPort } = new MessageChannel();
    const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const wake = new Int32Array(signal);
    const callouts = createCalloutClient();
    const ready = Promise.withResolvers<EngineOrg>();
    const stopped = Promise.withResolvers<void>();
    const pending = new Map<number, PromiseWithResolvers<WireResponse>>();
    const commands = new Map<number, PromiseWithResolvers<OrgSnapshot | undefined>>();
    let lastRequest = 0;
    let gone: Error | undefined;
    let worker: Worker | undefined;

    function post(message: ToEngine): void {
        port.postMessage(message);
        Atomics.add(wake, 0, 1);
        Atomics.notify(wake, 0);
    }

    function receive(message: FromEngine): void {
        switch (message.kind) {
            case 'ready':
                ready.resolve(message.org);
                return;
            case 'response':
                pending.get(message.id)?.resolve(message.response);
                pending.delete(message.id);
                return;
            case 'controlled':
                commands.get(message.id)?.resolve(message.snapshot);
                commands.delete(message.id);
                return;
            case 'callout':
                void callouts.send(message.request).then((outcome) => {
                    post({ kind: 'callout-outcome', id: message.id, outcome });
                });
                return;
            case 'sign-up':
                void scratchOrgs?.start(message.request).then((outcome) => {
                    post({ kind: 'signed-up', infoId: message.request.infoId, outcome });
                });
                return;
            case 'end-signup':
                void scratchOrgs?.stop(message.infoId);
                return;
            case 'log':
                log(message.text);
                return;
            case 'stopped':
                stopped.resolve();
        }
    }

    function fail(error: Error): void {
        gone ??= error;
        ready.reject(error);
        stopped.resolve();
        [...pending.values(), ...commands.values()].forEach((waiting) => waiting.reject(error));
        pending.clear();
        commands.clear();
    }

    function spawn(settings: EngineSettings): Worker {
        const workerData: EngineStart = { settings, port: workerPort, signal };
        const created = new Worker(entry, { name, workerData, transferList: [workerPort], stdout: true, stderr: true });
        created.stdout.setEncoding('utf8').on('data', log);
        created.stderr.setEncoding('utf8').on('data', log);
        created.on('error', (error: Error) => {
            fail(error);
            onCrash(error);
        });
        created.on('exit', () => fail(new Error(`The org "${name}" has stopped`)));
        return created;
    }

    return {
        start(settings) {
            port.on('message', receive);
            worker = spawn(settings);
            return ready.promise;
        },
        deliver(request) {
            if (gone !== undefined) {
                return Promise.reject(gone);
            }
            lastRequest += 1;
            const answer = Promise.withResolvers<WireResponse>();
            pending.set(lastRequest, answer);
            post({ kind: 'request', id: lastRequest, request });
            return answer.promise;
        },
        control(command) {
            if (gone !== undefined) {
                return Promise.reject(gone);
            }
            lastRequest += 1;
            const answer = Promise.withResolvers<OrgSnapshot | undefined>();
            commands.set(lastRequest, answer);
            post({ kind: 'control', id: lastRequest, command });
            return answer.promise;
        },
        async stop() {
            if (gone === undefined) {
                post({ kind: 'stop' });
                const patience = setTimeout(stopped.resolve, STOP_PATIENCE_MS);
                await stopped.promise;
                clearTimeout(patience);
            }
            await worker?.terminate();
            port.close();
            callouts.close();
        }
    };
}
