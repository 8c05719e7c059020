import { json } from '../../http/responses.ts';
import { authenticateClient } from './client-authentication.ts';
import { invalidRequest, invalidToken } from './oauth-error.ts';
import { formParameters } from './parameters.ts';
import { identityUrl } from './token-response.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SurfaceContext } from '../surface.ts';

/** POST /services/oauth2/revoke with an access token, or with a refresh token, which ends its access tokens too. */
export function revoke(request: HttpRequest, _parameters: unknown, { org }: SurfaceContext): WireResponse {
    const token = formParameters(request).get('token') ?? '';
    if (!org.oauthGrants.revoke(token) && !org.sessions.revoke(token)) {
        throw invalidToken();
    }
    return { status: 200, headers: {}, body: '' };
}

/**
 * POST /services/oauth2/introspect: an app may look at its own tokens, and with isIntrospectAllTokens at those of the whole org.
 * Looking is no use of the token. Source: RFC 7662; Metadata API Developer Guide, ConnectedAppOauthConfig.
 */
export function introspect(request: HttpRequest, _parameters: unknown, { org }: SurfaceContext): WireResponse {
    const form = formParameters(request);
    if (!form.has('token')) {
        throw invalidRequest('missing required parameter: token');
    }
    const app = authenticateClient(request, form, org);
    const token = form.get('token') ?? '';
    const refresh = org.oauthGrants.findRefreshToken(token);
    const session = refresh ?? org.sessions.look(token);
    if (session === undefined || (session.consumerKey !== app.consumerKey && !app.introspectsAll)) {
        return json(200, { active: false });
    }
    const seconds = (ms: number): number => Math.floor(ms / 1000);
    return json(200, {
        active: true,
        scope: [...session.scopes].join(' '),
        client_id: session.consumerKey,
        username: org.users.byId(session.userId)?.username,
        sub: identityUrl(org, session.userId),
        token_type: refresh === undefined ? 'access_token' : 'refresh_token',
        ...(session.expiresAt !== undefined && { exp: seconds(session.expiresAt) }),
        iat: seconds(session.issuedAt),
        nbf: seconds(session.issuedAt)
    });
}
