import { flag, print, text, type Document } from './document.ts';
import type { LegacyComponent, Migrated, NotCarried } from './types.ts';

/** Kinds whose flow an external auth identity provider can run: they are OAuth with URLs. */
const KINDS = ['Salesforce', 'OpenIdConnect'];
const SALESFORCE_HOST = 'https://login.salesforce.com/services/oauth2';

const LEFT_OUT: Readonly<Record<string, string>> = {
    errorUrl: 'Errors are shown by the org.',
    executionUser: 'It is for logging in to this org, for which the auth provider stays.',
    logoutUrl: 'It is for logging in to this org, for which the auth provider stays.',
    registrationHandler: 'It is for logging in to this org, for which the auth provider stays.'
};

export function isMigratable({ document }: LegacyComponent): boolean {
    return KINDS.includes(text(document, 'providerType') ?? '');
}

/** An auth provider that credentials use, as an external auth identity provider of the same name. */
export function migrateAuthProvider(provider: LegacyComponent): Migrated {
    const { document, fullName } = provider;
    const component = `AuthProvider ${fullName}`;
    const kind = text(document, 'providerType') ?? '';
    if (!isMigratable(provider)) {
        const instead = 'Keep it: external credentials can refer to an auth provider of this kind.';
        return { files: [], notCarried: [{ component, what: `provider of type ${kind}`, instead }] };
    }
    const fallback = (path: string): string | undefined =>
        kind === 'Salesforce' ? `${SALESFORCE_HOST}/${path}` : undefined;
    const parameters = [
        parameter('AuthorizeUrl', 'AuthorizeUrl', text(document, 'authorizeUrl') ?? fallback('authorize')),
        parameter(
            'ClientAuthentication',
            'ClientAuthentication',
            flag(document, 'sendClientCredentialsInHeader') ? 'ClientSecretBasic' : 'ClientSecretPost'
        ),
        parameter('PkceEnabled', 'IdentityProviderOptions', 'true'),
        parameter('TokenUrl', 'TokenUrl', text(document, 'tokenUrl') ?? fallback('token')),
        parameter('UserInfoUrl', 'UserInfoUrl', text(document, 'userInfoUrl'))
    ].flat();
    const content = print('ExternalAuthIdentityProvider', {
        authenticationFlow: 'AuthorizationCode',
        authenticationProtocol: 'OAuth',
        externalAuthIdentityProviderParameters: parameters,
        label: text(document, 'friendlyName') ?? fullName
    });
    const path = `externalAuthIdentityProviders/${fullName}.externalAuthIdentityProvider-meta.xml`;
    const notCarried: NotCarried[] = [
        {
            component,
            what: 'consumer key and secret',
            instead: `Send them over Connect REST to named-credentials/external-auth-identity-provider-credentials/${fullName}.`
        },
        {
            component,
            what: 'callback address',
            instead: 'Register https://<My Domain>/services/extidp/callback with the app of the other side.'
        },
        ...Object.keys(LEFT_OUT)
            .filter((element) => text(document, element) !== undefined)
            .map((element) => ({ component, what: element, instead: LEFT_OUT[element] }))
    ];
    return { files: [{ path, content }], notCarried };
}

function parameter(name: string, type: string, value: string | undefined): Document[] {
    return value === undefined ? [] : [{ parameterName: name, parameterType: type, parameterValue: value }];
}
