import { bearerToken, sessionCookie } from '../http/authorization.ts';
import {
    apiDisabled,
    apiDisabledForOrg,
    invalidSession,
    methodNotAllowed,
    notFound,
    notSupportedLocally,
    requestLimitExceeded,
    sessionNotForRest,
    unknownException
} from '../http/api-error.ts';
import { HttpError } from '../http/http-error.ts';
import { OrgCrashed } from '../http/org-crashed.ts';
import { platformResource } from '../http/platform-resources.ts';
import { parseRequest, type HttpRequest } from '../http/request.ts';
import { createRouter, type Route, type RouteMatch } from '../http/router.ts';
import { grantsApi } from '../org/oauth-app.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';
import type { LocalOrg } from '../org/local-org.ts';
import type { Session } from '../org/sessions.ts';
import type { Surface, SurfaceContext } from '../surfaces/surface.ts';

export interface RequestHandlerOptions {
    readonly org: LocalOrg;
    readonly surfaces: readonly Surface[];
    /** Told about faults of the local org itself, never about errors of a caller. */
    readonly log: (text: string) => void;
}

/** Oldest release whose paths are answered. */
const OLDEST_VERSION = 31;

/** One request in, one response out: routing, session check, error bodies. Needs no thread and no socket. */
export function createRequestHandler({
    org,
    surfaces,
    log
}: RequestHandlerOptions): (request: WireRequest) => WireResponse {
    const router = createRouter<SurfaceContext>(surfaces.flatMap((surface) => surface.routes));
    const newestVersion = Number.parseInt(org.apiVersion, 10);
    let faults = 0;

    function dispatch(request: HttpRequest): WireResponse {
        const match = router.match(request.method, request.path);
        if (match.kind !== 'match') {
            throw unmatched(request, match);
        }
        const { route, parameters } = match;
        const { version } = parameters;
        if (version !== undefined && !isServedVersion(version, newestVersion)) {
            throw notFound();
        }
        const session = sessionOf(org, request, route.session);
        if (isCounted(request.path) && org.apiUsage.used >= org.apiUsage.maximum) {
            throw requestLimitExceeded();
        }
        return route.handle(request, parameters, { org, session, perform });
    }

    function perform(wire: WireRequest): WireResponse {
        const request = parseRequest(wire);
        try {
            return dispatch(request);
        } catch (error) {
            if (error instanceof OrgCrashed) throw error;
            return error instanceof HttpError ? error.toResponse() : fault(error, request);
        }
    }

    function fault(error: unknown, request: HttpRequest): WireResponse {
        faults += 1;
        const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log(`${org.name}: ${request.method} ${request.path} failed inside the local org (fault ${faults}): ${detail}`);
        return unknownException(`${org.id.slice(0, 15)}-${faults}`).toResponse();
    }

    return (wire) => {
        const answer = countUsage(org, parseRequest(wire).path, perform(wire));
        const date = new Date(org.clock.now()).toUTCString();
        const response = { ...answer, headers: { date, ...answer.headers } };
        return wire.method === 'HEAD' ? { ...response, body: '' } : response;
    };
}

function unmatched(request: HttpRequest, match: Exclude<RouteMatch<SurfaceContext>, { kind: 'match' }>): HttpError {
    if (match.kind === 'other-methods') {
        return methodNotAllowed(request.method, match.allowed);
    }
    const resource = platformResource(request.path);
    return resource === undefined ? notFound() : notSupportedLocally(`${request.method} ${resource}`);
}

type SessionRule = Route<SurfaceContext>['session'];

function sessionOf(org: LocalOrg, request: HttpRequest, rule: SessionRule): Session | undefined {
    const hasHeader = request.headers['authorization'] !== undefined;
    if (rule === 'bearer' || (rule === 'browser' && hasHeader)) {
        return forApi(org, org.sessions.find(bearerToken(request)));
    }
    const cookie = request.cookie(sessionCookie(org.id));
    const token = isBearer(request) ? bearerToken(request) : cookie;
    const session = token === undefined ? undefined : org.sessions.find(token);
    return rule === 'browser' ? forApi(org, session) : session;
}

function isBearer(request: HttpRequest): boolean {
    return request.headers['authorization']?.toLowerCase().startsWith('bearer ') ?? false;
}

/** The session when it may use the API: its token, its user and the user's permission. */
function forApi(org: LocalOrg, session: Session | undefined): Session {
    if (session === undefined || !org.users.isActive(session.userId) || isBlocked(org, session)) {
        throw invalidSession();
    }
    if (!org.apiUsage.enabled) {
        throw apiDisabledForOrg();
    }
    if (!grantsApi(session.scopes)) {
        throw sessionNotForRest();
    }
    if (!org.access.userPermission(session.userId, 'ApiEnabled')) {
        throw apiDisabled();
    }
    return session;
}

/** Blocking an app, or removing it, ends its sessions. */
function isBlocked({ oauthApps }: LocalOrg, { consumerKey }: Session): boolean {
    return consumerKey !== undefined && oauthApps.byConsumerKey(consumerKey)?.enabled !== true;
}

/** `v67.0`: whole releases only, from the oldest served to the org's own. */
function isServedVersion(version: string, newest: number): boolean {
    const release = Number.parseInt(version.slice(1), 10);
    return version === `v${release}.0` && release >= OLDEST_VERSION && release <= newest;
}

function isCounted(path: string): boolean {
    return path.startsWith('/services/data/') || path.startsWith('/services/apexrest/');
}

function countUsage(org: LocalOrg, path: string, response: WireResponse): WireResponse {
    if (!isCounted(path) || response.status === 401 || org.apiUsage.used >= org.apiUsage.maximum) {
        return response;
    }
    org.apiUsage.used += 1;
    const usage = `api-usage=${org.apiUsage.used}/${org.apiUsage.maximum}`;
    return { ...response, headers: { ...response.headers, 'sforce-limit-info': usage } };
}
