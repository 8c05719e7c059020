import { randomBytes } from 'node:crypto';
import { readAppCredentials, type AppCredentials } from './app-credentials.ts';
import { CONNECTED_APP, ECA, ECA_GLOBAL, ECA_OAUTH_POLICY, ECA_POLICY } from './app-types.ts';
import { renderAuth, targetAuthFolders, type AuthSource, type AuthValues } from './auth-source.ts';
import { orgPairConfig } from './config.ts';
import { deployOrThrow, deploySource, describeFailure, describeOutcome } from './deployment.ts';
import { BridgeError } from './errors.ts';
import type { LinkPlan } from './link-plan.ts';
import { componentExists } from './metadata-component.ts';
import { retrieveDocuments } from './metadata-documents.ts';
import type { BridgeOrg } from './org-connection.ts';

/** The app of the target org, and what the source needs of it. */
export interface TargetApp {
    readonly key: string;
    /** Undefined where the platform does not tell it: an existing connected app, or a flow that needs none. */
    readonly secret: string | undefined;
}

/** The app's policies name its run-as user and permission set, so they follow when app, user and set exist. */
const POLICY_TYPES = new Set([ECA_OAUTH_POLICY, ECA_POLICY]);

/** What the metadata of the app says of this link. */
export type AppValues = Pick<AuthValues, 'TARGET_ORG_URL' | 'CALLBACK_URL' | 'CERTIFICATE' | 'INTEGRATION_USERNAME'>;

/** Files of an External Client App, apart from or only its policies; none for a connected app, which is one file. */
export function externalClientAppSource(plan: LinkPlan, values: AppValues, part: 'app' | 'policies'): AuthSource {
    if (plan.app !== 'external-client-app') {
        return new Map();
    }
    const files = renderAuth(targetAuthFolders(plan), plan, values);
    return new Map([...files].filter(([path]) => /\.eca(Oauth)?Plcy-meta\.xml$/.test(path) === (part === 'policies')));
}

/** The policies are updated under the name that the platform gave them, never created with the app. */
export async function deployPolicies(target: BridgeOrg, plan: LinkPlan, values: AppValues): Promise<string> {
    const files = externalClientAppSource(plan, values, 'policies');
    return describeOutcome(await deployOrThrow(target, { files, include: ({ type }) => POLICY_TYPES.has(type) }));
}

/** Throws APP_KIND_DIFFERS when the org has an app of the same name and the other kind: names are taken once. */
export async function refuseOtherKind(target: BridgeOrg, { app, appName }: LinkPlan): Promise<void> {
    const [other, flag] =
        app === 'connected-app' ? [ECA, 'external-client-app'] : ([CONNECTED_APP, 'connected-app'] as const);
    if (await componentExists(target, other, appName)) {
        throw new BridgeError(
            'org',
            'APP_KIND_DIFFERS',
            `The target org has ${appName} already, as ${other}; a name is taken once for both kinds.`,
            [`Use --app ${flag}, or delete that app in the target org first.`]
        );
    }
}

/** Key and secret of the app; makes or updates a connected app on the way, as only then its secret is known. */
export async function provideAppCredentials(target: BridgeOrg, plan: LinkPlan, values: AppValues): Promise<TargetApp> {
    if (plan.app === 'connected-app') {
        return (await componentExists(target, CONNECTED_APP, plan.appName))
            ? updateConnectedApp(target, plan, values)
            : createConnectedApp(target, plan, values);
    }
    const { credentialSetupPermissionSet } = orgPairConfig().target;
    const app: AppCredentials = await readAppCredentials(target, plan.appName, credentialSetupPermissionSet);
    return app;
}

/** Brings an existing connected app up to date. No API tells its secret. */
async function updateConnectedApp(target: BridgeOrg, plan: LinkPlan, values: AppValues): Promise<TargetApp> {
    const unchanged = { CONSUMER_KEY: undefined, CONSUMER_SECRET: undefined };
    const files = renderAuth(targetAuthFolders(plan), plan, { ...values, ...unchanged });
    await deployOrThrow(target, { files });
    return { key: await consumerKeyOf(target, plan.appName), secret: undefined };
}

/** Gives an existing app the addresses that logins may come back to. */
export async function deployCallbacks(
    target: BridgeOrg,
    plan: LinkPlan,
    values: AppValues,
    callbacks: readonly string[]
): Promise<void> {
    const known = { ...values, CALLBACK_URL: callbacks.join('\n') };
    if (plan.app === 'connected-app') {
        await updateConnectedApp(target, plan, known);
        return;
    }
    const files = renderAuth(targetAuthFolders(plan), plan, known);
    await deployOrThrow(target, { files, include: ({ type }) => type === ECA_GLOBAL });
}

/**
 * A connected app takes key and secret from its metadata when it is created, and never again; no API tells the secret
 * of one that exists. (Metadata API Developer Guide, ConnectedApp.)
 */
export async function createConnectedApp(
    target: BridgeOrg,
    plan: LinkPlan,
    values: AppValues
): Promise<AppCredentials> {
    const created = { key: `OrgBridge${randomBytes(32).toString('hex')}`, secret: randomBytes(32).toString('hex') };
    const files = renderAuth(targetAuthFolders(plan), plan, {
        ...values,
        CONSUMER_KEY: created.key,
        CONSUMER_SECRET: created.secret
    });
    const { failures } = await deploySource(target, { files });
    if (failures.length > 0) {
        throw new BridgeError(
            'org',
            'CONNECTED_APP_REFUSED',
            `The target org refused to create the connected app ${plan.appName}: ${failures.map(describeFailure).join('; ')}\n` +
                'Since Spring 2026 orgs create no connected apps, through no API, unless Salesforce Support lifts it ' +
                '(help article 005228017).',
            ['Use --app external-client-app, which every org takes.', 'Local pair: --allow-connected-apps']
        );
    }
    return created;
}

export async function consumerKeyOf(target: BridgeOrg, appName: string): Promise<string> {
    const documents = await retrieveDocuments(target, { [CONNECTED_APP]: [appName] });
    const key = documents.get(CONNECTED_APP, appName)?.text('oauthConfig.consumerKey');
    if (key === undefined) {
        throw new BridgeError('org', 'APP_WITHOUT_CONSUMER', `The connected app ${appName} has no consumer key.`, [
            `Delete the app in the target org and run the command again, or use --app external-client-app.`
        ]);
    }
    return key;
}
