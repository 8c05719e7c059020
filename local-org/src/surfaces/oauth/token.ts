import { isAdminApproved } from './approval.ts';
import { authenticateClient } from './client-authentication.ts';
import { authorizationCode, refreshToken } from './code-grant.ts';
import { jwtBearer } from './jwt-bearer.ts';
import { requireLoginIp } from './login-ip.ts';
import { grantNotSupported, invalidGrant, invalidRequest, notAdminApproved } from './oauth-error.ts';
import { formParameters } from './parameters.ts';
import { tokenResponse } from './token-response.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { SurfaceContext } from '../surface.ts';

type Grant = (request: HttpRequest, form: URLSearchParams, org: LocalOrg) => WireResponse;

/** The other grants of the platform are refused as a flow that is switched off. */
const GRANTS: ReadonlyMap<string, Grant> = new Map<string, Grant>([
    ['authorization_code', authorizationCode],
    ['refresh_token', refreshToken],
    ['client_credentials', clientCredentials],
    [
        'urn:ietf:params:oauth:grant-type:jwt-bearer',
        ({ remoteAddress }, form, org) => jwtBearer(form, org, remoteAddress)
    ]
]);

/** POST /services/oauth2/token. */
export function token(request: HttpRequest, _parameters: unknown, { org }: SurfaceContext): WireResponse {
    const form = formParameters(request);
    const grant = GRANTS.get(form.get('grant_type') ?? '');
    if (grant === undefined) {
        throw grantNotSupported();
    }
    return grant(request, form, org);
}

export function tokenByGet(): WireResponse {
    throw invalidRequest('must use HTTP POST');
}

/** Source: help xcloud.remoteaccess_oauth_client_credentials_flow, "OAuth 2.0 Client Credentials Flow". */
function clientCredentials(request: HttpRequest, form: URLSearchParams, org: LocalOrg): WireResponse {
    if (form.has('scope')) {
        throw invalidRequest('scope parameter not supported');
    }
    const app = authenticateClient(request, form, org);
    const { offered, allowed, runAsUsername } = app.clientCredentials;
    if (!offered || !allowed) {
        throw grantNotSupported();
    }
    const user = runAsUsername === undefined ? undefined : org.users.byUsername(runAsUsername);
    if (user === undefined || !user.active) {
        throw invalidGrant('no client credentials user enabled');
    }
    if (app.adminApproved && !isAdminApproved(org, app, user)) {
        throw notAdminApproved();
    }
    requireLoginIp(request.remoteAddress, org, app, user);
    return tokenResponse(org, app, user);
}
