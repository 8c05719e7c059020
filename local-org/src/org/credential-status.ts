import type { Certificates } from './certificates.ts';
import type { ExternalCredential } from './external-credential.ts';
import type { PrincipalCredentials, PrincipalKey } from './principal-credentials.ts';

/** `Configured` means complete; it does not prove that the other side accepts it. */
export type AuthenticationStatus = 'Configured' | 'NotConfigured' | 'Unknown';

export interface CredentialStores {
    readonly principalCredentials: PrincipalCredentials;
    readonly certificates: Pick<Certificates, 'has'>;
}

export type CredentialFlow = 'client-credentials' | 'jwt' | 'browser' | 'other';

/** How an external credential gets its tokens. */
export function credentialFlow({ protocol, variant, ...credential }: ExternalCredential): CredentialFlow {
    if (protocol !== 'Oauth') {
        return 'other';
    }
    switch (variant) {
        case 'ClientCredentialsClientSecret':
        case 'ClientCredentialsClientSecretBasic':
            return 'client-credentials';
        case 'JwtBearer':
            return 'jwt';
        case undefined:
            return credential.authProvider === undefined && credential.externalIdentityProvider === undefined
                ? 'other'
                : 'browser';
        default:
            return 'other';
    }
}

export function authenticationStatus(
    { principalCredentials, certificates }: CredentialStores,
    credential: ExternalCredential,
    key: PrincipalKey
): AuthenticationStatus {
    const kind = credentialFlow(credential);
    // A signed assertion needs nothing stored; its certificate makes it complete.
    if (kind === 'jwt') {
        return credential.certificate !== undefined && certificates.has(credential.certificate)
            ? 'Configured'
            : 'NotConfigured';
    }
    const stored = principalCredentials.get(key);
    if (stored === undefined) {
        return 'NotConfigured';
    }
    if (credential.protocol === 'Basic') {
        return stored.has('username') && stored.has('password') ? 'Configured' : 'NotConfigured';
    }
    if (credential.protocol !== 'Oauth') {
        return 'Unknown';
    }
    if (kind === 'browser') {
        return stored.has('accessToken') ? 'Configured' : 'NotConfigured';
    }
    return stored.has('clientId') && stored.has('clientSecret') ? 'Configured' : 'NotConfigured';
}

/** The protocol in the spelling of Connect REST and ConnectApi, where no authentication is a variant of Custom. */
export function connectProtocol({ protocol }: ExternalCredential): string {
    if (protocol === 'NoAuthentication') return 'Custom';
    return protocol === 'Oauth' ? 'OAuth' : protocol;
}
