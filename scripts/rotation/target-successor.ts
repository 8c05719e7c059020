import { consumerUrl, readPair, withSecretAccess, type AppCredentials } from '../lib/app-credentials.ts';
import { CONNECTED_APP } from '../lib/app-types.ts';
import { deleteOthers } from '../lib/component-family.ts';
import { orgPairConfig } from '../lib/config.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import type { IntegrationUser } from '../lib/integration-user.ts';
import { callbackUrl, linkValues } from '../lib/link-steps.ts';
import { deleteComponents } from '../lib/metadata-documents.ts';
import type { Steps } from '../lib/steps.ts';
import { consumerKeyOf, createConnectedApp, deployCallbacks } from '../lib/target-app.ts';
import { tokenRefusal } from '../lib/token-probe.ts';
import { attempt, failing } from './outcome.ts';
import type { Plans } from './source-successor.ts';
import { retirePair, rotateTarget } from './staged-pair.ts';

/** A key and secret that the target takes beside the old ones. */
export interface NewPair {
    readonly app: AppCredentials;
    /** Answers what is left of it. */
    undo(): Promise<string>;
    /** Ends the old pair; answers how the target refuses it. */
    retire(): Promise<string>;
}

interface Context extends Plans {
    readonly user: IntegrationUser;
}

/** The second pair of an External Client App; the app gets the callback of the new identity provider beside the old one. */
export async function stagedPairSide(orgs: LinkedOrgs, steps: Steps, context: Context): Promise<NewPair> {
    const { source, target } = orgs;
    const { plan, next, user } = context;
    const values = linkValues(orgs, plan, user, undefined);
    const access = <T>(work: (consumer: string) => Promise<T>): Promise<T> =>
        withSecretAccess(target, orgPairConfig().target.credentialSetupPermissionSet, async () =>
            work(await consumerUrl(target, plan.appName))
        );
    const { old, app } = await access(async (consumer) => {
        const rotated = await rotateTarget(orgs, steps, consumer);
        return { old: rotated, app: await readPair(target, consumer) };
    });
    const kept = `The source keeps the old pair, which works until ${old.expirationDate}.`;
    const callbacks = [...new Set([callbackUrl(source, plan), callbackUrl(source, next)])];
    if (callbacks.length > 1) {
        await steps.step('Register the callback of the second identity provider', () =>
            failing('register', kept, () => deployCallbacks(target, plan, values, callbacks))
        );
    }
    return {
        app,
        undo: async () => {
            await attempt(() => deployCallbacks(target, plan, values, callbacks.slice(0, 1)));
            return `The old pair works until ${old.expirationDate}; the next run finishes the rotation.`;
        },
        retire: async () => {
            await deployCallbacks(target, plan, values, callbacks.slice(-1));
            return access((consumer) => retirePair(orgs, consumer, old));
        }
    };
}

/**
 * A second connected app: the platform changes the secret of one in Setup only, neither by the Metadata API ("You cannot
 * provide a Consumer Key" on an update) nor by a resource, so a new app takes over and the old one is deleted.
 */
export async function connectedAppSide(
    orgs: LinkedOrgs,
    steps: Steps,
    { plan, next, user }: Context
): Promise<NewPair> {
    const { target } = orgs;
    const values = linkValues(orgs, next, user, undefined);
    const app = await steps.step('Make a second connected app in the target org', async (report) => {
        const made = await failing('stage', 'Nothing was changed.', () => createConnectedApp(target, next, values));
        report.detail(next.appName);
        return made;
    });
    return {
        app,
        undo: async () => {
            const undone = await attempt(() =>
                deleteComponents(target, [{ type: CONNECTED_APP, fullName: next.appName }])
            );
            return undone ? 'The second app was deleted again.' : `The app ${next.appName} is left, unused.`;
        },
        retire: async () => {
            const key = await consumerKeyOf(target, plan.appName);
            await deleteOthers(target, [{ type: CONNECTED_APP, fullName: next.appName }]);
            const refusal = await tokenRefusal(target, { key, secret: '' });
            if (refusal === undefined || !refusal.startsWith('invalid_client')) {
                throw new Error(`the target org still knows the old app: ${refusal ?? 'it gave a token'}`);
            }
            return refusal;
        }
    };
}
