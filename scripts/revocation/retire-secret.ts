import { consumerUrl, withSecretAccess } from '../lib/app-credentials.ts';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { deleteStaged, readStaged, rotatePair, stagePair } from '../rotation/staged-credentials.ts';

/**
 * A copy of the secret that somebody made is worthless afterwards: the app gets another pair, and the one of before is ended.
 * For a connected app no API does that; it is closed by its flows and by the access of its users instead.
 */
export function retireSecret(target: BridgeOrg, plan: LinkPlan): Promise<string> {
    if (plan.app === 'connected-app') {
        return Promise.resolve('no API changes the secret of a connected app; its flow is switched off below');
    }
    const { credentialSetupPermissionSet } = orgPairConfig().target;
    return withSecretAccess(target, credentialSetupPermissionSet, async () => {
        const consumer = await consumerUrl(target, plan.appName);
        const left = await readStaged(target, consumer);
        if (left !== undefined) {
            await deleteStaged(target, consumer, left.id);
        }
        const staged = await stagePair(target, consumer);
        await rotatePair(target, consumer, staged.id);
        const old = await readStaged(target, consumer);
        await deleteStaged(target, consumer, old?.id ?? staged.id);
        return 'the app has another key and secret, which nobody has read';
    });
}
