import { child, flag, list, print, text, type Document } from './document.ts';
import type { LegacyComponent, Migrated, MigratedFile, NotCarried } from './types.ts';

/** One name is taken once for both kinds of app, so the new app has its own. */
export function newAppName(connectedApp: string): string {
    return `${connectedApp}_ECA`;
}

/** Elements that an External Client App has elsewhere or not at all, and what to do about each. */
const LEFT_OUT: Readonly<Record<string, string>> = {
    canvasConfig: 'Add a canvas plugin to the app in Setup.',
    mobileAppConfig: 'Add a mobile plugin to the app in Setup.',
    mobileStartUrl: 'Set the start page in the policies of the app.',
    plugin: 'Name the Apex class as apexHandler in the OAuth policies of the app.',
    samlConfig: 'Add a SAML plugin to the app in Setup.',
    sessionPolicy: 'Set requiredSessionLevel and sessionTimeoutInMinutes in the OAuth policies of the app.',
    startUrl: 'Set startPage and startUrl in the policies of the app.'
};

/** Source: Metadata API Developer Guide, ExtlClntAppOauthSettings: the scopes that are named differently there. */
const SCOPES: Readonly<Record<string, string>> = { SFAP: 'SFApiPlatform' };
const IP_POLICIES: Readonly<Record<string, string>> = {
    ENFORCE: 'Enforce',
    BYPASS: 'Bypass',
    BYPASS_2FACTOR: 'Bypass_2factor',
    ENFORCE_RELAXREFRESH: 'Enforce_RelaxRefresh'
};

/** A connected app as the files of an External Client App. `setNames`: API names of permission sets by their labels. */
export function migrateConnectedApp(app: LegacyComponent, setNames: ReadonlyMap<string, string>): Migrated {
    const { document, fullName } = app;
    const name = newAppName(fullName);
    const component = `ConnectedApp ${fullName}`;
    const oauth = child(document, 'oauthConfig');
    const notCarried: NotCarried[] = [
        {
            component,
            what: 'consumer key and secret',
            instead: `Callers need the new pair: bridge connect reads it from ${name}.`
        },
        ...Object.keys(LEFT_OUT)
            .filter((element) => document[element] !== undefined)
            .map((element) => ({ component, what: element, instead: LEFT_OUT[element] }))
    ];
    if (oauth === undefined) {
        return {
            files: [],
            notCarried: [...notCarried, { component, what: 'the app', instead: 'It has no OAuth settings.' }]
        };
    }
    const sets = list<string>(document, 'permissionSetName');
    for (const label of sets.filter((candidate) => !setNames.has(candidate))) {
        const instead = 'Add its API name to commaSeparatedPermissionSet; connected apps list sets by label.';
        notCarried.push({ component, what: `permission set "${label}"`, instead });
    }
    const files = [
        appFile(name, document),
        settingsFile(name, document, oauth),
        globalFile(name, oauth),
        policyFile(name, document, oauth, setNames),
        file('extlClntAppPolicies', `${name}_plcy.ecaPlcy`, 'ExtlClntAppConfigurablePolicies', {
            externalClientApplication: name,
            isEnabled: 'true',
            isOauthPluginEnabled: 'true',
            label: `${name}_plcy`,
            startPage: 'None'
        })
    ];
    return { files, notCarried };
}

function file(folder: string, name: string, root: string, document: Document): MigratedFile {
    return { path: `${folder}/${name}-meta.xml`, content: print(root, document) };
}

function appFile(name: string, document: Document): MigratedFile {
    return file('externalClientApps', `${name}.eca`, 'ExternalClientApplication', {
        contactEmail: text(document, 'contactEmail'),
        contactPhone: text(document, 'contactPhone'),
        description: text(document, 'description'),
        distributionState: 'Local',
        iconUrl: text(document, 'iconUrl'),
        infoUrl: text(document, 'infoUrl'),
        isProtected: 'false',
        label: text(document, 'label') ?? name,
        logoUrl: text(document, 'logoUrl')
    });
}

