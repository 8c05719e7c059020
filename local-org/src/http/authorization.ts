import { invalidAuthHeader, invalidSession } from './api-error.ts';
import type { HttpRequest } from './request.ts';

/**
 * Cookie in which an org keeps a browser's session. The platform calls it `sid`; here the org id is part of the name,
 * because cookies know no ports and two orgs on one host name would take each other's.
 */
export function sessionCookie(orgId: string): string {
    return `sid_${orgId.slice(0, 15)}`;
}

/** Token of `Authorization: Bearer …` (or the older `OAuth …`). Throws 401 when there is none. */
export function bearerToken(request: HttpRequest): string {
    const header = request.headers['authorization'];
    if (header === undefined) {
        throw invalidSession();
    }
    const [scheme, token] = splitOnce(header.trim(), ' ');
    const known = scheme.toLowerCase() === 'bearer' || scheme.toLowerCase() === 'oauth';
    if (!known || token === '') {
        throw invalidAuthHeader();
    }
    return token.trim();
}

/** Client id and secret of `Authorization: Basic …`; undefined when the header is absent or of another scheme. */
export function basicCredentials(request: HttpRequest): { user: string; password: string } | undefined {
    const [scheme, encoded] = splitOnce(request.headers['authorization'] ?? '', ' ');
    if (scheme.toLowerCase() !== 'basic') {
        return undefined;
    }
    const [user, password] = splitOnce(Buffer.from(encoded, 'base64').toString('utf8'), ':').map(formDecoded);
    return { user, password };
}

/** Source: RFC 6749, 2.3.1: both are form-encoded before they are joined. What is not encoded well stays as it is. */
function formDecoded(text: string): string {
    try {
        return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
        return text;
    }
}

function splitOnce(source: string, separator: string): [string, string] {
    const index = source.indexOf(separator);
    return index < 0 ? [source, ''] : [source.slice(0, index), source.slice(index + separator.length)];
}
