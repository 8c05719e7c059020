import findMyWay from 'find-my-way';
import type { HttpRequest } from './request.ts';
import type { WireResponse } from './types.ts';

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

export type PathParameters = Readonly<Record<string, string>>;

/** One resource and what answers it. `Context` is what the surfaces hand to their handlers. */
export interface Route<Context> {
    readonly methods: readonly HttpMethod[];
    /** `/services/data/:version/sobjects/:object`, `*` at the end matches the rest of the path. */
    readonly path: string;
    /**
     * `bearer`: a session with the `api` scope in the Authorization header, else 401.
     * `browser`: the same, or the session cookie of a logged-in browser.
     * `none`: the handler itself decides; `context.session` is set when the request carries a valid session.
     */
    readonly session: 'bearer' | 'browser' | 'none';
    readonly handle: (request: HttpRequest, parameters: PathParameters, context: Context) => WireResponse;
}

export type RouteMatch<Context> =
    | { readonly kind: 'match'; readonly route: Route<Context>; readonly parameters: PathParameters }
    | { readonly kind: 'other-methods'; readonly allowed: readonly HttpMethod[] }
    | { readonly kind: 'none' };

export interface Router<Context> {
    match(method: string, path: string): RouteMatch<Context>;
}

/** Throws when two routes claim the same method and path. */
export function createRouter<Context>(routes: Iterable<Route<Context>>): Router<Context> {
    const tree = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 4000 });
    for (const route of routes) {
        tree.on([...route.methods], route.path, () => undefined, route);
    }
    const find = (method: HttpMethod, path: string): RouteMatch<Context> | undefined => {
        const found = tree.find(method, path);
        return found === null
            ? undefined
            : { kind: 'match', route: found.store as Route<Context>, parameters: found.params as PathParameters };
    };
    return {
        match(method, path) {
            const wanted = method === 'HEAD' ? 'GET' : method;
            const known = HTTP_METHODS.find((candidate) => candidate === wanted);
            const match = known === undefined ? undefined : find(known, path);
            if (match !== undefined) {
                return match;
            }
            const allowed = HTTP_METHODS.filter((candidate) => find(candidate, path) !== undefined);
            return allowed.length > 0 ? { kind: 'other-methods', allowed } : { kind: 'none' };
        }
    };
}
