import type { ExternalCredential } from './external-credential.ts';
import type { PrincipalCredentials, PrincipalKey } from './principal-credentials.ts';

/** `Configured` means complete; it does not prove that the other side accepts it. */
export type AuthenticationStatus = 'Configured' | 'NotConfigured' | 'Unknown';

export function authenticationStatus(
    { principalCredentials }: { readonly principalCredentials: PrincipalCredentials },
    credential: ExternalCredential,
    key: PrincipalKey
): AuthenticationStatus {
    const stored = principalCredentials.get(key);
    if (stored === undefined) {
        return 'NotConfigured';
    }
    if (connectProtocol(credential) !== 'OAuth') {
        return 'Unknown';
    }
    return stored.has('clientId') && stored.has('clientSecret') ? 'Configured' : 'NotConfigured';
}

/** The protocol in the spelling of Connect REST and ConnectApi. */
export function connectProtocol({ protocol }: ExternalCredential): string {
    return protocol === 'Oauth' ? 'OAuth' : protocol;
}
