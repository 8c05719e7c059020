import { setTimeout as sleep } from 'node:timers/promises';
import { progress } from '../lib/progress.ts';
import type { Steps } from '../lib/steps.ts';
import { mend, type Mended } from './mend.ts';
import { pauseOf } from './orders.ts';
import type { OrgApi } from './org-api.ts';
import type { OrgApis, Route } from './route.ts';
import { disagreeing, verify, type Agreement } from './verify.ts';

export interface VerifyRoutesOptions {
    readonly apis: OrgApis;
    readonly routes: readonly Route[];
    /** Has the engine send again what differs, then compares again. */
    readonly repair: boolean;
    /** How long changes that are under way may take to arrive. */
    readonly waitSeconds: number;
}

export interface VerifiedRoutes {
    /** In the order of the routes. */
    readonly agreements: readonly Agreement[];
    readonly mended: Mended;
    /** Changes that were on their way when the comparison ended. */
    readonly underWay: number;
}

/** Looks at the orgs this many times as slowly as at a running job. */
const PATIENCE = 5;

/** Compares all records of the routes, once nothing is under way, and mends on demand what does not agree. */
export async function verifyRoutes(steps: Steps, options: VerifyRoutesOptions): Promise<VerifiedRoutes> {
    const { apis, routes, repair, waitSeconds } = options;
    await settled(apis, steps, waitSeconds);
    let agreements = await verifyAll(routes, steps);
    let mended: Mended = { sent: 0, left: 0 };
    if (repair && agreements.some((agreement) => disagreeing(agreement).length > 0)) {
        mended = await mendAll(options, agreements, steps);
        await settled(apis, steps, waitSeconds);
        agreements = await verifyAll(routes, steps);
    }
    return { agreements, mended, underWay: await countUnderWay(apis) };
}

function mendAll({ apis, routes }: VerifyRoutesOptions, agreements: readonly Agreement[], steps: Steps) {
    return steps.step('Send what differs', async (report): Promise<Mended> => {
        let [sent, left] = [0, 0];
        for (const [index, route] of routes.entries()) {
            const one = await mend(apis, route, openOf(agreements, index));
            [sent, left] = [sent + one.sent, left + one.left];
            report.progress(`${sent} records`);
        }
        report.detail(`${sent} records`);
        return { sent, left };
    });
}

/** A pair of records that differs is seen from both orgs and mended once. */
function openOf(agreements: readonly Agreement[], index: number): Agreement {
    const agreement = agreements[index];
    const seen = new Set(
        agreements
            .slice(0, index)
            .filter(({ mapping }) => mapping === agreement.mapping)
            .flatMap(({ different }) => different.map(({ remoteId }) => remoteId))
    );
    return { ...agreement, different: agreement.different.filter(({ id }) => !seen.has(id)) };
}

async function verifyAll(routes: readonly Route[], steps: Steps): Promise<Agreement[]> {
    const agreements: Agreement[] = [];
    for (const route of routes) {
        await steps.step(`Compare ${route.mapping.name} from the ${route.from} org`, async (report) => {
            const agreement = await verify({ route, onProgress: progress(report) });
            agreements.push(agreement);
            report.detail(`${agreement.records} compared, ${disagreeing(agreement).length} differ`);
        });
    }
    return agreements;
}

/** Waits until nothing is under way; what takes longer is compared as it is. */
async function settled(apis: OrgApis, steps: Steps, seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    await steps.step('Wait for changes that are under way', async (report) => {
        let open = await countUnderWay(apis);
        if (open === 0) report.already('none are');
        while (open > 0 && Date.now() < end) {
            report.progress(`${open} left`);
            await sleep(apis.source.org.pollMs * PATIENCE);
            open = await countUnderWay(apis);
        }
        if (open > 0) report.detail(`${open} are still under way`);
    });
}

/** Changes that both orgs have still to deliver; those that a paused org holds back are not under way. */
export async function countUnderWay({ source, target }: OrgApis): Promise<number> {
    return (await underWayIn(source)) + (await underWayIn(target));
}

async function underWayIn(api: OrgApi): Promise<number> {
    const statuses = (await pauseOf(api.org)) === undefined ? `('Pending', 'Waiting')` : `('Waiting')`;
    return api.count('Sync_Outbox__c', `Status__c IN ${statuses}`);
}