function settingsFile(name: string, document: Document, oauth: Document): MigratedFile {
    const scopes = list<string>(oauth, 'scopes').map((scope) => SCOPES[scope] ?? scope);
    return file('extlClntAppOauthSettings', `${name}_oauth.ecaOauth`, 'ExtlClntAppOauthSettings', {
        commaSeparatedOauthScopes: scopes.join(', '),
        customAttributes: list<Document>(document, 'attributes'),
        externalClientApplication: name,
        label: `${name}_oauth`,
        trustedIpRanges: list<Document>(document, 'ipRanges').map((range) => ({
            description: text(range, 'description'),
            endIpAddress: text(range, 'end'),
            startIpAddress: text(range, 'start')
        }))
    });
}

function globalFile(name: string, oauth: Document): MigratedFile {
    const keep = (element: string): string | undefined => text(oauth, element);
    return file('extlClntAppGlobalOauthSets', `${name}_glbloauth.ecaGlblOauth`, 'ExtlClntAppGlobalOauthSettings', {
        callbackUrl: keep('callbackUrl'),
        certificate: keep('certificate'),
        externalClientApplication: name,
        isClientCredentialsFlowEnabled: String(flag(oauth, 'isClientCredentialEnabled')),
        isConsumerSecretOptional: keep('isConsumerSecretOptional') ?? 'false',
        isIntrospectAllTokens: keep('isIntrospectAllTokens') ?? 'false',
        isNamedUserJwtEnabled: keep('isNamedUserJwtEnabled'),
        // Off unless said in a connected app; an External Client App asks for it, and so should every caller.
        isPkceRequired: 'true',
        isRefreshTokenRotationEnabled: keep('isRefreshTokenRotationEnabled'),
        isSecretRequiredForRefreshToken: keep('isSecretRequiredForRefreshToken') ?? 'true',
        isTokenExchangeEnabled: keep('isTokenExchangeEnabled'),
        label: `${name}_glbloauth`,
        shouldRotateConsumerKey: 'false',
        shouldRotateConsumerSecret: 'false'
    });
}

function policyFile(
    name: string,
    document: Document,
    oauth: Document,
    setNames: ReadonlyMap<string, string>
): MigratedFile {
    const policy = child(document, 'oauthPolicy');
    const names = list<string>(document, 'permissionSetName').flatMap((label) => setNames.get(label) ?? []);
    const profiles = list<string>(document, 'profileName');
    return file(
        'extlClntAppOauthPolicies',
        `${name}_oauth_defaultPolicy.ecaOauthPlcy`,
        'ExtlClntAppOauthConfigurablePolicies',
        {
            clientCredentialsFlowUser: text(oauth, 'oauthClientCredentialUser'),
            commaSeparatedPermissionSet: names.length === 0 ? undefined : names.join(', '),
            commaSeparatedProfile: profiles.length === 0 ? undefined : profiles.join(', '),
            externalClientApplication: name,
            ipRelaxationPolicyType: IP_POLICIES[text(policy, 'ipRelaxation') ?? 'ENFORCE'] ?? 'Enforce',
            isClientCredentialsFlowEnabled: String(flag(oauth, 'isClientCredentialEnabled')),
            label: `${name}_oauth_defaultPolicy`,
            permittedUsersPolicyType: flag(oauth, 'isAdminApproved')
                ? 'AdminApprovedPreAuthorized'
                : 'AllSelfAuthorized',
            requiredSessionLevel: 'STANDARD',
            ...refreshPolicy(text(policy, 'refreshTokenPolicy') ?? 'infinite')
        }
    );
}

/** `specific_inactivity:30:DAYS` */
function refreshPolicy(value: string): Document {
    const [kind = '', period, unit = ''] = value.split(':');
    const types: Readonly<Record<string, string>> = {
        infinite: 'Infinite',
        zero: 'Zero',
        specific_lifetime: 'SpecificLifetime',
        specific_inactivity: 'SpecificInactivity'
    };
    return {
        refreshTokenPolicyType: types[kind.toLowerCase()] ?? 'Zero',
        ...(period !== undefined && {
            refreshTokenValidityPeriod: period,
            refreshTokenValidityUnit: unit.charAt(0).toUpperCase() + unit.slice(1).toLowerCase()
        })
    };
}
