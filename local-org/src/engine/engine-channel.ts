import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { serverUnavailable } from '../http/api-error.ts';
import type {
    CalloutOutcome,
    CalloutRequest,
    CalloutTransport,
    PendingCallout,
    WireRequest,
    WireResponse
} from '../http/types.ts';
import type { SignupOutcome } from '../org/dev-hub.ts';
import { OrgCrashed } from '../http/org-crashed.ts';
import type { OrgCommand, FromEngine, ToEngine } from './channel.ts';

export type EngineHandler = (request: WireRequest, nested: boolean) => WireResponse;
/** Answers a command of the laboratory. Throws OrgCrashed for a crash while other work is in progress. */
export type CommandHandler = (command: OrgCommand, nested: boolean) => unknown;

export interface Laboratory {
    readonly command: CommandHandler;
    /** The work that was in progress is undone; called when the last of it has ended. */
    readonly onCrashed: () => void;
}

export interface EngineChannel {
    readonly transport: Required<CalloutTransport>;
    readonly post: (message: FromEngine) => void;
    /**
     * Serves requests from now on. `nested`: another request waits for its callout below this one. `onStop` runs once,
     * when no request is in progress. `onSignedUp` is told what became of the scratch orgs that the org asked for.
     */
    serve(handle: EngineHandler, events: EngineEvents): void;
    /** Runs work that no request asked for; a crash ends it quietly. */
    readonly top: (work: () => void) => void;
    close(): void;
}

export interface EngineEvents {
    onStop(): void;
    onSignedUp(infoId: string, outcome: SignupOutcome): void;
    readonly laboratory?: Laboratory;
}

/** Orgs that call each other in circles nest; past this the org answers 503 instead of running out of stack. */
const MAXIMUM_NESTING = 32;

/**
 * The worker's end of the channel. A callout blocks the thread (Apex is synchronous), but not the org: while it waits,
 * requests that come in are served nested, else two orgs that call each other would wait forever.
 */
export function openEngineChannel(port: MessagePort, signal: Int32Array): EngineChannel {
    const waiting = new Map<number, { outcome: CalloutOutcome | undefined }>();
    let handle: EngineHandler = () => serverUnavailable('The org is starting').toResponse();
    let events: EngineEvents = { onStop: () => undefined, onSignedUp: () => undefined };
    let lastCallout = 0;
    let nesting = 0;

    function post(message: FromEngine): void {
        port.postMessage(message);
    }

    function receive(message: ToEngine): void {
        switch (message.kind) {
            case 'request':
                respond(message.id, message.request);
                return;
            case 'control':
                obey(message.id, message.command);
                return;
            case 'callout-outcome':
                settle(message.id, message.outcome);
                return;
            // The event loop turns only when no request is in progress.
            case 'signed-up':
                setImmediate(() => events.onSignedUp(message.infoId, message.outcome));
                return;
            case 'stop':
                setImmediate(() => events.onStop());
        }
    }

    function respond(id: number, request: WireRequest): void {
        try {
            post({ kind: 'response', id, response: answer(request) });
        } catch (error) {
            if (error instanceof OrgCrashed) post({ kind: 'aborted', id });
            throw error;
        }
    }

    function obey(id: number, asked: OrgCommand): void {
        try {
            post({ kind: 'controlled', id, result: events.laboratory?.command(asked, nesting > 0) });
        } catch (error) {
            if (error instanceof OrgCrashed) post({ kind: 'controlled', id, result: undefined });
            throw error;
        }
    }

    function top(work: () => void): void {
        try {
            work();
        } catch (error) {
            if (!(error instanceof OrgCrashed)) throw error;
            waiting.clear();
            events.laboratory?.onCrashed();
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

    function settle(id: number, outcome: CalloutOutcome): void {
        const callout = waiting.get(id);
        waiting.delete(id);
        if (callout !== undefined) {
            callout.outcome = outcome;
        }
    }

    function waitFor(callout: { readonly outcome: CalloutOutcome | undefined }): CalloutOutcome {
        for (;;) {
            const seen = Atomics.load(signal, 0);
            let next = callout.outcome === undefined ? takeMessage() : undefined;
            while (next !== undefined) {
                receive(next);
                next = callout.outcome === undefined ? takeMessage() : undefined;
            }
            if (callout.outcome !== undefined) {
                return callout.outcome;
            }
            Atomics.wait(signal, 0, seen);
        }
    }

    function start(request: CalloutRequest): PendingCallout {
        lastCallout += 1;
        const callout: { outcome: CalloutOutcome | undefined } = { outcome: undefined };
        waiting.set(lastCallout, callout);
        post({ kind: 'callout', id: lastCallout, request });
        return {
            wait() {
                nesting += 1;
                try {
                    return waitFor(callout);
                } finally {
                    nesting -= 1;
                }
            }
        };
    }

    return {
        transport: { start, send: (request) => start(request).wait() },
        post,
        serve(handler, told) {
            handle = handler;
            events = told;
            port.on('message', (message: ToEngine) => top(() => receive(message)));
        },
        top,
        close: () => port.close()
    };
}
