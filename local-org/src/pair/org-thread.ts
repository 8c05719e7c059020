import { createFaultyCallouts, type OrgHands } from '../lab/faulty-callouts.ts';
import { ConnectionCut, createFaultyFront } from '../lab/faulty-front.ts';
import { createCalloutClient } from './callout-client.ts';
import { engineModule } from './engine-bundle.ts';
import { createEngineLink, type EngineLink } from './engine-link.ts';
import { openFront, type FrontOptions } from './front.ts';
import type { EngineOrg, EngineSettings, OrgCommand } from '../engine/channel.ts';
import type { Fault, FaultPlan } from '../lab/fault-plan.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';
import type { SignupOutcome, SignupRequest } from '../org/dev-hub.ts';
import type { OrgSnapshot } from '../org/snapshot.ts';

/** What an org knows of the laboratory that it stands in. */
export interface OrgSurroundings {
    readonly plan: () => FaultPlan | undefined;
    readonly peerAt: (url: string) => OrgHands | undefined;
    /** Faults inside the org's worker. */
    readonly onFault: (fault: Fault) => void;
    readonly laboratory: FrontOptions['laboratory'];
}

export interface OrgThreadOptions extends Omit<EngineSettings, 'baseUrl' | 'restored'> {
    /** 0 takes a free port. */
    readonly port: number;
    readonly staticFiles?: FrontOptions['staticFiles'];
    /** What the worker runs; the org's engine when absent. */
    readonly engine?: URL;
    readonly surroundings?: OrgSurroundings;
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

export interface OrgThread extends OrgHands {
    readonly url: string;
    readonly org: EngineOrg;
    readonly control: (command: OrgCommand) => Promise<unknown>;
    /** Answers a request as its listener does, without faults. */
    readonly deliver: (request: WireRequest) => Promise<WireResponse>;
    /** Ends the worker and starts another with the org's rows and metadata; secrets, sessions and queued work are gone. */
    readonly restart: () => Promise<void>;
    /** Lets requests arrive that faults hold back. */
    readonly flush: () => Promise<void>;
    readonly stop: () => Promise<void>;
}

const ALONE: OrgSurroundings = {
    plan: () => undefined,
    peerAt: () => undefined,
    onFault: () => undefined,
    laboratory: undefined
};

/** One org: its listener and its callouts on this thread, everything else in a worker. Resolves when it serves. */
export async function startOrgThread(options: OrgThreadOptions): Promise<OrgThread> {
    const {
        port,
        staticFiles,
        engine: module = await engineModule(options.log),
        surroundings = ALONE,
        log,
        onCrash,
        scratchOrgs,
        ...settings
    } = options;
    const { name } = settings;
    const client = createCalloutClient();
    let isDown = false;
    let clockMovedMs = 0;
    let engine: EngineLink;
    let org: EngineOrg;

    const hands: OrgHands = {
        name,
        async crash(downMs) {
            isDown = downMs > 0;
            await engine.control({ kind: 'crash' });
            if (isDown) setTimeout(() => (isDown = false), downMs);
        },
        endSession: async (token) => void (await engine.control({ kind: 'end-session', token })),
        async advanceClock(ms) {
            clockMovedMs += ms;
            await engine.control({ kind: 'advance-clock', ms });
        }
    };
    const callouts = createFaultyCallouts({ ...surroundings, self: hands, send: client.send });
    const deliver = createFaultyFront(surroundings.plan, hands, (request) =>
        isDown ? Promise.reject(new ConnectionCut()) : engine.deliver(request)
    );
    const newEngine = (): EngineLink =>
        createEngineLink({ name, module, log, onCrash, callouts, onFault: surroundings.onFault, scratchOrgs });

    engine = newEngine();
    const front = await openFront(port, { deliver, staticFiles, laboratory: surroundings.laboratory, log });
    const url = `http://localhost:${front.port}`;
    const stop = async (): Promise<void> => {
        await engine.stop();
        client.close();
        await front.close();
    };
    try {
        org = await engine.start({ ...settings, baseUrl: url });
    } catch (error) {
        await stop();
        throw error;
    }
    return {
        ...hands,
        url,
        get org() {
            return org;
        },
        control: (command) => engine.control(command),
        deliver: (request) => engine.deliver(request),
        async restart() {
            isDown = true;
            const restored = (await engine.control({ kind: 'snapshot' })) as OrgSnapshot;
            await engine.stop();
            engine = newEngine();
            const faults = surroundings.plan()?.settings;
            org = await engine.start({ ...settings, baseUrl: url, restored, faults, clockMovedMs });
            isDown = false;
        },
        flush: callouts.flush,
        stop
    };
}
