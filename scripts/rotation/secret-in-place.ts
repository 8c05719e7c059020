import { consumerUrl, readPair, withSecretAccess, type AppCredentials } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { writeCredential } from '../lib/source-credential.ts';
import type { Steps } from '../lib/steps.ts';
import { probeApp } from '../lib/token-probe.ts';
import { attempt, failed, failing } from './outcome.ts';
import { probeCalls, refreshOrThrow } from './probe-calls.ts';
import { retirePair, rotateTarget } from './staged-pair.ts';
import type { StagedPair } from './staged-credentials.ts';

/**
 * New key and secret in the credential that there is: the target takes both pairs while the source changes over. The way of
 * an External Client App in the client credentials flow.
 */
export async function rotateInPlace(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<void> {
    await withSecretAccess(orgs.target, orgPairConfig().target.credentialSetupPermissionSet, async () => {
        const consumer = await consumerUrl(orgs.target, plan.appName);
        const old = await rotateTarget(orgs, steps, consumer);
        const next = await readPair(orgs.target, consumer);
        await changeOver(orgs, steps, plan, { old, next });
        await steps.step('Retire the old pair and prove that it is refused', async (report) => {
            report.detail(await retirePair(orgs, consumer, old));
        });
    });
}

interface Pairs {
    readonly old: StagedPair;
    readonly next: AppCredentials;
}

/** Gives the source the new pair. The old one is put back when a call with the new one fails. */
async function changeOver(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan, { old, next }: Pairs): Promise<void> {
    const { source, target } = orgs;
    const { apiPath } = orgPairConfig().target;
    const kept = `The source keeps the old pair, which works until ${old.expirationDate}.`;
    await steps.step('Prove the new pair: fetch a token and call the API', (report) =>
        failing('prove', kept, () => probeApp(target, next, apiPath, (text) => report.progress(text)))
    );
    await steps.step('Store the new pair in the source org and call through it', async (report) => {
        try {
            await writeCredential(source, plan, next);
            await refreshOrThrow(source, plan);
            report.detail(await probeCalls(source, plan));
        } catch (cause) {
            const undone = await attempt(() => writeCredential(source, plan, old));
            throw failed(
                'store',
                undone ? `The old pair was put back. ${kept}` : 'The old pair could not be put back.',
                cause,
                undone
            );
        }
    });
}
