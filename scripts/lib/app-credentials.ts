import { withCleanUp } from './clean-up.ts';
import { BridgeError } from './errors.ts';
import type { BridgeOrg } from './org-connection.ts';
import { sideBySide } from './side-by-side.ts';
import { assignPermissionSet, unassignPermissionSet } from './permission-sets.ts';
import { readBooleanSetting, writeBooleanSetting, type SettingAddress } from './metadata-settings.ts';

/** Consumer key and secret of the target's app. Held in memory only: never printed, logged or written. */
export interface AppCredentials {
    readonly key: string;
    readonly secret: string;
}

/** Secrets are readable over REST only while this setting is on (Metadata API: ExternalClientAppSettings). */
export const SECRET_ACCESS: SettingAddress = {
    settings: 'ExternalClientApp',
    root: 'ExternalClientAppSettings',
    field: 'enableClientSecretInRestApiAccess'
};

/**
 * Reads the key and secret of an External Client App: opens the gates that the platform puts before them, reads, and
 * closes what it opened, also when reading fails. (Connect REST API: OAuth Credentials resources.)
 */
export function readAppCredentials(
    org: BridgeOrg,
    appName: string,
    setupPermissionSet: string
): Promise<AppCredentials> {
    return withSecretAccess(org, setupPermissionSet, async () => readPair(org, await consumerUrl(org, appName)));
}

/** Runs the work while the secrets of apps can be reached, and closes afterwards what it opened. */
export async function withSecretAccess<T>(
    org: BridgeOrg,
    setupPermissionSet: string,
    work: () => Promise<T>
): Promise<T> {
    const wasReadable = await readBooleanSetting(org, SECRET_ACCESS);
    const assigned = await assignPermissionSet(org, setupPermissionSet, org.userId);
    const openAndWork = async (): Promise<T> => {
        if (!wasReadable) {
            await writeBooleanSetting(org, SECRET_ACCESS, true);
        }
        return work();
    };
    // One gate that cannot be closed does not leave the other open.
    return withCleanUp(openAndWork, () =>
        sideBySide([
            wasReadable ? undefined : writeBooleanSetting(org, SECRET_ACCESS, false),
            assigned ? unassignPermissionSet(org, setupPermissionSet, org.userId) : undefined
        ])
    );
}

/** Key and secret that the app has now. */
export async function readPair(org: BridgeOrg, consumer: string): Promise<AppCredentials> {
    const { key, secret } = await org.connection.requestGet<AppCredentials>(`${consumer}?part=keyandsecret`);
    return { key, secret };
}

/** Path of the app's consumer, under which its key, secret and staged credentials are. */
export async function consumerUrl(org: BridgeOrg, appName: string): Promise<string> {
    const base = `${org.connection.baseUrl()}/apps/oauth`;
    const identifier = await findApp(org, base, appName);
    const { consumers } = await org.connection.requestGet<{ consumers: { id: string }[] }>(
        `${base}/credentials/${identifier}`
    );
    const consumer = consumers[0];
    if (consumer === undefined) {
        throw new BridgeError(
            'org',
            'APP_WITHOUT_CONSUMER',
            `The app "${appName}" of the target org has no consumer key.`,
            ['Run: npm run bridge -- deploy']
        );
    }
    return `${base}/credentials/${identifier}/${consumer.id}`;
}

async function findApp(org: BridgeOrg, base: string, appName: string): Promise<string> {
    let url: string | undefined = `${base}/usage`;
    while (url !== undefined) {
        const page: { apps: { developerName: string; identifier: string }[]; nextPageUrl?: string | null } =
            await org.connection.requestGet(url);
        const app = page.apps.find((candidate) => candidate.developerName === appName);
        if (app !== undefined) {
            return app.identifier;
        }
        url = page.nextPageUrl ?? undefined;
    }
    throw new BridgeError('org', 'APP_MISSING', `The target org has no External Client App "${appName}".`, [
        'Run: npm run bridge -- deploy'
    ]);
}
