import { randomBytes } from 'node:crypto';
import { documentOf, flagOf, textOf, textsOf } from '../schema/document.ts';
import { scopeOnTheWire, type OauthApp, type SignupApp } from './oauth-app.ts';
import { connectedAppPolicy, externalClientAppPolicy } from './refresh-token-policy.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from './metadata-registry.ts';

export interface OauthApps {
    byConsumerKey(consumerKey: string): OauthApp | undefined;
    byId(appId: string): OauthApp | undefined;
    /** In order of deployment; the built-in app is not among them. */
    list(): readonly OauthApp[];
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

interface Consumer {
    readonly consumerId: string;
    readonly consumerKey: string;
    readonly consumerSecret: string;
}

export interface OauthAppsOptions {
    readonly metadata: MetadataRegistry;
    readonly newId: (keyPrefix: string) => string;
    /** PEM; lets the command line tools log in by JWT. */
    readonly toolingCertificate?: string | undefined;
    /** Of the Dev Hub that the org was signed up in. */
    readonly signupApp?: SignupApp | undefined;
}

/**
 * Apps follow the deployed documents. The org mints a consumer key and secret when it first sees an app's OAuth settings;
 * both live in memory only and are new after a restart, so whoever stored them has to read them again.
 */
export function createOauthApps(options: OauthAppsOptions): OauthApps {
    const { metadata, newId, toolingCertificate, signupApp } = options;
    const consumers = new Map<string, Consumer>();
    let derivedFrom = '';
    let apps: readonly OauthApp[] = [];
    const tooling = { ...TOOLING, certificate: toolingCertificate };
    const builtIn = signupApp === undefined ? [tooling] : [builtInApp(signupApp), tooling];

    function consumerOf(app: MetadataComponent, suppliedKey: string | undefined): Consumer {
        const known = consumers.get(app.id);
        if (known !== undefined) {
            return known;
        }
        const consumer = {
            consumerId: newId('888'),
            consumerKey: suppliedKey ?? newConsumerKey(),
            consumerSecret: randomBytes(32).toString('hex').toUpperCase()
        };
        consumers.set(app.id, consumer);
        return consumer;
    }

    function current(): readonly OauthApp[] {
        const version = TYPES.map((type) => metadata.version(type)).join(' ');
        if (version !== derivedFrom) {
            apps = [...externalClientApps(metadata, consumerOf), ...connectedApps(metadata, consumerOf)];
            derivedFrom = version;
            forgetConsumersOfRemovedApps();
        }
        return apps;
    }

    function forgetConsumersOfRemovedApps(): void {
        const deployed = new Set([...metadata.list(APP), ...metadata.list(CONNECTED_APP)].map((app) => app.id));
        for (const id of consumers.keys()) {
            if (!deployed.has(id)) {
                consumers.delete(id);
            }
        }
    }

    return {
        byConsumerKey: (consumerKey) =>
            builtIn.find((app) => app.consumerKey === consumerKey) ??
            current().find((app) => app.consumerKey === consumerKey),
        byId: (appId) => current().find((app) => app.id === appId || app.id.slice(0, 15) === appId),
        list: current
    };
}

type ConsumerOf = (app: MetadataComponent, suppliedKey: string | undefined) => Consumer;

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
                certificate: text(global, 'certificate'),
                adminApproved: text(oauthPolicy, 'permittedUsersPolicyType') === 'AdminApprovedPreAuthorized',
                permissionSets: names(text(oauthPolicy, 'commaSeparatedPermissionSet')),
                profiles: names(text(oauthPolicy, 'commaSeparatedProfile')),
                sessionLifetimeMs: minutes(text(oauthPolicy, 'sessionTimeoutInMinutes')),
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

function connectedApps(metadata: MetadataRegistry, consumerOf: ConsumerOf): OauthApp[] {
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
                enabled: true,
                scopes: textsOf(oauth, 'scopes').map(scopeOnTheWire),
                clientCredentials: {
                    offered: enabled,
                    allowed: enabled,
                    runAsUsername: text(oauth, 'oauthClientCredentialUser')
                },
                certificate: text(oauth, 'certificate'),
                adminApproved: flagOf(oauth, 'isAdminApproved'),
                permissionSets: textsOf(app.document, 'permissionSetName'),
                profiles: textsOf(app.document, 'profileName'),
                sessionLifetimeMs: undefined,
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

/** 85 characters, as the platform's keys: a fixed start, then letters, digits, `_` and `.`. */
function newConsumerKey(): string {
    return `3MVG9${randomBytes(60).toString('base64url').replaceAll('-', '.')}`;
}

/** An element that is there but empty counts as absent. */
function text(document: MetadataDocument | undefined, element: string): string | undefined {
    return textOf(document, element)?.trim() || undefined;
}

/** True unless the element says false. */
function isOnByDefault(document: MetadataDocument | undefined, element: string): boolean {
    return text(document, element) !== 'false';
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
        certificate,
        adminApproved: false,
        permissionSets: [],
        profiles: [],
        sessionLifetimeMs: undefined,
        webServerFlow: {
            callbackUrls: [callbackUrl],
            requiresPkce: false,
            requiresSecret: consumerSecret !== undefined
        },
        refreshTokens: { requireSecret: consumerSecret !== undefined, rotate: false, policy: { kind: 'infinite' } }
    };
}
