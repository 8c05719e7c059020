import { CONNECTED_APP } from './app-types.ts';
import { deleteOthers } from './component-family.ts';
import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { deployOrThrow, describeOutcome } from './deployment.ts';
import {
    certificateStep,
    codeFolders,
    consentStep,
    integrationUserStep,
    linkValues,
    serviceFolder,
    storeStep
} from './link-steps.ts';
import type { LinkPlan } from './link-plan.ts';
import { findIntegrationUser } from './integration-user.ts';
import { AUTH_PROVIDER, providerStep, renewStep } from './renew-app.ts';
import { assignPermissionSet, assignPermissionSets } from './permission-sets.ts';
import { presentPlan } from './present-plan.ts';
import { projectPath } from './project.ts';
import { authBesideCode, deploySourceAuth } from './source-auth.ts';
import type { Steps } from './steps.ts';
import { deployPolicies, externalClientAppSource, provideAppCredentials, refuseOtherKind } from './target-app.ts';
import { probeApp } from './token-probe.ts';
import { verifyRead, verifyWrite, type Verification } from './verification.ts';

/**
 * Deploys the project's code to both orgs and its app to the target. Each deploy changes all of its components or none.
 * Works for any two orgs in any role: nothing is remembered between two calls.
 */
export async function deployBoth({ source, target }: LinkedOrgs, steps: Steps, wanted: LinkPlan): Promise<void> {
    const plan = await presentPlan({ source, target }, wanted);
    const config = orgPairConfig();
    const besideCode = authBesideCode(source, target, plan);
    await refuseOtherKind(target, plan);
    const user = await integrationUserStep(target, steps, plan);
    const values = linkValues({ source, target }, plan, user, await certificateStep(source, steps, plan));

    await steps.step('Deploy the target org: API, key field, app', async (report) => {
        const outcome = await deployOrThrow(target, {
            sourceDirs: codeFolders(config.target.packageDirectory),
            files: externalClientAppSource(plan, values, 'app'),
            onProgress: (text) => report.progress(text)
        });
        report.detail(describeOutcome(outcome));
    });
    await steps.step('Assign the API permission set to the integration user', async (report) => {
        const names = config.target.permissionSets;
        if ((await assignPermissionSets(target, names, user.id)).length === 0) {
            report.already(`${user.username} has ${names.join(', ')}`);
        }
    });
    if (plan.app === 'external-client-app') {
        await steps.step('Deploy the target org: policies of the app', async (report) => {
            report.detail(await deployPolicies(target, plan, values));
        });
    }
    await steps.step('Deploy the source org: Apex, components', async (report) => {
        const outcome = await deployOrThrow(source, {
            sourceDirs: [projectPath(config.sharedDirectory), ...codeFolders(config.source.packageDirectory)],
            files: besideCode,
            onProgress: (text) => report.progress(text)
        });
        report.detail(describeOutcome(outcome));
    });
}

export interface ConnectOptions {
    /** Makes a new connected app where the secret of the one that is there is needed, which no API tells. */
    readonly renewApp?: boolean;
}

/** Makes the source's credential from the target's app, proving the app on the way, and gives it to your user. */
export async function connectOrgs(
    { source, target }: LinkedOrgs,
    steps: Steps,
    wanted: LinkPlan,
    { renewApp = false }: ConnectOptions = {}
): Promise<void> {
    let plan = await presentPlan({ source, target }, wanted);
    const before = plan.authProvider;
    const user = await findIntegrationUser(target, plan);
    const certificate = await certificateStep(source, steps, plan);
    if (certificate !== undefined) {
        plan = { ...plan, certificate: certificate.name };
    }
    if (renewApp) {
        plan = await renewStep({ source, target }, steps, plan);
    }
    const values = linkValues({ source, target }, plan, user, certificate);
    const app = await steps.step(appTitle(plan), () => provideAppCredentials(target, plan, values));
    const { secret } = app;
    if (plan.flow === 'client-credentials' && secret !== undefined) {
        await steps.step('Prove the app: fetch a token and call the API', (report) =>
            probeApp(target, { ...app, secret }, orgPairConfig().target.apiPath, (text) => report.progress(text))
        );
    }
    plan = await providerStep({ source, target }, steps, plan, app, values);
    await steps.step('Deploy the source org: credentials', async (report) => {
        report.detail(await deploySourceAuth({ source, target }, plan, app, user.username));
    });
    const services = serviceFolder(orgPairConfig().source.packageDirectory, plan);
    if (services !== undefined) {
        await steps.step('Deploy the source org: external service', async (report) => {
            report.detail(describeOutcome(await deployOrThrow(source, { sourceDirs: [services] })));
        });
    }
    await steps.step('Assign the access permission set to your user', async (report) => {
        if (!(await assignPermissionSet(source, plan.permissionSet, source.userId))) {
            report.already(`${source.username} has ${plan.permissionSet}`);
        }
    });
    await storeStep(source, steps, plan, app);
    await consentStep(source, steps, plan, user.username);
    await retireStep({ source, target }, steps, plan, { authProvider: before, renewApp });
}

/** Deletes what a successor has taken the place of. */
async function retireStep(
    { source, target }: LinkedOrgs,
    steps: Steps,
    plan: LinkPlan,
    before: { readonly authProvider: string; readonly renewApp: boolean }
): Promise<void> {
    if (plan.authProvider !== before.authProvider) {
        await steps.step('Delete the auth provider of before', () =>
            deleteOthers(source, [{ type: AUTH_PROVIDER, fullName: plan.authProvider }])
        );
    }
    if (before.renewApp && plan.app === 'connected-app') {
        await steps.step('Delete the connected app of before', async (report) => {
            report.detail(
                (await deleteOthers(target, [{ type: CONNECTED_APP, fullName: plan.appName }])).join(', ') ||
                    'there was none'
            );
        });
    }
}

/** Proves the link by moving Accounts through the deployed Apex. */
export async function verifyLink(
    { source, target }: LinkedOrgs,
    steps: Steps,
    { name }: LinkPlan
): Promise<Verification> {
    const read = await steps.step('Verify: read Accounts of the target org', async (report) => {
        const count = await verifyRead(source, name);
        report.detail(`${count} read`);
        return count;
    });
    const written = await steps.step('Verify: create, update and replay an Account', async (report) => {
        const counts = await verifyWrite(source, target, name);
        report.detail(
            `${counts.created} created, ${counts.updated} updated, ${counts.replayed} replayed without a change`
        );
        return counts;
    });
    return { read, ...written };
}

function appTitle({ app, flow }: LinkPlan): string {
    if (app === 'connected-app') {
        return 'Create the connected app, or bring it up to date';
    }
    return flow === 'jwt-bearer' ? 'Read the key of the app over REST' : 'Read the key and secret of the app over REST';
}
