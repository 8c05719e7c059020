import { readAppCredentials, type AppCredentials } from '../../lib/app-credentials.ts';
import { orgPairConfig } from '../../lib/config.ts';
import { deleteCredential, readCredential, writeCredential } from '../../lib/source-credential.ts';
import type { LinkedPair } from './linked-pair.ts';
import { connectAgain, type Seed } from './seed.ts';

/** What is stored instead, given the key that is stored; nothing when undefined. */
type Change = (key: string) => AppCredentials | undefined;

/** Stores another key or secret, or nothing: one seed for each kind of app, as they are put back in different ways. */
function stored(rule: string, change: Change): readonly Seed[] {
    const touches = ['credential'];
    return [
        {
            rule,
            touches,
            links: { apps: ['external-client-app'] },
            async plant(linked) {
                const { orgs, plan } = linked;
                const key = await storedKey(linked);
                const before = await ownApp(linked, key);
                await store(linked, change(key));
                return async () => void (await writeCredential(orgs.source, plan, before));
            }
        },
        {
            // The secret of a connected app cannot be read to be stored again: the link gets another app.
            rule,
            touches,
            links: { apps: ['connected-app'] },
            mendsAll: true,
            async plant(linked) {
                await store(linked, change(await storedKey(linked)));
                return () => connectAgain(linked);
            }
        }
    ];
}

async function storedKey({ orgs, plan }: LinkedPair): Promise<string> {
    return (await readCredential(orgs.source, plan))?.clientId ?? '';
}

async function store({ orgs, plan }: LinkedPair, pair: AppCredentials | undefined): Promise<void> {
    await (pair === undefined ? deleteCredential(orgs.source, plan) : writeCredential(orgs.source, plan, pair));
}

const known = new Map<string, AppCredentials>();

/** Read once for each app: reading opens and closes the gates before the secrets. */
async function ownApp({ orgs: { target } }: LinkedPair, key: string): Promise<AppCredentials> {
    const { appName, credentialSetupPermissionSet } = orgPairConfig().target;
    const app = known.get(key) ?? (await readAppCredentials(target, appName, credentialSetupPermissionSet));
    known.set(key, app);
    return app;
}

/** What is planted in the stored pair of the client credentials flow. */
export const CREDENTIAL_SEEDS: readonly Seed[] = [
    ...stored('secret-missing', () => undefined),
    ...stored('key-wrong', () => ({ key: 'anotherKey', secret: 'anotherSecret' })),
    ...stored('secret-wrong', (key) => ({ key, secret: 'anotherSecret' }))
];
