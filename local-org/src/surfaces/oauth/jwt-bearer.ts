import { createPublicKey, verify } from 'node:crypto';
import { isAdminApproved } from './approval.ts';
import { requireLoginIp } from './login-ip.ts';
import { appBlocked, invalidGrant, invalidRequest, notAdminApproved, unknownClient } from './oauth-error.ts';
import { tokenResponse } from './token-response.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { OauthApp } from '../../org/oauth-app.ts';
import type { OrgUser } from '../../org/users.ts';

interface Assertion {
    readonly claims: Readonly<Record<string, unknown>>;
    readonly signedText: string;
    readonly signature: Buffer;
}

/** From this number on `exp` is in milliseconds: the stock command line tools send it so, and the platform takes it. */
const FIRST_MILLISECOND_EXP = 100_000_000_000;
const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** Source: help xcloud.remoteaccess_oauth_jwt_flow, "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration". */
export function jwtBearer(form: URLSearchParams, org: LocalOrg, remoteAddress: string): WireResponse {
    const assertion = parseAssertion(form.get('assertion') ?? '');
    const { iss, sub, aud, exp, nbf } = assertion.claims;
    const app = typeof iss === 'string' ? org.oauthApps.byConsumerKey(iss) : undefined;
    if (app === undefined) {
        throw unknownClient();
    }
    if (!app.enabled) {
        throw appBlocked();
    }
    const isSigned = app.certificate !== undefined && isSignedBy(app.certificate, assertion);
    if (!isSigned || isOver(exp, org) || isTooEarly(nbf, org)) {
        throw invalidGrant('invalid assertion');
    }
    if (!isAudience(aud, org.baseUrl)) {
        throw invalidGrant('audience is invalid');
    }
    const user = typeof sub === 'string' ? org.users.byUsername(sub) : undefined;
    if (user === undefined || !user.active) {
        throw invalidGrant('user is invalid');
    }
    requireApproval(org, app, user);
    requireLoginIp(remoteAddress, org, app, user);
    return tokenResponse(org, app, user);
}

function requireApproval(org: LocalOrg, app: OauthApp, user: OrgUser): void {
    if (app.kind === 'built-in') {
        return;
    }
    if (!app.adminApproved) {
        if (!org.oauthGrants.isApproved(app.consumerKey, user.id)) {
            throw invalidGrant("user hasn't approved this consumer");
        }
    } else if (!isAdminApproved(org, app, user)) {
        throw notAdminApproved();
    }
    if (!app.scopes.includes('refresh_token') && !app.scopes.includes('offline_access')) {
        throw invalidRequest('refresh_token scope is required');
    }
}

function parseAssertion(text: string): Assertion {
    const segments = text.split('.');
    if (segments.length !== 3 || !segments.every((segment) => /^[\w-]+$/.test(segment))) {
        throw invalidGrant('invalid assertion');
    }
    const [header, claims, signature] = segments;
    const parts = { header: decoded(header), claims: decoded(claims) };
    // RFC 7515, 4.1.11: what `crit` names has to be understood, and nothing is.
    if (parts.header?.['alg'] !== 'RS256' || parts.header['crit'] !== undefined || parts.claims === undefined) {
        throw invalidGrant('invalid assertion');
    }
    return {
        claims: parts.claims,
        signedText: `${header}.${claims}`,
        signature: Buffer.from(signature, 'base64url')
    };
}

function decoded(part: string | undefined): Record<string, unknown> | undefined {
    try {
        const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
        return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
    } catch {
        return undefined;
    }
}

function isSignedBy(certificate: string, { signedText, signature }: Assertion): boolean {
    try {
        return verify('RSA-SHA256', Buffer.from(signedText), createPublicKey(certificate), signature);
    } catch {
        // What was deployed as a certificate is none.
        return false;
    }
}

function isOver(exp: unknown, org: LocalOrg): boolean {
    return typeof exp !== 'number' || milliseconds(exp) <= org.clock.now();
}

/** Source: RFC 7523, 3: an assertion must not be taken before its `nbf`, where it has one. */
function isTooEarly(nbf: unknown, org: LocalOrg): boolean {
    return nbf !== undefined && (typeof nbf !== 'number' || milliseconds(nbf) > org.clock.now());
}

function milliseconds(instant: number): number {
    return instant < FIRST_MILLISECOND_EXP ? instant * 1000 : instant;
}

function isAudience(aud: unknown, baseUrl: string): boolean {
    const accepted = [baseUrl, baseUrl.replace('//localhost:', '//127.0.0.1:'), ...LOGIN_HOSTS];
    const values: unknown[] = Array.isArray(aud) ? aud : [aud];
    const given = values.filter((value) => typeof value === 'string').map(trimSlash);
    return given.some((value) => accepted.includes(value) || value === `${baseUrl}/services/oauth2/token`);
}

function trimSlash(url: string): string {
    return url.endsWith('/') ? url.slice(0, -1) : url;
}
