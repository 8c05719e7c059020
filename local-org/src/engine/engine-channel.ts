import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { serverUnavailable } from '../http/api-error.ts';
import type { CalloutOutcome, CalloutRequest, CalloutTransport, WireRequest, WireResponse } from '../http/types.ts';
import type { SignupOutcome } from '../org/dev-hub.ts';
import type { OrgSnapshot } from '../org/snapshot.ts';
import type { FromEngine, OrgCommand, ToEngine } from './channel.ts';

export type EngineHandler = (request: WireRequest, nested: boolean) => WireResponse;

export interface EngineChannel {
    readonly transport: CalloutTransport;
    post(message: FromEngine): void;
    /**
     * Serves requests from now on. `nested`: another request waits for its callout below this one. `onStop` runs once,
     * when no request is in progress. `onSignedUp` is told what became of the scratch orgs that the org asked for.
     */
    serve(handle: EngineHandler, events: EngineEvents): void;
    close(): void;
}

export interface EngineEvents {
    onStop(): void;
    onSignedUp(infoId: string, outcome: SignupOutcome): void;
    /** Answers what the command asks for. */
    readonly control: (command: OrgCommand) => OrgSnapshot | undefined;
}

/** Orgs that call each other in circles nest; past this the org answers 503 instead of running out of stack. */
const MAXIMUM_NESTING = 32;

/**
 * The worker's end of the channel. A callout blocks the thread (Apex is synchronous), but not the org: while it waits,
 * requests that come in are served nested, else two orgs that call each other would wait forever.
 */
export function openEngineChannel(port: MessagePort, signal: Int32Array): EngineChannel {
    const outcomes = new Map<number, CalloutOutcome>();
    let handle: EngineHandler = () => serverUnavailable('The org is starting').toResponse();
    let events: EngineEvents = { onStop: () => undefined, onSignedUp: () => undefined, control: () => undefined };
    let lastCallout = 0;
    let nesting = 0;

    function post(message: FromEngine): void {
        port.postMessage(message);
    }

    function receive(message: ToEngine): void {
        switch (message.kind) {
            case 'request':
                post({ kind: 'response', id: message.id, response: answer(message.request) });
                return;
            case 'callout-outcome':
                outcomes.set(message.id, message.outcome);
                return;
            // The event loop turns only when no request is in progress.
            case 'signed-up':
                setImmediate(() => events.onSignedUp(message.infoId, message.outcome));
                return;
            case 'control':
                post({ kind: 'controlled', id: message.id, snapshot: events.control(message.command) });
                return;
            case 'stop':
                setImmediate(() => events.onStop());
        }
    }

    function answer(request: WireRequest): WireResponse {
        return nesting < MAXIMUM_NESTING
            ? handle(request, nesting > 0)
            : serverUnavailable('Too many requests wait for callouts of this org').toResponse();
    }

    function takeMessage(): ToEngine | undefined {
        return receiveMessageOnPort(port)?.message as ToEngine | undefined;
    }

    function waitFor(id: number): CalloutOutcome {
        for (;;) {
            const seen = Atomics.load(signal, 0);
            for (let next = takeMessage(); next !== undefined; next = takeMessage()) {
                receive(next);
                if (outcomes.has(id)) {
                    break;
                }
            }
            const outcome = outcomes.get(id);
            if (outcome !== undefined) {
                outcomes.delete(id);
                return outcome;
            }
            Atomics.wait(signal, 0, seen);
        }
    }

    function send(request: CalloutRequest): CalloutOutcome {
        lastCallout += 1;
        const id = lastCallout;
        post({ kind: 'callout', id, request });
        nesting += 1;
        try {
            return waitFor(id);
        } finally {
            nesting -= 1;
        }
    }

    return {
        transport: { send },
        post,
        serve(handler, told) {
            handle = handler;
            events = told;
            port.on('message', receive);
        },
        close: () => port.close()
    };
}
