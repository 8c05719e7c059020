import { sessionCookie } from '../../http/authorization.ts';
import { invalidSession } from '../../http/api-error.ts';
import { HttpError } from '../../http/http-error.ts';
import { html, redirect } from '../../http/responses.ts';
import { THEME_COOKIE, themeNamed } from './theme.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { SessionContext, SurfaceContext, SurfaceRoute } from '../surface.ts';

type PageHandler = (request: HttpRequest, parameters: PathParameters, context: SessionContext) => WireResponse;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const BROWSER_SCOPES: ReadonlySet<string> = new Set(['web', 'api']);

/**
 * A page. A browser without a session is logged in as the org's administrator: whoever reaches the loopback interface
 * could read the process as well. `?theme=` is kept in a cookie.
 */
export function pageRoute(path: string, handle: PageHandler): SurfaceRoute {
    const serve = (request: HttpRequest, parameters: PathParameters, context: SurfaceContext): WireResponse => {
        const { org, session } = context;
        const theme = themeNamed(request.query.get('theme'));
        if (theme !== undefined) {
            return redirect(withoutTheme(request), {
                'set-cookie': `${THEME_COOKIE}=${theme.name}; Path=/; SameSite=Strict`
            });
        }
        if (session !== undefined) {
            return handle(request, parameters, { ...context, session });
        }
        requireLoopback(request);
        const { cookie, session: opened } = logIn(org, org.admin.userId);
        const response = handle(request, parameters, { ...context, session: opened });
        return { ...response, headers: { ...response.headers, 'set-cookie': cookie } };
    };
    return { methods: ['GET'], path, session: 'none', handle: serve };
}

/** A write or a script of a page: needs the session that the page has, and comes from the org's own pages only. */
export function requirePageSession(request: HttpRequest, context: SurfaceContext): SessionContext {
    const { session } = context;
    if (session === undefined) {
        throw invalidSession();
    }
    requireSameOrigin(request);
    return { ...context, session };
}

/** POST /lightning/session with `user` and `return`: goes on as another user of the org. */
export function switchUser(request: HttpRequest, _parameters: PathParameters, context: SurfaceContext): WireResponse {
    const { org, session } = requirePageSession(request, context);
    const form = request.form();
    const user = org.users.byId(form?.get('user') ?? '');
    if (user === undefined || !user.active) {
        return html(400, '<!doctype html><title>Unknown user</title><p>This org has no active user of that id.</p>');
    }
    org.sessions.revoke(session.token);
    const { cookie } = logIn(org, user.id);
    return redirect(localPath(form?.get('return'), org.baseUrl), { 'set-cookie': cookie });
}

/** Refuses what another site's page sends. The listener refuses it too; this holds without it. */
function requireSameOrigin(request: HttpRequest): void {
    const site = request.headers['sec-fetch-site'];
    const { origin, host } = request.headers;
    const isForeign =
        (site !== undefined && site !== 'same-origin' && site !== 'none') ||
        (origin !== undefined && origin !== `http://${host}`);
    if (isForeign) {
        throw new PageRefusal('Requests of other sites are refused');
    }
}

function requireLoopback(request: HttpRequest): void {
    if (!LOOPBACK.has(request.remoteAddress)) {
        throw new PageRefusal('Only this machine can open pages without a login');
    }
}

function logIn(org: LocalOrg, userId: string): { cookie: string; session: SessionContext['session'] } {
    const session = org.sessions.open({ userId, scopes: BROWSER_SCOPES });
    const cookie = `${sessionCookie(org.id)}=${session.token}; Path=/; HttpOnly; SameSite=Strict`;
    return { cookie, session };
}

function withoutTheme(request: HttpRequest): string {
    const query = new URLSearchParams(request.query);
    query.delete('theme');
    return query.size === 0 ? request.path : `${request.path}?${query}`;
}

function localPath(wanted: string | null | undefined, baseUrl: string): string {
    const url = URL.parse(wanted ?? '/', baseUrl);
    return url !== null && url.origin === new URL(baseUrl).origin ? url.pathname + url.search : '/';
}

class PageRefusal extends HttpError {
    constructor(message: string) {
        super(403, message);
    }

    override toResponse(): WireResponse {
        return { status: 403, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body: this.message };
    }
}
