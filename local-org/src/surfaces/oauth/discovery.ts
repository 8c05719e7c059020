import { json } from '../../http/responses.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SurfaceContext } from '../surface.ts';

/** GET /.well-known/openid-configuration, with what the local org serves. Source: OpenID Connect Discovery 1.0. */
export function openidConfiguration(_request: unknown, _parameters: unknown, { org }: SurfaceContext): WireResponse {
    const oauth = `${org.baseUrl}/services/oauth2`;
    return json(200, {
        issuer: org.baseUrl,
        authorization_endpoint: `${oauth}/authorize`,
        token_endpoint: `${oauth}/token`,
        revocation_endpoint: `${oauth}/revoke`,
        userinfo_endpoint: `${oauth}/userinfo`,
        introspection_endpoint: `${oauth}/introspect`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        grant_types_supported: [
            'authorization_code',
            'refresh_token',
            'client_credentials',
            'urn:ietf:params:oauth:grant-type:jwt-bearer'
        ],
        scopes_supported: ['api', 'full', 'id', 'refresh_token', 'web'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt']
    });
}
