import { CONNECTED_APP } from './app-types.ts';
import { nextName } from './component-family.ts';
import type { LinkedOrgs } from './context.ts';
import type { LinkPlan } from './link-plan.ts';
import { callbackUrl } from './link-steps.ts';
import { retrieveDocuments } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';
import { hasProviderCredentials, requireSecret } from './source-credential.ts';
import type { Steps } from './steps.ts';
import { deployCallbacks, type AppValues, type TargetApp } from './target-app.ts';
import { withApp } from './successor-names.ts';

/** Type of what a browser login of the source goes through. */
export const AUTH_PROVIDER = 'AuthProvider';

/** The plan with the next name for a connected app; a name that was deleted may be taken again. */
export async function successorApp(target: BridgeOrg, plan: LinkPlan): Promise<LinkPlan> {
    return withApp(plan, await nextName(target, { type: CONNECTED_APP, fullName: plan.appName }));
}

/**
 * Where the source lost the secret of a connected app, nobody has it: the link goes to a successor, which is created with a
 * secret, and to a successor of the auth provider, whose secret cannot be changed. The plan as it was in other links.
 */
export async function renewStep({ source, target }: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<LinkPlan> {
    if (plan.app !== 'connected-app' || plan.flow === 'jwt-bearer') {
        return plan;
    }
    return steps.step('Replace the connected app, whose secret nobody has any more', async (report) => {
        const next = await successorApp(target, plan);
        report.detail(`${plan.appName} by ${next.appName}`);
        return { ...next, authProvider: await successorProvider(source, plan) };
    });
}

function successorProvider(source: BridgeOrg, { authProvider }: LinkPlan): Promise<string> {
    return nextName(source, { type: AUTH_PROVIDER, fullName: authProvider });
}

/**
 * An auth provider keeps the secret that it was made with. Where the app has another key by now, as after a revocation, a
 * successor is made, and the app gets its callback. The plan as it was in other links. Throws APP_SECRET_UNKNOWN where the
 * provider would need the secret of an app that exists: a login through it could not end well.
 */
export async function providerStep(
    orgs: LinkedOrgs,
    steps: Steps,
    plan: LinkPlan,
    app: TargetApp,
    values: AppValues
): Promise<LinkPlan> {
    const { source, target } = orgs;
    if (plan.flow !== 'browser') {
        return plan;
    }
    if (plan.identityProvider === 'external') {
        if (app.secret === undefined && !(await hasProviderCredentials(source, plan.externalIdentityProvider))) {
            requireSecret(app);
        }
        return plan;
    }
    const documents = await retrieveDocuments(source, { [AUTH_PROVIDER]: [plan.authProvider] });
    const key = documents.get(AUTH_PROVIDER, plan.authProvider)?.text('consumerKey');
    if (key === app.key) {
        return plan;
    }
    requireSecret(app);
    if (key === undefined) {
        return plan;
    }
    return steps.step('Replace the auth provider, whose key and secret are of before', async (report) => {
        const next = { ...plan, authProvider: await successorProvider(source, plan) };
        report.detail(`${plan.authProvider} by ${next.authProvider}`);
        await deployCallbacks(target, next, values, [callbackUrl(source, next)]);
        return next;
    });
}
