import { workerData } from 'node:worker_threads';
import { SURFACES } from '../surfaces/index.ts';
import { openEngineChannel } from './engine-channel.ts';
import { createJobHost } from './job-host.ts';
import { createCommands, createEngineFaults } from './laboratory.ts';
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
const faults = createEngineFaults(settings.name, channel.post);
const apexDebugger = settings.debugger === undefined ? undefined : openDebugger(settings.debugger);
const open = openOrg(settings, channel.transport, { log, faults, debugging: apexDebugger });
const { org, save } = open;
const handle = createRequestHandler({ org, surfaces: SURFACES, log });
const jobs = createJobHost({
    org,
    top: channel.top,
    faults: faults.plan,
    onRun: saveSoon,
    log,
    held: settings.holdJobs ?? false
});
faults.use(settings.faults);

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
        saveSoon();
    }
    return response;
}

function saveSoon(): void {
    pendingSave ??= setTimeout(saveNow, SAVE_DELAY_MS);
}

function saveNow(): void {
    clearTimeout(pendingSave);
    pendingSave = undefined;
    save();
}

/** What was in memory is gone: work that waited, and tokens of other orgs. */
function recover(): void {
    org.jobs.clear();
    org.calloutGateway.forgetTokens();
    org.apex.resumeJobs();
}

channel.serve(serve, {
    onSignedUp: (infoId, outcome) => devHub?.settle(infoId, outcome),
    onStop() {
        jobs.stop();
        saveNow();
        apexDebugger?.close();
        channel.post({ kind: 'stopped' });
        channel.close();
    },
    laboratory: { command: createCommands(open, jobs, faults, recover), onCrashed: recover }
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
