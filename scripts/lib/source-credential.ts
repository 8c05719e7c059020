import type { AppCredentials } from './app-credentials.ts';
import type { BridgeOrg } from './org-connection.ts';

/** Address of a principal of an external credential. */
export interface Principal {
    readonly externalCredential: string;
    readonly principalName: string;
}

const RESOURCE = '/named-credentials/credential';

/** `Configured` means complete, not that it works; undefined when nothing is stored. */
export async function readCredentialStatus(org: BridgeOrg, principal: Principal): Promise<string | undefined> {
    try {
        const { authenticationStatus } = await org.connection.requestGet<{ authenticationStatus: string }>(
            `${org.connection.baseUrl()}${RESOURCE}?${query(principal)}`
        );
        return authenticationStatus;
    } catch (cause) {
        // The platform answers 404 until a credential was written once.
        if ((cause as { errorCode?: string }).errorCode === 'NOT_FOUND') {
            return undefined;
        }
        throw cause;
    }
}

/** Writes key and secret to the principal; replaces what is stored. Answers whether there was something. */
export async function writeCredential(
    org: BridgeOrg,
    principal: Principal,
    app: AppCredentials
): Promise<'created' | 'replaced'> {
    const stored = (await readCredentialStatus(org, principal)) !== undefined;
    const body = {
        externalCredential: principal.externalCredential,
        principalName: principal.principalName,
        principalType: 'NamedPrincipal',
        // `OAuth` here, although the metadata spells it `Oauth`.
        authenticationProtocol: 'OAuth',
        authenticationProtocolVariant: 'ClientCredentialsClientSecret',
        credentials: {
            clientId: { value: app.key, encrypted: false },
            clientSecret: { value: app.secret, encrypted: true }
        }
    };
    const url = `${org.connection.baseUrl()}${RESOURCE}`;
    if (stored) {
        await org.connection.requestPut(url, body);
        return 'replaced';
    }
    await org.connection.requestPost(url, body);
    return 'created';
}

/** Removes key and secret. Answers false when nothing was stored. */
export async function deleteCredential(org: BridgeOrg, principal: Principal): Promise<boolean> {
    if ((await readCredentialStatus(org, principal)) === undefined) {
        return false;
    }
    await org.connection.requestDelete(`${org.connection.baseUrl()}${RESOURCE}?${query(principal)}`);
    return true;
}

function query({ externalCredential, principalName }: Principal): string {
    return new URLSearchParams({ externalCredential, principalName, principalType: 'NamedPrincipal' }).toString();
}
