/** Metadata types the linter knows, by the suffix of their files. */
export const KIND_BY_SUFFIX = {
    authprovider: 'AuthProvider',
    connectedApp: 'ConnectedApp',
    cspTrustedSite: 'CspTrustedSite',
    eca: 'ExternalClientApplication',
    ecaGlblOauth: 'ExtlClntAppGlobalOauthSettings',
    ecaOauth: 'ExtlClntAppOauthSettings',
    ecaOauthPlcy: 'ExtlClntAppOauthConfigurablePolicies',
    ecaOauthSecurity: 'ExtlClntAppOauthSecuritySettings',
    ecaPlcy: 'ExtlClntAppConfigurablePolicies',
    externalAuthIdentityProvider: 'ExternalAuthIdentityProvider',
    externalCredential: 'ExternalCredential',
    externalServiceRegistration: 'ExternalServiceRegistration',
    namedCredential: 'NamedCredential',
    permissionset: 'PermissionSet',
    remoteSite: 'RemoteSiteSetting'
} as const;

/** Settings share one suffix; their names tell the types apart. */
export const KIND_BY_SETTINGS_NAME = {
    ConnectedApp: 'ConnectedAppSettings',
    ExternalClientApp: 'ExternalClientAppSettings',
    OauthOidc: 'OauthOidcSettings'
} as const;

export type MetadataKind =
    | (typeof KIND_BY_SUFFIX)[keyof typeof KIND_BY_SUFFIX]
    | (typeof KIND_BY_SETTINGS_NAME)[keyof typeof KIND_BY_SETTINGS_NAME];

/** Kind and full name of a metadata file; undefined for files that are none of the linter's business. */
export function identify(fileName: string): { readonly kind: MetadataKind; readonly name: string } | undefined {
    const bare = fileName.replace(/-meta\.xml$/, '');
    const dot = bare.lastIndexOf('.');
    if (dot < 1) {
        return undefined;
    }
    const name = decode(bare.slice(0, dot));
    const suffix = bare.slice(dot + 1);
    const kind = suffix === 'settings' ? lookUp(KIND_BY_SETTINGS_NAME, name) : lookUp(KIND_BY_SUFFIX, suffix);
    return kind && { kind, name };
}

function lookUp<T extends object>(table: T, key: string): T[keyof T] | undefined {
    return Object.hasOwn(table, key) ? table[key as keyof T] : undefined;
}

/** The CLI writes names with special characters percent-encoded. */
function decode(name: string): string {
    try {
        return decodeURIComponent(name);
    } catch {
        return name;
    }
}
