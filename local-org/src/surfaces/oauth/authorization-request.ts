import { notSupportedLocally } from '../../http/api-error.ts';
import {
    appBlocked,
    connectedAppBlocked,
    invalidRequest,
    OauthError,
    redirectUriMismatch,
    unknownClient
} from './oauth-error.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { OauthApp } from '../../org/oauth-app.ts';

/** What an app asks of a user at the authorize endpoint. */
export interface AuthorizationRequest {
    readonly app: OauthApp;
    readonly redirectUri: string;
    readonly state: string | undefined;
    readonly scopes: ReadonlySet<string>;
    readonly codeChallenge: string | undefined;
    readonly prompt: ReadonlySet<string>;
    readonly loginHint: string | undefined;
    readonly immediate: boolean;
}

/** An error that the app is told at its own address. */
export class RedirectedError extends Error {
    readonly location: string;

    constructor(redirectUri: string, state: string | undefined, error: OauthError) {
        super(error.message);
        this.location = redirectLocation(redirectUri, {
            error: error.error,
            error_description: error.message,
            ...(state !== undefined && { state })
        });
    }
}

/** The app's address with the answer in its query. */
export function redirectLocation(redirectUri: string, answer: Readonly<Record<string, string>>): string {
    const url = new URL(redirectUri);
    Object.entries(answer).forEach(([name, value]) => url.searchParams.set(name, value));
    return url.href;
}

/**
 * Throws an OauthError for what must not be redirected (unknown app, another address than the app has) and a
 * RedirectedError for everything else. Source: help "OAuth 2.0 Web Server Flow for Web App Integration", RFC 7636.
 */
export function readAuthorizationRequest(query: URLSearchParams, org: LocalOrg): AuthorizationRequest {
    const app = org.oauthApps.byConsumerKey(query.get('client_id') ?? '');
    if (app === undefined) {
        throw unknownClient();
    }
    if (!app.enabled && app.kind !== 'connected-app') {
        throw appBlocked();
    }
    const redirectUri = query.get('redirect_uri');
    if (redirectUri === null) {
        throw new OauthError('redirect_uri_missing', 'redirect_uri not provided');
    }
    if (!app.webServerFlow.callbackUrls.includes(redirectUri)) {
        throw redirectUriMismatch();
    }
    const state = query.get('state') ?? undefined;
    const redirected = (error: OauthError): RedirectedError => new RedirectedError(redirectUri, state, error);
    if (!app.enabled) {
        throw redirected(connectedAppBlocked());
    }
    if (query.get('response_type') !== 'code') {
        throw redirected(new OauthError('unsupported_response_type', 'response type not supported'));
    }
    const codeChallenge = query.get('code_challenge') ?? undefined;
    const problem = challengeProblem(codeChallenge, query.get('code_challenge_method'), app);
    if (problem !== undefined) {
        throw redirected(problem);
    }
    const scopes = grantedScopes(query.get('scope'), app);
    if (scopes === undefined) {
        throw redirected(new OauthError('invalid_scope', 'the requested scope is not allowed'));
    }
    return {
        app,
        redirectUri,
        state,
        scopes,
        codeChallenge,
        prompt: new Set(words(query.get('prompt'))),
        loginHint: query.get('login_hint') ?? undefined,
        immediate: query.get('immediate') === 'true'
    };
}

/** A challenge without a method is S256: that is what the command line tools send. */
function challengeProblem(
    challenge: string | undefined,
    method: string | null,
    { webServerFlow }: OauthApp
): OauthError | undefined {
    if (challenge === undefined) {
        return webServerFlow.requiresPkce ? invalidRequest('missing required code challenge') : undefined;
    }
    if (method !== null && method !== 'S256') {
        return invalidRequest('code challenge method not supported');
    }
    return /^[\w-]{43}$/.test(challenge) ? undefined : invalidRequest('invalid code challenge');
}

/** All of the app's when none are asked for; undefined when one is not the app's. */
function grantedScopes(asked: string | null, app: OauthApp): ReadonlySet<string> | undefined {
    const allowed = new Set([...app.scopes, 'id']);
    const wanted = asked === null || asked.trim() === '' ? app.scopes : words(asked);
    if (!wanted.every((scope) => allowed.has(scope))) {
        return undefined;
    }
    if (wanted.includes('openid')) {
        throw notSupportedLocally('the scope openid: there are no ID tokens');
    }
    return new Set(wanted);
}

function words(list: string | null): string[] {
    return (list ?? '').split(' ').filter((word) => word !== '');
}
