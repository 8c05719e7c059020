import { noCredentialAccess } from './messages.ts';
import { CalloutFailure } from './types.ts';
import type { Access } from '../access/types.ts';
import type { ExternalCredential } from '../org/external-credential.ts';
import type { CredentialSet, PrincipalCredentials, PrincipalKey } from '../org/principal-credentials.ts';

export interface UsablePrincipal {
    readonly key: PrincipalKey;
    readonly secrets: CredentialSet;
}

/**
 * The first principal that the user may use. It takes all of: principal access through a permission set, Read on the
 * object UserExternalCredential, and stored credentials. Source: help xcloud.nc_user_external_credentials.
 */
export function usablePrincipal(
    credential: ExternalCredential,
    userId: string,
    access: Access,
    credentials: PrincipalCredentials
): UsablePrincipal {
    const principal = credential.principals.find(({ name }) =>
        access.principalAllowed(userId, `${credential.name}-${name}`)
    );
    const mayRead = access.objectAllowed(userId, 'UserExternalCredential', 'read');
    if (principal === undefined || !mayRead) {
        throw new CalloutFailure(noCredentialAccess(credential.name));
    }
    const key: PrincipalKey = {
        externalCredential: credential.name,
        principalName: principal.name,
        principalType: principal.type,
        ...(principal.type === 'PerUserPrincipal' && { userId })
    };
    const secrets = credentials.get(key);
    if (secrets === undefined) {
        throw new CalloutFailure(noCredentialAccess(credential.name));
    }
    return { key, secrets };
}
