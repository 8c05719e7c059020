import { createHash, timingSafeEqual } from 'node:crypto';
import { basicCredentials } from '../../http/authorization.ts';
import { appBlocked, badClientSecret, invalidRequest, unknownClient } from './oauth-error.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { OauthApp } from '../../org/oauth-app.ts';

/**
 * The app whose id and secret the request carries, in its body or in the Authorization header, never in both. A secret
 * that comes has to be right, even where the app may leave it out.
 */
export function authenticateClient(
    request: HttpRequest,
    form: URLSearchParams,
    org: LocalOrg,
    needsSecret: (app: OauthApp) => boolean = () => true
): OauthApp {
    const header = basicCredentials(request);
    if (header !== undefined && (form.has('client_id') || form.has('client_secret'))) {
        throw invalidRequest('client credentials belong in the body or in the Authorization header, not in both');
    }
    const consumerKey = header?.user ?? form.get('client_id') ?? '';
    const secret = (header?.password ?? form.get('client_secret')) || undefined;
    const app = org.oauthApps.byConsumerKey(consumerKey);
    if (app === undefined) {
        throw unknownClient();
    }
    if (secret === undefined ? needsSecret(app) : !isSecretOf(app, secret)) {
        throw badClientSecret();
    }
    if (!app.enabled) {
        throw appBlocked();
    }
    return app;
}

function isSecretOf({ consumerSecret }: OauthApp, secret: string): boolean {
    return consumerSecret !== undefined && sameText(secret, consumerSecret);
}

/** Takes the same time wherever the texts differ. */
function sameText(left: string, right: string): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(left), digest(right));
}
