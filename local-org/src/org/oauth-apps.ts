import { documentOf, flagOf, textOf, textsOf } from '../schema/document.ts';
import { scopeOnTheWire, type OauthApp, type SignupApp } from './oauth-app.ts';
import { createOauthConsumers, type Consumer, type OauthConsumers } from './oauth-consumers.ts';
import { connectedAppPolicy, externalClientAppPolicy } from './refresh-token-policy.ts';
import type { Clock } from './clock.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from './metadata-registry.ts';

export interface OauthApps {
    /** The app with its own key, or with one that was rotated out and still works. */
    byConsumerKey(consumerKey: string): OauthApp | undefined;
    byId(appId: string): OauthApp | undefined;
    /** The secret that a connected app was created with takes the place of the one that the org made. */
    supplySecret(connectedApp: string, secret: string): void;
    /** Lets nobody in through a connected app, or everybody again. What ends with it: `block-app.ts`. */
    setBlocked(appId: string, blocked: boolean): void;
    /** Ids of the connected apps that are blocked. No document says so, and no API of the platform. */
    blocked(): readonly string[];
    /** In order of deployment; the built-in app is not among them. */
    list(): readonly OauthApp[];
    /** Keys, secrets and their rotation. */
    readonly consumers: OauthConsumers;
}

/** Client of the platform's own command line tools. */
export const TOOLING_CONSUMER_KEY = 'PlatformCLI';

/** Where the command line tools listen for their code. */
const TOOLING_CALLBACK = 'http://localhost:1717/OauthRedirect';

const APP = 'ExternalClientApplication';
const SETTINGS = 'ExtlClntAppOauthSettings';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const OAUTH_POLICY = 'ExtlClntAppOauthConfigurablePolicies';
const POLICY = 'ExtlClntAppConfigurablePolicies';
const CONNECTED_APP = 'ConnectedApp';
const TYPES = [APP, SETTINGS, GLOBAL, OAUTH_POLICY, POLICY, CONNECTED_APP];

export interface OauthAppsOptions {
    readonly metadata: MetadataRegistry;
    readonly clock: Clock;
    readonly newId: (keyPrefix: string) => string;
    /** PEM; lets the command line tools log in by JWT. */
    readonly toolingCertificate?: string | undefined;
    /** Of the Dev Hub that the org was signed up in. */
    readonly signupApp?: SignupApp | undefined;
    /** Ids of apps that are blocked from the start. */
    readonly blocked?: readonly string[] | undefined;
}

/** Apps follow the deployed documents. The org makes a consumer when it first sees an app's OAuth settings. */
export function createOauthApps(options: OauthAppsOptions): OauthApps {
    const { metadata, clock, newId, toolingCertificate, signupApp } = options;
    const consumers = createOauthConsumers({ clock, newId });
    const blocked = new Set(options.blocked);
    let derivedFrom = '';
    let apps: readonly OauthApp[] = [];
    const tooling = { ...TOOLING, certificate: toolingCertificate };
    const builtIn = signupApp === undefined ? [tooling] : [builtInApp(signupApp), tooling];

    function current(): readonly OauthApp[] {
        const version = stateOf();
        if (version !== derivedFrom) {
            const consumerOf: ConsumerOf = ({ id }, suppliedKey) => withoutSlot(consumers.of(id, suppliedKey));
            apps = [...externalClientApps(metadata, consumerOf), ...connectedApps(metadata, consumerOf, blocked)];
            const deployed = [...metadata.list(APP), ...metadata.list(CONNECTED_APP)].map((app) => app.id);
            consumers.keepOnly(new Set(deployed));
            derivedFrom = stateOf();
        }
        return apps;
    }

    function stateOf(): string {
        return [...TYPES.map((type) => metadata.version(type)), consumers.version, ...blocked].join(' ');
    }

    function byRotatedKey(consumerKey: string): OauthApp | undefined {
        for (const app of current()) {
            const { staged } = consumers.of(app.id, undefined);
            if (staged?.state === 'Rotated' && staged.consumerKey === consumerKey) {
                return { ...app, consumerKey, consumerSecret: staged.consumerSecret };
            }
        }
        return undefined;
    }

    return {
        byConsumerKey: (consumerKey) =>
            builtIn.find((app) => app.consumerKey === consumerKey) ??
            current().find((app) => app.consumerKey === consumerKey) ??
            byRotatedKey(consumerKey),
        byId: (appId) => current().find((app) => app.id === appId || app.id.slice(0, 15) === appId),
        list: current,
        supplySecret(connectedApp, secret) {
            const app = current().find(
                ({ kind, developerName }) => kind === 'connected-app' && developerName === connectedApp
            );
            if (app !== undefined) {
                consumers.supplySecret(app.id, secret);
            }
        },
        setBlocked(appId, isBlocked) {
            if (isBlocked) {
                blocked.add(appId);
            } else {
                blocked.delete(appId);
            }
        },
        blocked: () => [...blocked],
        consumers
    };
}

