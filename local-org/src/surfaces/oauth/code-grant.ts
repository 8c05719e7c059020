import { createHash } from 'node:crypto';
import { authenticateClient } from './client-authentication.ts';
import { invalidGrant, redirectUriMismatch } from './oauth-error.ts';
import { hasRefreshScope, tokenResponse } from './token-response.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { AuthorizationCode } from '../../org/oauth-grants.ts';
import type { OrgUser } from '../../org/users.ts';

const CODE_ERRORS = {
    unknown: 'invalid authorization code',
    used: 'expired authorization code',
    expired: 'expired authorization code'
} as const;

/** Source: help "OAuth 2.0 Web Server Flow for Web App Integration"; RFC 6749, 4.1.3; RFC 7636, 4.6. */
export function authorizationCode(request: HttpRequest, form: URLSearchParams, org: LocalOrg): WireResponse {
    const app = authenticateClient(request, form, org, ({ webServerFlow }) => webServerFlow.requiresSecret);
    const value = form.get('code') ?? '';
    const outcome = org.oauthGrants.redeemCode(value);
    if (outcome.kind !== 'valid') {
        throw invalidGrant(CODE_ERRORS[outcome.kind]);
    }
    const { code } = outcome;
    if (code.consumerKey !== app.consumerKey) {
        throw invalidGrant('invalid authorization code');
    }
    if (form.get('redirect_uri') !== code.redirectUri) {
        throw redirectUriMismatch();
    }
    if (!isVerified(code, form.get('code_verifier'))) {
        throw invalidGrant('invalid code verifier');
    }
    const user = activeUser(org, code.userId);
    const grantId = org.oauthGrants.newGrantId();
    org.oauthGrants.bindCode(value, grantId);
    const { policy } = app.refreshTokens;
    const refresh = hasRefreshScope(code.scopes) ? org.oauthGrants.issueRefreshToken(code, grantId, policy) : undefined;
    return tokenResponse(org, app, user, { scopes: code.scopes, grantId, refreshToken: refresh?.token });
}

/** POST with `grant_type=refresh_token`. Source: help "OAuth 2.0 Refresh Token Flow for Renewed Sessions". */
export function refreshToken(request: HttpRequest, form: URLSearchParams, org: LocalOrg): WireResponse {
    const app = authenticateClient(request, form, org, ({ refreshTokens }) => refreshTokens.requireSecret);
    const value = form.get('refresh_token') ?? '';
    const { policy, rotate } = app.refreshTokens;
    const found = org.oauthGrants.findRefreshToken(value);
    const isOthers = (found?.consumerKey ?? app.consumerKey) !== app.consumerKey;
    if (found !== undefined && !isOthers) {
        // Before the token is used: one that rotates would be lost with the refusal.
        activeUser(org, found.userId);
    }
    const token = isOthers ? undefined : org.oauthGrants.useRefreshToken(value, policy, rotate);
    if (token === undefined) {
        throw invalidGrant('expired access/refresh token');
    }
    const user = activeUser(org, token.userId);
    const { scopes, grantId } = token;
    return tokenResponse(org, app, user, { scopes, grantId, refreshToken: rotate ? token.token : undefined });
}

/** A verifier is needed exactly when the code was asked for with a challenge. */
function isVerified({ codeChallenge }: AuthorizationCode, verifier: string | null): boolean {
    if (codeChallenge === undefined || verifier === null) {
        return codeChallenge === undefined && verifier === null;
    }
    return createHash('sha256').update(verifier).digest('base64url') === codeChallenge;
}

function activeUser(org: LocalOrg, userId: string): OrgUser {
    const user = org.users.byId(userId);
    if (user === undefined || !user.active) {
        throw invalidGrant('inactive user');
    }
    return user;
}
