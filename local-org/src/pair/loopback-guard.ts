import type { IncomingMessage } from 'node:http';

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface Refusal {
    readonly status: number;
    readonly message: string;
}

/**
 * The orgs hold tokens and listen where any web page can send requests to. A page of another site must not reach them:
 * not under a host name that it points at loopback (DNS rebinding), and not with a cross-origin write.
 */
export function refusalOf(request: IncomingMessage, port: number): Refusal | undefined {
    const host = request.headers.host ?? '';
    if (!LOOPBACK_HOSTS.has(withoutPort(host))) {
        return { status: 421, message: 'This server answers on loopback host names only' };
    }
    if (SAFE_METHODS.has(request.method ?? '')) {
        return undefined;
    }
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const foreignOrigin = origin !== undefined && !isOwnOrigin(origin, port);
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    return foreignOrigin || foreignSite ? { status: 403, message: 'Cross-origin writes are refused' } : undefined;
}

function withoutPort(host: string): string {
    const end = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
    return (end <= 0 ? host : host.slice(0, end)).toLowerCase();
}

function isOwnOrigin(origin: string, port: number): boolean {
    return [...LOOPBACK_HOSTS].some((host) => origin.toLowerCase() === `http://${host}:${port}`);
}
