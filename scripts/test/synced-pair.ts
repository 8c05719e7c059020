import { startOrgPair, type OrgPair, type OrgPairOptions } from '../../local-org/src/index.ts';
import { openLocalOrgs, type LinkedOrgs } from '../lib/context.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../lib/link.ts';
import { buildComponents } from '../lib/lwc-build.ts';
import { sessionsOf, type LocalSessions } from '../lib/local-pair.ts';
import { Steps } from '../lib/steps.ts';
import { setUpSync } from '../sync/set-up.ts';

export interface SyncedPair extends LinkedOrgs {
    readonly pair: OrgPair;
    stop(): Promise<void>;
}

/** A fresh local pair that is linked in both directions, with the sync engine in both orgs. */
export async function startSyncedPair(options: OrgPairOptions = {}): Promise<SyncedPair> {
    const pair = await startOrgPair({ page: false, ...options });
    try {
        const orgs = await putInStep(sessionsOf(pair));
        return { ...orgs, pair, stop: () => pair.stop() };
    } catch (error) {
        await pair.stop();
        throw error;
    }
}

/** Runs work while neither org delivers, so that none sees what the other writes meanwhile; then both deliver. */
export async function apart({ pair }: SyncedPair, work: () => Promise<void>): Promise<void> {
    const { source, target } = pair.control;
    for (const org of [source, target]) await org.holdJobs(true);
    try {
        await work();
    } finally {
        for (const org of [source, target]) await org.holdJobs(false);
    }
}

/** Links two local orgs in both directions and puts the sync engine into both, as `bridge up --sync` does. */
export async function putInStep(sessions: LocalSessions): Promise<LinkedOrgs> {
    await buildComponents();
    const orgs = await openLocalOrgs(sessions);
    const steps = new Steps({ quiet: true });
    const plan = linkPlan();
    await deployBoth(orgs, steps, plan);
    await connectOrgs(orgs, steps, plan);
    await setUpSync(orgs, steps, plan);
    return orgs;
}
