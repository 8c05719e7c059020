import type { PathParameters, Route } from '../http/router.ts';
import type { HttpRequest } from '../http/request.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';
import type { LocalOrg } from '../org/local-org.ts';
import type { Session } from '../org/sessions.ts';

/** What a handler gets besides the request. */
export interface SurfaceContext {
    readonly org: LocalOrg;
    /** Of the Authorization header, else of the cookie `sid`. Always set on routes that need one. */
    readonly session: Session | undefined;
    /** Answers another request of the same org, for resources that bundle requests. */
    readonly perform: (request: WireRequest) => WireResponse;
}

/** The context of a route that needs a session. */
export interface SessionContext extends SurfaceContext {
    readonly session: Session;
}

export type SurfaceRoute = Route<SurfaceContext>;

/** One protocol of the org: its routes, and nothing that another surface imports. */
export interface Surface {
    readonly name: string;
    readonly routes: readonly SurfaceRoute[];
}

type SessionHandler = (request: HttpRequest, parameters: PathParameters, context: SessionContext) => WireResponse;
type OpenHandler = SurfaceRoute['handle'];

/** A resource for callers with a session and the `api` scope. */
export function sessionRoute(methods: SurfaceRoute['methods'], path: string, handle: SessionHandler): SurfaceRoute {
    // The engine answers 401 before it calls a handler of such a route without a session.
    return { methods, path, session: 'bearer', handle: handle as OpenHandler };
}

/** As `sessionRoute`, for the page too: the browser's cookie counts as a session. */
export function browserRoute(methods: SurfaceRoute['methods'], path: string, handle: SessionHandler): SurfaceRoute {
    return { methods, path, session: 'browser', handle: handle as OpenHandler };
}

/** A resource that checks its caller itself: logins, SOAP (session in the body), pages. */
export function openRoute(methods: SurfaceRoute['methods'], path: string, handle: OpenHandler): SurfaceRoute {
    return { methods, path, session: 'none', handle };
}
