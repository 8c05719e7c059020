import { sessionCookie } from '../../http/authorization.ts';
import { invalidSession } from '../../http/api-error.ts';
import { html, json, redirect } from '../../http/responses.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SurfaceContext } from '../surface.ts';

/**
 * GET /services/oauth2/singleaccess: a link that logs a browser in as the token's user. The link holds a password good
 * for one use and one minute, never the token. Source: help "Generate a Frontdoor URL to Bridge into UI Sessions".
 */
export function singleAccess(
    request: HttpRequest,
    _parameters: unknown,
    { org, session }: SurfaceContext
): WireResponse {
    if (session === undefined) {
        throw invalidSession();
    }
    const target = request.query.get('redirect_uri') ?? request.form()?.get('redirect_uri');
    const link = new URL('/secur/frontdoor.jsp', org.baseUrl);
    link.searchParams.set('otp', org.sessions.oneTimePassword(session));
    if (target) {
        link.searchParams.set('startURL', target);
    }
    return json(200, { frontdoor_uri: link.href }, { 'cache-control': 'no-store' });
}

/** GET /secur/frontdoor.jsp?otp=…: sets the session cookie and goes to the page asked for. */
export function frontdoor(request: HttpRequest, _parameters: unknown, { org }: SurfaceContext): WireResponse {
    const session = org.sessions.redeem(request.query.get('otp') ?? '');
    if (session === undefined) {
        return html(403, '<!doctype html><title>Login</title><p>This login link was used already or is too old.</p>');
    }
    const cookie = `${sessionCookie(org.id)}=${session.token}; Path=/; HttpOnly; SameSite=Lax`;
    return redirect(localPath(request, org.baseUrl), { 'set-cookie': cookie });
}

/** Only paths of this org: a login link must not lead elsewhere. */
function localPath(request: HttpRequest, baseUrl: string): string {
    const wanted = request.query.get('startURL') ?? request.query.get('retURL') ?? '/';
    const url = URL.parse(wanted, baseUrl);
    return url !== null && url.origin === new URL(baseUrl).origin ? url.pathname + url.search : '/';
}
