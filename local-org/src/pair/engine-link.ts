import { MessageChannel, Worker } from 'node:worker_threads';
import { ConnectionCut } from '../lab/faulty-front.ts';
import type { EngineOrg, EngineSettings, EngineStart, FromEngine, OrgCommand, ToEngine } from '../engine/channel.ts';
import type { CalloutOutcome, CalloutRequest, WireRequest, WireResponse } from '../http/types.ts';
import type { Fault } from '../lab/fault-plan.ts';
import type { ScratchOrgs } from './org-thread.ts';

const WORKER = new URL('../engine/worker.ts', import.meta.url);

/** A callout may hold the engine for two minutes; a stop does not wait for it, but for the data to be saved on a busy machine. */
const STOP_PATIENCE_MS = 30_000;

/** The main thread's end of the channel to an org's worker. */
export interface EngineLink {
    start(settings: EngineSettings): Promise<EngineOrg>;
    /** Rejects with ConnectionCut when the org crashes meanwhile. */
    readonly deliver: (request: WireRequest) => Promise<WireResponse>;
    readonly control: (command: OrgCommand) => Promise<unknown>;
    stop(): Promise<void>;
}

interface EngineLinkOptions {
    readonly name: string;
    /** What the worker runs. */
    readonly module: URL;
    readonly log: (text: string) => void;
    readonly onCrash: (error: Error) => void;
    readonly onFault: (fault: Fault) => void;
    readonly scratchOrgs: ScratchOrgs | undefined;
    readonly callouts: { send(request: CalloutRequest): Promise<CalloutOutcome> };
}

export function createEngineLink(options: EngineLinkOptions): EngineLink {
    const { name, module, log, onCrash, onFault, callouts, scratchOrgs } = options;
    const { port1: port, port2: workerPort } = new MessageChannel();
    const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const wake = new Int32Array(signal);
    const ready = Promise.withResolvers<EngineOrg>();
    const stopped = Promise.withResolvers<void>();
    const pending = new Map<number, PromiseWithResolvers<WireResponse>>();
    const commands = new Map<number, PromiseWithResolvers<unknown>>();
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
            case 'aborted':
                pending.get(message.id)?.reject(new ConnectionCut());
                pending.delete(message.id);
                return;
            case 'controlled':
                commands.get(message.id)?.resolve(message.result);
                commands.delete(message.id);
                return;
            case 'fault':
                onFault(message.fault);
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
        const workerData: EngineStart = { module: module.href, settings, port: workerPort, signal };
        const created = new Worker(WORKER, {
            name,
            workerData,
            transferList: [workerPort],
            stdout: true,
            stderr: true
        });
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
            const answer = Promise.withResolvers<unknown>();
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
        }
    };
}
