import { documentsOf, flagOf, textOf } from '../schema/document.ts';
import type { ExternalCredential } from './external-credential.ts';
import type { MetadataRegistry } from './metadata-registry.ts';
import type { ProviderSecrets } from './provider-secrets.ts';

/** What runs the browser flow of an external credential: an AuthProvider or an ExternalAuthIdentityProvider. */
export interface LoginProvider {
    readonly type: 'AuthProvider' | 'ExternalAuthIdentityProvider';
    readonly name: string;
    readonly authorizeUrl: string;
    readonly tokenUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly sendsBasicHeader: boolean;
    readonly usesPkce: boolean;
    readonly defaultScopes: string | undefined;
    /** Path of this org that the other side sends the browser back to. */
    readonly callbackPath: string;
}

/** Source: help "Define a Salesforce Authentication Provider": the URLs that are meant when none are given. */
const LOGIN_HOST = 'https://login.salesforce.com/services/oauth2';

export const EXTERNAL_CALLBACK = '/services/extidp/callback';

/** undefined when the credential names none, or the provider has no client id and secret. */
export function loginProvider(
    metadata: MetadataRegistry,
    secrets: ProviderSecrets,
    credential: ExternalCredential
): LoginProvider | undefined {
    if (credential.authProvider !== undefined) {
        return authProvider(metadata, secrets, credential.authProvider);
    }
    return credential.externalIdentityProvider === undefined
        ? undefined
        : externalProvider(metadata, secrets, credential.externalIdentityProvider);
}

/** Source: Metadata API Developer Guide, AuthProvider. One of type Salesforce always sends its secret. */
function authProvider(metadata: MetadataRegistry, secrets: ProviderSecrets, name: string): LoginProvider | undefined {
    const component = metadata.get('AuthProvider', name);
    const { document, fullName } = component ?? {};
    const clientId = textOf(document, 'consumerKey');
    const clientSecret = secrets.get('AuthProvider', name)?.get('clientSecret');
    if (fullName === undefined || clientId === undefined || clientSecret === undefined) {
        return undefined;
    }
    return {
        type: 'AuthProvider',
        name: fullName,
        authorizeUrl: textOf(document, 'authorizeUrl') ?? `${LOGIN_HOST}/authorize`,
        tokenUrl: textOf(document, 'tokenUrl') ?? `${LOGIN_HOST}/token`,
        clientId,
        clientSecret,
        sendsBasicHeader: flagOf(document, 'sendClientCredentialsInHeader'),
        usesPkce: flagOf(document, 'isPkceEnabled'),
        defaultScopes: textOf(document, 'defaultScopes'),
        callbackPath: `/services/authcallback/${fullName}`
    };
}

/** Source: Metadata API Developer Guide, ExternalAuthIdentityProvider. */
function externalProvider(
    metadata: MetadataRegistry,
    secrets: ProviderSecrets,
    name: string
): LoginProvider | undefined {
    const { document, fullName } = metadata.get('ExternalAuthIdentityProvider', name) ?? {};
    const stored = secrets.get('ExternalAuthIdentityProvider', name);
    const clientId = stored?.get('clientId');
    const clientSecret = stored?.get('clientSecret');
    const isBrowserFlow = textOf(document, 'authenticationFlow') === 'AuthorizationCode';
    const parameter = (type: string, named = type): string | undefined =>
        documentsOf(document, 'externalAuthIdentityProviderParameters')
            .filter((entry) => textOf(entry, 'parameterType') === type && textOf(entry, 'parameterName') === named)
            .map((entry) => textOf(entry, 'parameterValue'))[0];
    const authorizeUrl = parameter('AuthorizeUrl');
    const tokenUrl = parameter('TokenUrl');
    if (!fullName || !clientId || !clientSecret || !isBrowserFlow || !authorizeUrl || !tokenUrl) {
        return undefined;
    }
    return {
        type: 'ExternalAuthIdentityProvider',
        name: fullName,
        authorizeUrl,
        tokenUrl,
        clientId,
        clientSecret,
        sendsBasicHeader: parameter('ClientAuthentication') !== 'ClientSecretPost',
        usesPkce: parameter('IdentityProviderOptions', 'PkceEnabled') === 'true',
        defaultScopes: undefined,
        callbackPath: EXTERNAL_CALLBACK
    };
}
