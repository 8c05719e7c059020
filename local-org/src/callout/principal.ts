import { noCredentialAccess } from './messages.ts';
import { CalloutFailure } from './types.ts';
import type { Access } from '../access/types.ts';
import type { ExternalCredential } from '../org/external-credential.ts';
import type { PrincipalKey } from '../org/principal-credentials.ts';

/**
 * The first principal that the user may use. It takes both: principal access through a permission set, and Read on the
 * object UserExternalCredential. Source: help xcloud.nc_user_external_credentials.
 */
export function usablePrincipal(credential: ExternalCredential, userId: string, access: Access): PrincipalKey {
    const principal = credential.principals.find(({ name }) =>
        access.principalAllowed(userId, `${credential.name}-${name}`)
    );
    const mayRead = access.objectAllowed(userId, 'UserExternalCredential', 'read');
    if (principal === undefined || !mayRead) {
        throw new CalloutFailure(noCredentialAccess(credential.name));
    }
    return {
        externalCredential: credential.name,
        principalName: principal.name,
        principalType: principal.type,
        ...(principal.type === 'PerUserPrincipal' && { userId })
    };
}
