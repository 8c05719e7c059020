import { createHmac } from 'node:crypto';
import { json } from '../../http/responses.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { OauthApp } from '../../org/oauth-app.ts';
import type { OrgUser } from '../../org/users.ts';

const REFRESH_SCOPES: ReadonlySet<string> = new Set(['refresh_token', 'offline_access']);

/** What a user granted in a browser. */
export interface TokenGrant {
    readonly scopes: ReadonlySet<string>;
    readonly grantId: string;
    /** Shown in the answer; undefined when the client has it already or gets none. */
    readonly refreshToken: string | undefined;
}

export function hasRefreshScope(scopes: ReadonlySet<string>): boolean {
    return [...scopes].some((scope) => REFRESH_SCOPES.has(scope));
}

/** Opens a session for the user and answers with its token. Flows without a browser give no refresh token. */
export function tokenResponse(org: LocalOrg, app: OauthApp, user: OrgUser, grant?: TokenGrant): WireResponse {
    const scopes = grant ? [...grant.scopes] : app.scopes.filter((scope) => !REFRESH_SCOPES.has(scope));
    const session = org.sessions.open({
        userId: user.id,
        scopes: new Set(scopes),
        consumerKey: app.consumerKey,
        ...(grant !== undefined && { grantId: grant.grantId }),
        ...(app.sessionLifetimeMs !== undefined && { lifetimeMs: app.sessionLifetimeMs })
    });
    const id = identityUrl(org, user.id);
    const issuedAt = String(session.issuedAt);
    const signature = createHmac('sha256', app.consumerSecret ?? '')
        .update(id + issuedAt)
        .digest('base64');
    const body = {
        access_token: session.token,
        ...(grant?.refreshToken !== undefined && { refresh_token: grant.refreshToken }),
        signature,
        scope: scopes.join(' '),
        instance_url: org.baseUrl,
        id,
        token_type: 'Bearer',
        issued_at: issuedAt
    };
    return json(200, body, { 'cache-control': 'no-store' });
}

export function identityUrl(org: LocalOrg, userId: string): string {
    return `${org.baseUrl}/id/${org.id}/${userId}`;
}
