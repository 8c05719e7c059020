import { readAppCredentials } from './app-credentials.ts';
import { orgPairConfig } from './config.ts';
import type { LinkedOrgs } from './context.ts';
import { deployOrThrow, describeOutcome } from './deployment.ts';
import { BridgeError } from './errors.ts';
import { ensureIntegrationUser, type IntegrationUser } from './integration-user.ts';
import type { LinkPlan } from './link-plan.ts';
import type { BridgeOrg } from './org-connection.ts';
import { assignPermissionSet, assignPermissionSets } from './permission-sets.ts';
import { projectPath } from './project.ts';
import { writeCredential } from './source-credential.ts';
import type { Steps } from './steps.ts';
import { probeApp } from './token-probe.ts';
import { verifyRead, verifyWrite, type Verification } from './verification.ts';

/** The app's policies name its run-as user, so they follow when the app and the user exist. */
const POLICY_TYPES = new Set(['ExtlClntAppOauthConfigurablePolicies', 'ExtlClntAppConfigurablePolicies']);

/** Deploys the project's metadata to both orgs. Each deploy changes all of its components or none. */
export async function deployBoth({ source, target }: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<void> {
    requireKnownFlow(plan);
    const config = orgPairConfig();
    const user = await integrationUserStep(target, steps, plan);
    const targetDir = projectPath(config.target.packageDirectory);
    const replacements = { TARGET_ORG_URL: target.url, INTEGRATION_USERNAME: user.username };

    await steps.step('Deploy the target org: API, key field, app', async (report) => {
        const outcome = await deployOrThrow(target, {
            sourceDirs: [targetDir],
            include: ({ type }) => !POLICY_TYPES.has(type),
            replacements,
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
    await steps.step('Deploy the target org: policies of the app', async (report) => {
        const outcome = await deployOrThrow(target, {
            sourceDirs: [targetDir],
            include: ({ type }) => POLICY_TYPES.has(type),
            replacements
        });
        report.detail(describeOutcome(outcome));
    });
    await steps.step('Deploy the source org: credentials, Apex, component', async (report) => {
        const outcome = await deployOrThrow(source, {
            sourceDirs: [projectPath(config.sharedDirectory), projectPath(config.source.packageDirectory)],
            replacements,
            onProgress: (text) => report.progress(text)
        });
        report.detail(describeOutcome(outcome));
    });
}

/** Takes key and secret from the target's app to the source's credential, proving the app on the way. */
export async function connectOrgs({ source, target }: LinkedOrgs, steps: Steps, plan: LinkPlan): Promise<void> {
    requireKnownFlow(plan);
    const config = orgPairConfig();
    const app = await steps.step('Read the key and secret of the app over REST', () =>
        readAppCredentials(target, config.target.appName, config.target.credentialSetupPermissionSet)
    );
    await steps.step('Prove the app: fetch a token and call the API', (report) =>
        probeApp(target, app, config.target.apiPath, (text) => report.progress(text))
    );
    await steps.step('Store the credential in the source org', async (report) => {
        const written = await writeCredential(source, plan, app);
        if (written === 'replaced') {
            report.already('a credential was stored; it was replaced by the current one');
        }
    });
    await steps.step('Assign the access permission set to your user', async (report) => {
        if (!(await assignPermissionSet(source, plan.permissionSet, source.userId))) {
            report.already(`${source.username} has ${plan.permissionSet}`);
        }
    });
}

/** Proves the link by moving Accounts through the deployed Apex. */
export async function verifyLink({ source, target }: LinkedOrgs, steps: Steps): Promise<Verification> {
    const read = await steps.step('Verify: read Accounts of the target org', async (report) => {
        const count = await verifyRead(source);
        report.detail(`${count} read`);
        return count;
    });
    const written = await steps.step('Verify: create, update and replay an Account', async (report) => {
        const counts = await verifyWrite(source, target);
        report.detail(
            `${counts.created} created, ${counts.updated} updated, ${counts.replayed} replayed without a change`
        );
        return counts;
    });
    return { read, ...written };
}

function integrationUserStep(target: BridgeOrg, steps: Steps, plan: LinkPlan): Promise<IntegrationUser> {
    return steps.step('Provide the integration user', async (report) => {
        const user = await ensureIntegrationUser(target, plan.runAs);
        if (user.created) {
            report.detail(user.username);
        } else {
            report.already(user.username);
        }
        return user;
    });
}

function requireKnownFlow({ app, flow, name }: LinkPlan): void {
    if (app !== 'external-client-app' || flow !== 'client-credentials' || name !== 'TargetOrg') {
        throw new BridgeError(
            'user',
            'FLOW_UNSUPPORTED',
            `A link "${name}" by ${app} and ${flow} cannot be made yet.`,
            ['Use --app external-client-app --flow client-credentials.']
        );
    }
}
