import type { LinkedOrgs } from './context.ts';
import type { LinkPlan } from './link-plan.ts';
import { listComponents } from './metadata-component.ts';
import { callbackUrl } from './link-steps.ts';
import { deleteComponents, retrieveDocuments } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';
import type { Steps } from './steps.ts';
import { deployCallbacks, type AppValues, type TargetApp } from './target-app.ts';
import { isOfFamily, numberOf, withNumber } from './successor-names.ts';

const CONNECTED_APP = 'ConnectedApp';
const AUTH_PROVIDER = 'AuthProvider';

/** The plan with the next name for a connected app; a name that was deleted may be taken again. */
export async function successorApp(target: BridgeOrg, plan: LinkPlan): Promise<LinkPlan> {
    const family = (await listComponents(target, CONNECTED_APP)).filter((name) => isOfFamily(plan.appName, name));
    const number = Math.max(0, ...family.map(numberOf)) + 1;
    const label = plan.appLabel.replace(/ \d+$/, '');
    return {
        ...plan,
        appName: withNumber(plan.appName, number),
        appLabel: number === 1 ? label : `${label} ${number}`
    };
}

/** Deletes the link's other connected apps: what a source that uses this one has no use for. */
export async function deleteOtherApps(target: BridgeOrg, { appName }: LinkPlan): Promise<string[]> {
    const family = (await listComponents(target, CONNECTED_APP)).filter((name) => isOfFamily(appName, name));
    const others = family.filter((name) => name !== appName);
    if (others.length > 0) {
        await deleteComponents(
            target,
            others.map((fullName) => ({ type: CONNECTED_APP, fullName }))
        );
    }
    return others;
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

async function successorProvider(source: BridgeOrg, { authProvider }: LinkPlan): Promise<string> {
    const family = (await listComponents(source, AUTH_PROVIDER)).filter((name) => isOfFamily(authProvider, name));
    return withNumber(authProvider, Math.max(0, ...family.map(numberOf)) + 1);
}

/**
 * An auth provider keeps the secret that it was made with. Where the app has another key by now, as after a revocation, a
 * successor is made, and the app gets its callback. The plan as it was in other links.
 */
export async function providerStep(
    orgs: LinkedOrgs,
    steps: Steps,
    plan: LinkPlan,
    app: TargetApp,
    values: AppValues
): Promise<LinkPlan> {
    const { source, target } = orgs;
    if (plan.flow !== 'browser' || plan.identityProvider !== 'auth-provider') {
        return plan;
    }
    const documents = await retrieveDocuments(source, { [AUTH_PROVIDER]: [plan.authProvider] });
    const key = documents.get(AUTH_PROVIDER, plan.authProvider)?.text('consumerKey');
    if (key === undefined || key === app.key) {
        return plan;
    }
    return steps.step('Replace the auth provider, whose key and secret are of before', async (report) => {
        const next = { ...plan, authProvider: await successorProvider(source, plan) };
        report.detail(`${plan.authProvider} by ${next.authProvider}`);
        await deployCallbacks(target, next, values, [callbackUrl(source, next)]);
        return next;
    });
}

/** After a replacement: the auth providers of the link that its credential does not use. */
export async function deleteOtherProviders(source: BridgeOrg, { authProvider }: LinkPlan): Promise<void> {
    const family = (await listComponents(source, AUTH_PROVIDER)).filter((name) => isOfFamily(authProvider, name));
    const others = family.filter((name) => name !== authProvider);
    if (others.length > 0) {
        await deleteComponents(
            source,
            others.map((fullName) => ({ type: AUTH_PROVIDER, fullName }))
        );
    }
}