type AppConsumer = Omit<Consumer, 'staged'>;
type ConsumerOf = (app: MetadataComponent, suppliedKey: string | undefined) => AppConsumer;

function withoutSlot({ consumerId, consumerKey, consumerSecret }: Consumer): AppConsumer {
    return { consumerId, consumerKey, consumerSecret };
}

function externalClientApps(metadata: MetadataRegistry, consumerOf: ConsumerOf): OauthApp[] {
    return metadata.list(APP).flatMap((app) => {
        const settings = satellite(metadata, SETTINGS, app.fullName);
        const global = satellite(metadata, GLOBAL, app.fullName);
        if (settings === undefined || global === undefined) {
            return [];
        }
        const oauthPolicy = satellite(metadata, OAUTH_POLICY, app.fullName) ?? {};
        const policy = satellite(metadata, POLICY, app.fullName);
        return [
            {
                kind: 'external-client-app' as const,
                developerName: app.fullName,
                label: text(app.document, 'label') ?? app.fullName,
                id: app.id,
                ...consumerOf(app, text(global, 'consumerKey')),
                enabled: policy === undefined || flagOf(policy, 'isEnabled'),
                scopes: names(text(settings, 'commaSeparatedOauthScopes')).map(scopeOnTheWire),
                clientCredentials: {
                    offered: flagOf(global, 'isClientCredentialsFlowEnabled'),
                    allowed: flagOf(oauthPolicy, 'isClientCredentialsFlowEnabled'),
                    runAsUsername: text(oauthPolicy, 'clientCredentialsFlowUser')
                },
                introspectsAll: flagOf(global, 'isIntrospectAllTokens'),
                certificate: text(global, 'certificate'),
                adminApproved: text(oauthPolicy, 'permittedUsersPolicyType') === 'AdminApprovedPreAuthorized',
                permissionSets: names(text(oauthPolicy, 'commaSeparatedPermissionSet')),
                profiles: names(text(oauthPolicy, 'commaSeparatedProfile')),
                sessionLifetimeMs: minutes(text(oauthPolicy, 'sessionTimeoutInMinutes')),
                enforcesLoginIp: !isIpRelaxed(text(oauthPolicy, 'ipRelaxationPolicyType')),
                webServerFlow: {
                    callbackUrls: lines(text(global, 'callbackUrl')),
                    requiresPkce: isOnByDefault(global, 'isPkceRequired'),
                    requiresSecret: !flagOf(global, 'isConsumerSecretOptional')
                },
                refreshTokens: {
                    requireSecret: isOnByDefault(global, 'isSecretRequiredForRefreshToken'),
                    rotate: flagOf(global, 'isRefreshTokenRotationEnabled'),
                    policy: externalClientAppPolicy(oauthPolicy)
                }
            }
        ];
    });
}

