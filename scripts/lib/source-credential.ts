import { BridgeError } from './errors.ts';
import type { PrincipalKind } from './config.ts';
import type { BridgeOrg } from './org-connection.ts';
import type { TargetApp } from './target-app.ts';

/** Address of a principal of an external credential. */
export interface Principal {
    readonly externalCredential: string;
    readonly principalName: string;
    readonly principal: PrincipalKind;
}

const CREDENTIAL = '/named-credentials/credential';
const PROVIDER_CREDENTIALS = '/named-credentials/external-auth-identity-provider-credentials';

/** As Connect REST names the kind of principal. */
export function principalType({ principal }: Pick<Principal, 'principal'>): 'NamedPrincipal' | 'PerUserPrincipal' {
    return principal === 'per-user' ? 'PerUserPrincipal' : 'NamedPrincipal';
}

/** What a principal holds; of the secret only that it is there. */
export interface StoredCredential {
    /** `Configured` means complete, not that it works. */
    readonly status: string;
    /** Consumer key of the app that it was stored for; undefined in flows that keep it elsewhere. */
    readonly clientId: string | undefined;
}

/** Undefined when nothing is stored. Of a principal per user it is that of the user whom the connection belongs to. */
export async function readCredential(org: BridgeOrg, principal: Principal): Promise<StoredCredential | undefined> {
    try {
        const { authenticationStatus, credentials } = await org.connection.requestGet<{
            authenticationStatus: string;
            credentials?: { clientId?: { value?: string } };
        }>(`${org.connection.baseUrl()}${CREDENTIAL}?${query(principal)}`);
        return { status: authenticationStatus, clientId: credentials?.clientId?.value };
    } catch (cause) {
        // The platform answers 404 until a credential was written once.
        if ((cause as { errorCode?: string }).errorCode === 'NOT_FOUND') {
            return undefined;
        }
        throw cause;
    }
}

/** `Configured` means complete, not that it works; undefined when nothing is stored. */
export async function readCredentialStatus(org: BridgeOrg, principal: Principal): Promise<string | undefined> {
    return (await readCredential(org, principal))?.status;
}

/**
 * Makes the source fetch a new token with what it has. Answers `''`, or why it got none.
 * (Connect REST API Developer Guide, Credential: `action=Refresh`.)
 */
export async function refreshCredential(org: BridgeOrg, principal: Principal): Promise<string> {
    const body = {
        externalCredential: principal.externalCredential,
        principalName: principal.principalName,
        principalType: principalType(principal),
        authenticationProtocol: 'OAuth',
        credentials: {}
    };
    try {
        await org.connection.requestPost(`${org.connection.baseUrl()}${CREDENTIAL}?action=Refresh`, body);
        return '';
    } catch (cause) {
        return (cause as Error).message;
    }
}

/** Writes key and secret to the principal; replaces what is stored. Answers whether there was something. */
export async function writeCredential(
    org: BridgeOrg,
    principal: Principal,
    app: TargetApp
): Promise<'created' | 'replaced'> {
    const stored = (await readCredentialStatus(org, principal)) !== undefined;
    const body = {
        externalCredential: principal.externalCredential,
        principalName: principal.principalName,
        principalType: principalType(principal),
        // `OAuth` here, although the metadata spells it `Oauth`.
        authenticationProtocol: 'OAuth',
        authenticationProtocolVariant: 'ClientCredentialsClientSecret',
        credentials: {
            clientId: { value: app.key, encrypted: false },
            clientSecret: { value: requireSecret(app), encrypted: true }
        }
    };
    const url = `${org.connection.baseUrl()}${CREDENTIAL}`;
    if (stored) {
        await org.connection.requestPut(url, body);
        return 'replaced';
    }
    await org.connection.requestPost(url, body);
    return 'created';
}

/** Whether an external auth identity provider holds client id and secret, which the org never tells. */
export async function hasProviderCredentials(org: BridgeOrg, provider: string): Promise<boolean> {
    try {
        const { credentials = [] } = await org.connection.requestGet<{ credentials?: readonly unknown[] }>(
            `${org.connection.baseUrl()}${PROVIDER_CREDENTIALS}/${provider}`
        );
        return credentials.length > 0;
    } catch (cause) {
        if ((cause as { errorCode?: string }).errorCode === 'NOT_FOUND') {
            return false;
        }
        throw cause;
    }
}

/** Client id and secret of an external auth identity provider. (Connect REST API Developer Guide, since version 62.) */
export async function writeProviderCredentials(org: BridgeOrg, provider: string, app: TargetApp): Promise<void> {
    const url = `${org.connection.baseUrl()}${PROVIDER_CREDENTIALS}/${provider}`;
    const body = {
        credentials: [
            { credentialName: 'clientId', credentialValue: app.key },
            { credentialName: 'clientSecret', credentialValue: requireSecret(app) }
        ]
    };
    const stored = await hasProviderCredentials(org, provider);
    await (stored ? org.connection.requestPut(url, body) : org.connection.requestPost(url, body));
}

/** Removes secrets and tokens. Answers false when nothing was stored. */
export async function deleteCredential(org: BridgeOrg, principal: Principal): Promise<boolean> {
    if ((await readCredentialStatus(org, principal)) === undefined) {
        return false;
    }
    await org.connection.requestDelete(`${org.connection.baseUrl()}${CREDENTIAL}?${query(principal)}`);
    return true;
}

/** Throws APP_SECRET_UNKNOWN: no API tells the secret of a connected app that exists. */
export function requireSecret({ secret }: TargetApp): string {
    if (secret === undefined) {
        throw new BridgeError(
            'org',
            'APP_SECRET_UNKNOWN',
            'The connected app exists already, and no API tells the secret of an existing one.',
            [
                'Run: npm run bridge -- repair, with the same flags. It makes a successor of the app with a new secret, leads ' +
                    'the link to it, and deletes the app of before.',
                'Or use --flow jwt-bearer, which needs no secret, or --app external-client-app.'
            ]
        );
    }
    return secret;
}

function query(principal: Principal): string {
    const { externalCredential, principalName } = principal;
    return new URLSearchParams({
        externalCredential,
        principalName,
        principalType: principalType(principal)
    }).toString();
}
