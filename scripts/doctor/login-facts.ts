import { consentUrl } from '../lib/consent.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import type { LinkPlan } from '../lib/link-plan.ts';
import { queryOne, soqlString, type BridgeOrg } from '../lib/org-connection.ts';
import { hasProviderCredentials } from '../lib/source-credential.ts';

/** What the source knows of logins beyond its metadata. What the flow does not use, or the org does not tell, is undefined. */
export interface LoginFacts {
    /** Whether the external auth identity provider holds client id and secret. */
    readonly providerStored: boolean | undefined;
    /** How a browser login would begin: `''` for a login page, or the refusal. */
    readonly authorize: string | undefined;
    /** Your user name in the target, for assertions per user; `''` when you have none. */
    readonly federationId: string | undefined;
}

export async function readLoginFacts(orgs: LinkedOrgs, plan: LinkPlan): Promise<LoginFacts> {
    const { source } = orgs;
    const isBrowser = plan.flow === 'browser';
    const isExternal = isBrowser && plan.identityProvider === 'external';
    const [providerStored, authorize, federationId] = await Promise.all([
        isExternal ? hasProviderCredentials(source, plan.externalIdentityProvider).catch(() => undefined) : undefined,
        isBrowser ? beginLogin(orgs, plan).catch(() => undefined) : undefined,
        plan.flow === 'jwt-bearer' && plan.principal === 'per-user' ? readFederationId(source) : undefined
    ]);
    return { providerStored, authorize, federationId };
}

async function readFederationId(source: BridgeOrg): Promise<string | undefined> {
    const soql = `SELECT FederationIdentifier FROM User WHERE Id = ${soqlString(source.userId)}`;
    const user = await queryOne<{ FederationIdentifier: string | null }>(source, soql).catch(() => undefined);
    return user && (user.FederationIdentifier ?? '');
}

const HOPS = 5;

/**
 * Asks the target for its login page as a browser would, without logging in: app, address, PKCE and scopes are checked
 * before anybody is. Source: help "OAuth 2.0 Web Server Flow for Web App Integration".
 */
async function beginLogin({ source, target }: LinkedOrgs, plan: LinkPlan): Promise<string | undefined> {
    let url: string;
    try {
        url = await consentUrl(source, plan);
    } catch (cause) {
        return (cause as Error).message;
    }
    for (let hop = 0; hop < HOPS; hop += 1) {
        const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(60_000) });
        const header = response.headers.get('location');
        const location = header === null ? null : URL.parse(header, url);
        if (location?.searchParams.has('error') === true) {
            return refusal(location.searchParams);
        }
        if (location === null) {
            // Whatever another host shows says nothing about the target.
            return new URL(url).origin === new URL(target.url).origin
                ? refusalOnPage(await response.text())
                : undefined;
        }
        url = location.href;
    }
    return undefined;
}

function refusal(answer: URLSearchParams): string {
    return `${answer.get('error')}: ${answer.get('error_description') ?? ''}`;
}

/** `error=redirect_uri_mismatch&error_description=…` on a page of the org; `''` when it asks for a login. */
function refusalOnPage(html: string): string {
    const text = html.replaceAll('&amp;', '&');
    const found = /error=\w+&error_description=[^\s"'<]+/.exec(text)?.[0];
    return found === undefined ? '' : refusal(new URLSearchParams(found));
}