function connectedApps(metadata: MetadataRegistry, consumerOf: ConsumerOf, blocked: ReadonlySet<string>): OauthApp[] {
    return metadata.list(CONNECTED_APP).flatMap((app) => {
        const oauth = documentOf(app.document, 'oauthConfig');
        if (oauth === undefined) {
            return [];
        }
        const enabled = flagOf(oauth, 'isClientCredentialEnabled');
        return [
            {
                kind: 'connected-app' as const,
                developerName: app.fullName,
                label: text(app.document, 'label') ?? app.fullName,
                id: app.id,
                ...consumerOf(app, text(oauth, 'consumerKey')),
                enabled: !blocked.has(app.id),
                scopes: textsOf(oauth, 'scopes').map(scopeOnTheWire),
                clientCredentials: {
                    offered: enabled,
                    allowed: enabled,
                    runAsUsername: text(oauth, 'oauthClientCredentialUser')
                },
                introspectsAll: flagOf(oauth, 'isIntrospectAllTokens'),
                certificate: text(oauth, 'certificate'),
                adminApproved: flagOf(oauth, 'isAdminApproved'),
                permissionSets: textsOf(app.document, 'permissionSetName'),
                profiles: textsOf(app.document, 'profileName'),
                sessionLifetimeMs: undefined,
                enforcesLoginIp: !isIpRelaxed(text(documentOf(app.document, 'oauthPolicy'), 'ipRelaxation')),
                webServerFlow: {
                    callbackUrls: lines(text(oauth, 'callbackUrl')),
                    requiresPkce: flagOf(oauth, 'isPkceRequired'),
                    requiresSecret: !flagOf(oauth, 'isConsumerSecretOptional')
                },
                refreshTokens: {
                    requireSecret: isOnByDefault(oauth, 'isSecretRequiredForRefreshToken'),
                    rotate: flagOf(oauth, 'isRefreshTokenRotationEnabled'),
                    policy: connectedAppPolicy(text(documentOf(app.document, 'oauthPolicy'), 'refreshTokenPolicy'))
                }
            }
        ];
    });
}

/** The document that belongs to the app: satellites name it in `externalClientApplication`. The last one deployed wins. */
function satellite(metadata: MetadataRegistry, type: string, app: string): MetadataDocument | undefined {
    const belongs = (component: MetadataComponent): boolean =>
        text(component.document, 'externalClientApplication')?.toLowerCase() === app.toLowerCase();
    return metadata.list(type).findLast(belongs)?.document;
}

/** An element that is there but empty counts as absent. */
function text(document: MetadataDocument | undefined, element: string): string | undefined {
    return textOf(document, element)?.trim() || undefined;
}

/** True unless the element says false. */
function isOnByDefault(document: MetadataDocument | undefined, element: string): boolean {
    return text(document, element) !== 'false';
}

/** `Bypass`, `Bypass_2factor` and their spellings for connected apps; anything else enforces. */
function isIpRelaxed(policy: string | undefined): boolean {
    return policy?.toLowerCase().startsWith('bypass') ?? false;
}

function names(list: string | undefined): string[] {
    return (list ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
}

function lines(list: string | undefined): string[] {
    return (list ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
}

function minutes(value: string | undefined): number | undefined {
    return value === undefined ? undefined : Number.parseInt(value, 10) * 60_000;
}

/** The client that Salesforce's own tools log in as. It has no secret, so it cannot use client credentials. */
const TOOLING = builtInApp({
    consumerKey: TOOLING_CONSUMER_KEY,
    consumerSecret: undefined,
    label: 'Salesforce CLI',
    certificate: undefined,
    scopes: ['refresh_token', 'api', 'web'],
    callbackUrl: TOOLING_CALLBACK
});

/** An app that no metadata of the org describes. */
function builtInApp({ consumerKey, consumerSecret, label, certificate, scopes, callbackUrl }: SignupApp): OauthApp {
    return {
        kind: 'built-in',
        developerName: consumerKey,
        label,
        id: '',
        consumerId: '',
        consumerKey,
        consumerSecret,
        enabled: true,
        scopes,
        clientCredentials: { offered: false, allowed: false, runAsUsername: undefined },
        introspectsAll: false,
        certificate,
        adminApproved: false,
        permissionSets: [],
        profiles: [],
        sessionLifetimeMs: undefined,
        enforcesLoginIp: false,
        webServerFlow: {
            callbackUrls: [callbackUrl],
            requiresPkce: false,
            requiresSecret: consumerSecret !== undefined
        },
        refreshTokens: { requireSecret: consumerSecret !== undefined, rotate: false, policy: { kind: 'infinite' } }
    };
}
