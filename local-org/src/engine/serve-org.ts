import { workerData } from 'node:worker_threads';
import { SURFACES } from '../surfaces/index.ts';
import { openEngineChannel } from './engine-channel.ts';
import { openDebugger } from './open-debugger.ts';
import { openOrg } from './open-org.ts';
import { createDevHub } from '../org/dev-hub.ts';
import { createRequestHandler } from './request-handler.ts';
import type { EngineStart } from './channel.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';

/** What the worker runs: the org behind the channel, saved to disk when it has a file. */
const { settings, port, signal } = workerData as EngineStart;
const channel = openEngineChannel(port, new Int32Array(signal));
const log = (text: string): void => channel.post({ kind: 'log', text });
const apexDebugger = settings.debugger === undefined ? undefined : openDebugger(settings.debugger);
const { org, save, control } = openOrg(settings, channel.transport, log, apexDebugger);
const handle = createRequestHandler({ org, surfaces: SURFACES, log });

/** Scratch orgs start and end outside the transactions of their hub. */
const devHub = settings.devHub
    ? createDevHub(org, {
          start: (request) => channel.post({ kind: 'sign-up', request }),
          stop: (infoId) => channel.post({ kind: 'end-signup', infoId })
      })
    : undefined;

/** Milliseconds after a write until the data is on disk. */
const SAVE_DELAY_MS = 1000;
let pendingSave: NodeJS.Timeout | undefined;

function serve(request: WireRequest, nested: boolean): WireResponse {
    // What a nested request writes must outlive a rollback of the transaction that waits below it.
    const response = nested ? org.database.detached(() => handle(request)) : handle(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
        if (!nested) {
            devHub?.review();
        }
        pendingSave ??= setTimeout(saveNow, SAVE_DELAY_MS);
    }
    return response;
}

function saveNow(): void {
    clearTimeout(pendingSave);
    pendingSave = undefined;
    save();
}

channel.serve(serve, {
    onSignedUp: (infoId, outcome) => devHub?.settle(infoId, outcome),
    onStop() {
        saveNow();
        apexDebugger?.close();
        channel.post({ kind: 'stopped' });
        channel.close();
    },
    control
});
const session = org.sessions.open({
    userId: org.admin.userId,
    scopes: new Set(['api', 'web', 'full']),
    lifetimeMs: Number.POSITIVE_INFINITY
});
channel.post({
    kind: 'ready',
    org: {
        id: org.id,
        apiVersion: org.apiVersion,
        admin: { ...org.admin, accessToken: session.token },
        debuggerUrl: apexDebugger?.url
    }
});
