import type { ExternalCredential } from '../../org/external-credential.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { PrincipalKey } from '../../org/principal-credentials.ts';

/** `Configured` means complete; it does not prove that the other side accepts it. */
export type AuthenticationStatus = 'Configured' | 'NotConfigured' | 'Unknown';

export function authenticationStatus(
    org: LocalOrg,
    credential: ExternalCredential,
    key: PrincipalKey
): AuthenticationStatus {
    const stored = org.principalCredentials.get(key);
    if (stored === undefined) {
        return 'NotConfigured';
    }
    if (connectProtocol(credential) !== 'OAuth') {
        return 'Unknown';
    }
    return stored.has('clientId') && stored.has('clientSecret') ? 'Configured' : 'NotConfigured';
}

/** The protocol in the spelling of Connect REST. */
export function connectProtocol({ protocol }: ExternalCredential): string {
    return protocol === 'Oauth' ? 'OAuth' : protocol;
}
