import { startCallout } from '../http/callout-transport.ts';
import { credentialFlow } from '../org/credential-status.ts';
import { loginProvider } from '../org/login-provider.ts';
import { signedAssertion } from './assertion.ts';
import { noCredentialAccess, NOT_FULLY_CONFIGURED, REFRESH_FAILED } from './messages.ts';
import { readTokens, tokenRequest, type Tokens } from './oauth-token.ts';
import { CalloutFailure } from './types.ts';
import type { CalloutOutcome, CalloutRequest, CalloutTransport, PendingCallout } from '../http/types.ts';
import type { Certificates } from '../org/certificates.ts';
import type { ExternalCredential } from '../org/external-credential.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';
import type { CredentialSet, PrincipalCredentials, PrincipalKey } from '../org/principal-credentials.ts';
import type { ProviderSecrets } from '../org/provider-secrets.ts';

export interface AccessTokensOptions {
    readonly metadata: MetadataRegistry;
    readonly credentials: PrincipalCredentials;
    readonly providerSecrets: ProviderSecrets;
    readonly certificates: Pick<Certificates, 'sign'>;
    readonly transport: CalloutTransport;
    readonly now: () => number;
    /** Field of a user; null when it is empty. */
    readonly userField: (userId: string, field: string) => string | null;
}

/** Tokens of the principals of this org. */
export interface AccessTokens {
    /**
     * A token for a call of the user. `refused` is the one that the other side no longer takes: unless another
     * transaction has renewed it meanwhile, a new one is fetched. Throws CalloutFailure.
     */
    get(credential: ExternalCredential, key: PrincipalKey, userId: string, refused?: string): string;
    /** Fetches a new token, whatever is known. Throws CalloutFailure. */
    renew(credential: ExternalCredential, key: PrincipalKey, userId: string): void;
    /** Forgets what was fetched; what a browser login gave is stored and stays. */
    forget(): void;
}

/** A token with what it was made from: a new secret or a new deploy makes it old. */
interface Cached {
    readonly token: string;
    readonly origin: CredentialSet | undefined;
    readonly deployed: number;
}

/** A renewal that runs; everyone who needs the token waits for the same answer. */
interface Renewal {
    readonly credential: ExternalCredential;
    readonly callout: PendingCallout;
    readonly origin: CredentialSet | undefined;
    result: Tokens | CalloutFailure | undefined;
}

export function createAccessTokens(options: AccessTokensOptions): AccessTokens {
    const { metadata, credentials, transport } = options;
    const cache = new Map<string, Cached>();
    const renewals = new Map<string, Renewal>();

    function known(credential: ExternalCredential, id: string, stored: CredentialSet | undefined): string | undefined {
        const browserToken = keepsTokens(credential) ? stored?.get('accessToken')?.value : undefined;
        const entry = cache.get(id);
        const isCurrent = entry?.origin === stored && entry?.deployed === metadata.version('ExternalCredential');
        return browserToken ?? (isCurrent ? entry.token : undefined);
    }

    function keep(id: string, key: PrincipalKey, tokens: Tokens, { credential, origin: stored }: Renewal): void {
        const refreshToken = tokens.refreshToken ?? stored?.get('refreshToken')?.value;
        if (credentials.get(key) !== stored) {
            // Someone stored other credentials while this answer was on its way.
            return;
        }
        if (keepsTokens(credential) && stored?.has('accessToken') === true) {
            credentials.put(key, tokenValues({ ...tokens, refreshToken }));
        } else {
            cache.set(id, {
                token: tokens.accessToken,
                origin: stored,
                deployed: metadata.version('ExternalCredential')
            });
        }
    }

    /** Who stops waiting, as in a crash of the org, must leave no renewal that nobody will end. */
    function waitFor(id: string, renewal: Renewal): CalloutOutcome {
        try {
            return renewal.callout.wait();
        } catch (error) {
            renewals.delete(id);
            throw error;
        }
    }

    /** The first one to see the answer settles it for all: a refresh token that rotates may be used once only. */
    function settle(id: string, key: PrincipalKey, renewal: Renewal): string {
        const outcome = waitFor(id, renewal);
        if (renewal.result === undefined) {
            renewals.delete(id);
            try {
                renewal.result = readTokens(outcome);
                keep(id, key, renewal.result, renewal);
            } catch (error) {
                renewal.result = error as CalloutFailure;
            }
        }
        if (!('accessToken' in renewal.result)) {
            const wasRefresh = keepsTokens(renewal.credential) && renewal.origin?.has('refreshToken') === true;
            throw wasRefresh ? new CalloutFailure(REFRESH_FAILED) : renewal.result;
        }
        return renewal.result.accessToken;
    }

    const accessTokens: AccessTokens = {
        renew(credential, key, userId) {
            accessTokens.get(credential, key, userId, known(credential, JSON.stringify(key), credentials.get(key)));
        },
        forget() {
            cache.clear();
            renewals.clear();
        },
        get(credential, key, userId, refused) {
            const id = JSON.stringify(key);
            const stored = credentials.get(key);
            const token = known(credential, id, stored);
            if (token !== undefined && token !== refused) {
                return token;
            }
            const running = renewals.get(id);
            if (running !== undefined) {
                return settle(id, key, running);
            }
            const request = requestFor(credential, stored, userId, options);
            const callout = startCallout(transport, request);
            const renewal: Renewal = { credential, callout, origin: stored, result: undefined };
            renewals.set(id, renewal);
            return settle(id, key, renewal);
        }
    };
    return accessTokens;
}

