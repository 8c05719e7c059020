import { deploySourceAuth } from '../../lib/source-auth.ts';
import { deleteCredential } from '../../lib/source-credential.ts';
import type { LinkPlan } from '../../lib/link-plan.ts';
import type { LinkedPair } from './linked-pair.ts';
import { add, destroy, documentIn, edit, withElement, type Component, type Undo } from './org-edits.ts';
import {
    connectAgain,
    CONNECTED,
    CREDENTIAL_PLACES,
    edited,
    EXTERNAL,
    GLOBAL,
    NAMED,
    namedParameter,
    placeOf,
    SERVICE,
    setUpAgain,
    type LinkKind,
    type Seed
} from './seed.ts';

const DAY_MS = 24 * 60 * 60_000;
const ECA: LinkKind = { apps: ['external-client-app'] };
const EXTERNAL_ONLY: LinkKind = { identityProvider: 'external' };

function provider({ identityProvider }: LinkPlan): Component {
    return identityProvider === 'external'
        ? { type: 'ExternalAuthIdentityProvider', fullName: 'TargetOrgIdp' }
        : { type: 'AuthProvider', fullName: 'TargetOrgAuth' };
}

/** Changes the provider: elements of an auth provider, parameters of an external auth identity provider. */
function inProvider(
    rule: string,
    element: string,
    name: string,
    value: (linked: LinkedPair) => string,
    links: LinkKind = {}
): Seed {
    return {
        rule,
        touches: ['provider'],
        links,
        plant: (linked) =>
            edit(linked.orgs.source, provider(linked.plan), (xml) =>
                linked.plan.identityProvider === 'external'
                    ? namedParameter(name, value)(xml, linked)
                    : withElement(element, value(linked))(xml)
            )
    };
}

/** A provider beside that of the link. */
async function otherProvider({ orgs: { source }, plan }: LinkedPair): Promise<readonly [name: string, gone: Undo]> {
    const own = provider(plan);
    const other: Component = { type: own.type, fullName: `Other${own.fullName}` };
    const { path, xml } = await documentIn(source, own);
    const named = withElement('friendlyName', 'Other')(withElement('label', 'Other')(xml));
    const gone = await add(source, other, path.replace(own.fullName, other.fullName), named);
    return [other.fullName, gone];
}

async function storeProvider({ orgs: { source }, plan }: LinkedPair, key: string, secret: string): Promise<void> {
    const path = `/named-credentials/external-auth-identity-provider-credentials/${plan.externalIdentityProvider}`;
    await source.connection.requestPut(`${source.connection.baseUrl()}${path}`, {
        credentials: [
            { credentialName: 'clientId', credentialValue: key },
            { credentialName: 'clientSecret', credentialValue: secret }
        ]
    });
}

async function consumerKey({ orgs: { target }, plan }: LinkedPair): Promise<string> {
    const { xml } = await documentIn(target, plan.app === 'connected-app' ? CONNECTED : GLOBAL);
    return /<consumerKey>([^<]+)</.exec(xml)?.[1] ?? '';
}

async function moveClocks({ pair: { control } }: LinkedPair, days: number): Promise<void> {
    await Promise.all([control.source, control.target].map((org) => org.advanceClock(days * DAY_MS)));
}

/** What is planted in the browser flow. */
export const LOGIN_SEEDS: readonly Seed[] = [
    {
        rule: 'login-provider-missing',
        mendsAll: true,
        touches: [placeOf(NAMED), placeOf(EXTERNAL), 'provider', ...CREDENTIAL_PLACES],
        also: ['named-credential-missing', 'external-credential-missing'],
        async plant(linked) {
            await destroy(linked.orgs.source, [SERVICE, NAMED, EXTERNAL, provider(linked.plan)]);
            return () => setUpAgain(linked);
        }
    },
    {
        rule: 'login-provider-differs',
        touches: [placeOf(EXTERNAL)],
        async plant(linked) {
            const [name, gone] = await otherProvider(linked);
            const { type } = provider(linked.plan);
            const element = type === 'AuthProvider' ? 'authProvider' : 'externalAuthIdentityProvider';
            const back = await edit(linked.orgs.source, EXTERNAL, withElement(element, name));
            return async () => {
                await back();
                await gone();
            };
        }
    },
    inProvider('provider-host', 'tokenUrl', 'TokenUrl', ({ orgs }) => `${orgs.source.url}/services/oauth2/token`),
    inProvider('provider-path', 'tokenUrl', 'TokenUrl', ({ orgs }) => `${orgs.target.url}/services/oauth2/tokens`),
    {
        rule: 'provider-secret-missing',
        mendsAll: true,
        touches: [placeOf(NAMED), placeOf(EXTERNAL), 'provider', ...CREDENTIAL_PLACES],
        links: EXTERNAL_ONLY,
        async plant(linked) {
            const { orgs, plan } = linked;
            const app = { key: await consumerKey(linked), secret: undefined };
            await destroy(orgs.source, [SERVICE, NAMED, EXTERNAL, provider(plan)]);
            await deploySourceAuth(orgs, plan, app, '');
            return () => setUpAgain(linked);
        }
    },
    inProvider('provider-key-wrong', 'consumerKey', '', () => 'anotherKey', { identityProvider: 'auth-provider' }),
    {
        rule: 'provider-key-wrong',
        mendsAll: true,
        touches: ['provider', placeOf(CONNECTED)],
        links: EXTERNAL_ONLY,
        async plant(linked) {
            await storeProvider(linked, 'anotherKey', 'anotherSecret');
            return () => connectAgain(linked);
        }
    },
    edited('redirect-mismatch', 'target', GLOBAL, withElement('callbackUrl', 'https://elsewhere.example/callback'), {
        links: ECA
    }),
    inProvider('pkce-mismatch', 'isPkceEnabled', 'PkceEnabled', () => 'false'),
    edited(
        'scope-not-offered',
        'source',
        EXTERNAL,
        namedParameter('Scope', () => 'api refresh_token full')
    ),
    edited(
        'scope-not-asked',
        'source',
        EXTERNAL,
        namedParameter('Scope', () => 'api')
    ),
    {
        rule: 'consent-missing',
        mendsAll: true,
        touches: ['consent'],
        async plant(linked) {
            await deleteCredential(linked.orgs.source, linked.plan);
            return () => linked.connect();
        }
    },
    {
        // The refresh token ends after 30 days without use; after so many days a failed job is history.
        rule: 'tokens-refused',
        touches: ['clock', 'consent', 'job'],
        async plant(linked) {
            await moveClocks(linked, 31);
            return () => moveClocks(linked, -31);
        }
    },
    {
        rule: 'tokens-refused',
        mendsAll: true,
        touches: ['provider', 'consent', placeOf(CONNECTED)],
        links: EXTERNAL_ONLY,
        async plant(linked) {
            await storeProvider(linked, await consumerKey(linked), 'anotherSecret');
            return () => connectAgain(linked);
        }
    }
];
