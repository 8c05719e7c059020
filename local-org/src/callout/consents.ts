import { createHash, randomBytes } from 'node:crypto';
import { loginProvider, type LoginProvider } from '../org/login-provider.ts';
import { tokenValues } from './access-tokens.ts';
import { readTokens, tokenRequest } from './oauth-token.ts';
import { CalloutFailure } from './types.ts';
import type { CalloutTransport } from '../http/types.ts';
import type { Clock } from '../org/clock.ts';
import type { ExternalCredential } from '../org/external-credential.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';
import type { PrincipalCredentials, PrincipalKey } from '../org/principal-credentials.ts';
import type { ProviderSecrets } from '../org/provider-secrets.ts';

export interface ConsentRequest {
    readonly credential: ExternalCredential;
    readonly key: PrincipalKey;
    /** Who asks: only their own browser session may bring the answer. */
    readonly userId: string;
    readonly returnUrl: string | undefined;
}

/** What came of an answer of the other side; `problem` is for the person who waits. */
export type ConsentOutcome =
    | { readonly kind: 'done'; readonly returnUrl: string | undefined }
    | { readonly kind: 'refused'; readonly problem: string };

/** Browser logins at the other side that are under way. Each state is good for one answer and fifteen minutes. */
export interface Consents {
    /** Address of the other side's login; undefined when the credential has no identity provider that is complete. */
    begin(request: ConsentRequest): string | undefined;
    /** The browser came back to one of this org's callbacks. */
    finish(callbackPath: string, query: URLSearchParams, userId: string): ConsentOutcome;
}

export interface ConsentsOptions {
    readonly baseUrl: string;
    readonly clock: Clock;
    readonly metadata: MetadataRegistry;
    readonly credentials: PrincipalCredentials;
    readonly providerSecrets: ProviderSecrets;
    readonly transport: CalloutTransport;
}

const STATE_MS = 15 * 60_000;

interface Pending extends ConsentRequest {
    readonly provider: LoginProvider;
    readonly codeVerifier: string;
    readonly expiresAt: number;
}

/** Source: RFC 6749, 4.1; RFC 7636; help "Create or Edit an OAuth External Credential with the Browser Flow". */
export function createConsents(options: ConsentsOptions): Consents {
    const { baseUrl, clock, metadata, providerSecrets } = options;
    const waiting = new Map<string, Pending>();
    return {
        begin(request) {
            const provider = loginProvider(metadata, providerSecrets, request.credential);
            if (provider === undefined) {
                return undefined;
            }
            const state = randomBytes(32).toString('base64url');
            const codeVerifier = randomBytes(48).toString('base64url');
            waiting.set(state, { ...request, provider, codeVerifier, expiresAt: clock.now() + STATE_MS });
            return authorizeUrl(provider, request.credential, baseUrl, state, codeVerifier);
        },
        finish(callbackPath, query, userId) {
            const state = query.get('state') ?? '';
            const pending = waiting.get(state);
            waiting.delete(state);
            if (pending === undefined || pending.expiresAt <= clock.now()) {
                return refused('The login was answered already, or it took too long. Start it again.');
            }
            if (pending.provider.callbackPath !== callbackPath || pending.userId !== userId) {
                return refused('The answer belongs to another login or another user. Start it again as one user.');
            }
            const error = query.get('error');
            if (error !== null) {
                return refused(`The other org answered ${error}: ${query.get('error_description') ?? ''}`);
            }
            return redeem(pending, query.get('code') ?? '', options);
        }
    };
}

function refused(problem: string): ConsentOutcome {
    return { kind: 'refused', problem };
}

function authorizeUrl(
    provider: LoginProvider,
    credential: ExternalCredential,
    baseUrl: string,
    state: string,
    codeVerifier: string
): string {
    const url = new URL(provider.authorizeUrl);
    const scope = credential.scope ?? provider.defaultScopes;
    const parameters = {
        response_type: 'code',
        client_id: provider.clientId,
        redirect_uri: baseUrl + provider.callbackPath,
        ...(scope !== undefined && { scope }),
        state,
        ...(provider.usesPkce && {
            code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
            code_challenge_method: 'S256'
        })
    };
    Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
    return url.href;
}

function redeem(
    { provider, codeVerifier, key, returnUrl }: Pending,
    code: string,
    { baseUrl, credentials, transport }: ConsentsOptions
): ConsentOutcome {
    const parameters = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: baseUrl + provider.callbackPath,
        ...(provider.usesPkce && { code_verifier: codeVerifier })
    };
    const client = { id: provider.clientId, secret: provider.clientSecret, inHeader: provider.sendsBasicHeader };
    try {
        const outcome = transport.send(tokenRequest(provider.tokenUrl, parameters, client));
        credentials.put(key, tokenValues(readTokens(outcome)));
        return { kind: 'done', returnUrl };
    } catch (error) {
        if (error instanceof CalloutFailure) {
            return refused(error.message);
        }
        throw error;
    }
}