/** Tokens that a principal has from a browser flow mean nothing to the flow that was deployed in its place. */
function keepsTokens(credential: ExternalCredential): boolean {
    return credentialFlow(credential) === 'browser';
}

/** What a principal of a browser flow keeps. */
export function tokenValues({
    accessToken,
    refreshToken
}: Tokens): ReadonlyMap<string, { readonly value: string; readonly encrypted: boolean }> {
    return new Map([
        ['accessToken', { value: accessToken, encrypted: true }],
        ...(refreshToken === undefined ? [] : [['refreshToken', { value: refreshToken, encrypted: true }] as const])
    ]);
}

function requestFor(
    credential: ExternalCredential,
    stored: CredentialSet | undefined,
    userId: string,
    options: AccessTokensOptions
): CalloutRequest {
    switch (credentialFlow(credential)) {
        case 'client-credentials':
            return clientCredentialsRequest(credential, stored);
        case 'jwt':
            return assertionRequest(credential, userId, options);
        case 'browser':
            return refreshRequest(credential, stored, options);
        case 'other': {
            const kind = [credential.protocol, credential.variant].filter((part) => part !== undefined).join(' ');
            throw new CalloutFailure(
                `The local org does not support external credential "${credential.name}" of protocol "${kind}"`
            );
        }
    }
}

/** Source: RFC 6749, 4.4. */
function clientCredentialsRequest(credential: ExternalCredential, stored: CredentialSet | undefined): CalloutRequest {
    if (stored === undefined) {
        throw new CalloutFailure(noCredentialAccess(credential.name));
    }
    const id = stored.get('clientId')?.value;
    const secret = stored.get('clientSecret')?.value;
    if (id === undefined || secret === undefined || credential.tokenUrl === undefined) {
        throw new CalloutFailure(NOT_FULLY_CONFIGURED);
    }
    const parameters = {
        grant_type: 'client_credentials',
        ...(credential.scope !== undefined && { scope: credential.scope })
    };
    const inHeader = credential.variant === 'ClientCredentialsClientSecretBasic';
    return tokenRequest(credential.tokenUrl, parameters, { id, secret, inHeader });
}

/** Source: RFC 7523, 2.1. */
function assertionRequest(
    credential: ExternalCredential,
    userId: string,
    { certificates, now, userField }: AccessTokensOptions
): CalloutRequest {
    if (credential.tokenUrl === undefined) {
        throw new CalloutFailure(NOT_FULLY_CONFIGURED);
    }
    const assertion = signedAssertion(credential, {
        certificates,
        now: now(),
        userField: (field) => userField(userId, field)
    });
    const parameters = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    return tokenRequest(credential.tokenUrl, parameters, undefined);
}

/** Source: RFC 6749, 6. */
function refreshRequest(
    credential: ExternalCredential,
    stored: CredentialSet | undefined,
    { metadata, providerSecrets }: AccessTokensOptions
): CalloutRequest {
    if (stored === undefined) {
        throw new CalloutFailure(noCredentialAccess(credential.name));
    }
    const provider = loginProvider(metadata, providerSecrets, credential);
    const refreshToken = stored.get('refreshToken')?.value;
    if (provider === undefined || refreshToken === undefined) {
        throw new CalloutFailure(REFRESH_FAILED);
    }
    return tokenRequest(
        provider.tokenUrl,
        { grant_type: 'refresh_token', refresh_token: refreshToken },
        { id: provider.clientId, secret: provider.clientSecret, inHeader: provider.sendsBasicHeader }
    );
}
