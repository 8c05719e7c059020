import { startOrgPair, type OrgPair } from '../../local-org/src/index.ts';
import { openLocalOrgs, type LinkedOrgs } from '../lib/context.ts';
import { deployOrThrow } from '../lib/deployment.ts';
import { ensureIntegrationUser } from '../lib/integration-user.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../lib/link.ts';
import { buildComponents } from '../lib/lwc-build.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { assignPermissionSets } from '../lib/permission-sets.ts';
import { projectPath } from '../lib/project.ts';
import { Steps } from '../lib/steps.ts';

export interface SyncedPair extends LinkedOrgs {
    readonly pair: OrgPair;
    stop(): Promise<void>;
}

const PERMISSION_SETS = ['Sync_Receiver', 'Sync_Sender', 'Sync_Example', 'Target_Org_Access'];

/** A fresh local pair that is linked in both directions, with the sync engine in both orgs. */
export async function startSyncedPair(options: { readonly page?: boolean } = {}): Promise<SyncedPair> {
    await buildComponents();
    const pair = await startOrgPair({ page: false, ...options });
    try {
        return { ...(await link(pair)), pair, stop: () => pair.stop() };
    } catch (error) {
        await pair.stop();
        throw error;
    }
}

async function link(pair: OrgPair): Promise<LinkedOrgs> {
    const { source, target } = pair.info();
    const orgs = await openLocalOrgs({
        source: { url: source.url, accessToken: source.admin.accessToken },
        target: { url: target.url, accessToken: target.admin.accessToken }
    });
    const steps = new Steps({ quiet: true });
    const plan = linkPlan();
    for (const linked of [orgs, { source: orgs.target, target: orgs.source }]) {
        await deployBoth(linked, steps, plan);
        await connectOrgs(linked, steps, plan);
    }
    await deploySync(orgs.source, 'Source');
    await deploySync(orgs.target, 'Target');
    return orgs;
}

export async function deploySync(org: BridgeOrg, role: 'Source' | 'Target'): Promise<void> {
    const user = await ensureIntegrationUser(org, linkPlan());
    await deployOrThrow(org, {
        sourceDirs: ['shared', 'sync/main', 'sync/example'].map((folder) => projectPath('force-app', folder)),
        replacements: { SYNC_ROLE: role, SYNC_USERNAME: user.username }
    });
    await assignPermissionSets(org, PERMISSION_SETS, user.id);
    await assignPermissionSets(org, ['Sync_Admin', 'Sync_Sender', 'Sync_Example'], org.userId);
}

/** Waits until the condition holds; fails with the last value when it does not within half a minute. */
export async function eventually<T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
    const end = Date.now() + 30_000;
    for (;;) {
        const value = await look();
        if (holds(value)) {
            return value;
        }
        if (Date.now() > end) {
            throw new Error(`It did not come to pass; the last value is ${JSON.stringify(value)}`);
        }
        await new Promise((done) => setTimeout(done, 50));
    }
}
