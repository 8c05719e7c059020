import { json } from '../../http/responses.ts';
import { IdentityError } from './oauth-error.ts';
import { identityUrl } from './token-response.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { OrgUser } from '../../org/users.ts';
import type { SurfaceContext } from '../surface.ts';

/** GET or POST /services/oauth2/userinfo. Source: help "User Info Endpoint", OpenID Connect Core 5.3. */
export function userinfo(request: HttpRequest, _parameters: unknown, context: SurfaceContext): WireResponse {
    const user = caller(request, context);
    const { org } = context;
    const field = (name: string): unknown => user.record.get(name) ?? undefined;
    return json(200, {
        sub: identityUrl(org, user.id),
        user_id: user.id,
        organization_id: org.id,
        preferred_username: user.username,
        nickname: field('Alias'),
        name: user.name,
        email: user.email,
        email_verified: true,
        given_name: field('FirstName'),
        family_name: field('LastName'),
        zoneinfo: field('TimeZoneSidKey'),
        profile: `${org.baseUrl}/${user.id}`,
        urls: urls(org, user.id),
        active: user.active,
        user_type: field('UserType') ?? 'STANDARD',
        language: field('LanguageLocaleKey'),
        locale: field('LocaleSidKey'),
        updated_at: field('LastModifiedDate')
    });
}

/** GET /id/<org id>/<user id>. Source: help "Identity URLs". */
export function identity(request: HttpRequest, parameters: PathParameters, context: SurfaceContext): WireResponse {
    const user = caller(request, context);
    const { org } = context;
    if (parameters['organization']?.slice(0, 15) !== org.id.slice(0, 15)) {
        throw new IdentityError('Wrong_Org');
    }
    if (parameters['user']?.slice(0, 15) !== user.id.slice(0, 15)) {
        throw new IdentityError('Bad_Id');
    }
    const field = (name: string): unknown => user.record.get(name) ?? null;
    return json(200, {
        id: identityUrl(org, user.id),
        asserted_user: true,
        user_id: user.id,
        organization_id: org.id,
        username: user.username,
        nick_name: field('Alias'),
        display_name: user.name,
        email: user.email,
        email_verified: true,
        first_name: field('FirstName'),
        last_name: field('LastName'),
        timezone: field('TimeZoneSidKey'),
        urls: urls(org, user.id),
        active: user.active,
        user_type: field('UserType') ?? 'STANDARD',
        language: field('LanguageLocaleKey'),
        locale: field('LocaleSidKey'),
        is_app_installed: true
    });
}

function caller(request: HttpRequest, { org, session }: SurfaceContext): OrgUser {
    if (request.headers['authorization'] === undefined) {
        throw new IdentityError('Missing_OAuth_Token');
    }
    if (session === undefined) {
        throw new IdentityError('Bad_OAuth_Token');
    }
    const user = org.users.byId(session.userId);
    if (user === undefined || !user.active) {
        throw new IdentityError('Inactive');
    }
    return user;
}

/** `{version}` is part of the answer: clients put their own release in. */
function urls(org: LocalOrg, userId: string): Record<string, string> {
    const { baseUrl } = org;
    return {
        enterprise: `${baseUrl}/services/Soap/c/{version}/${org.id.slice(0, 15)}`,
        metadata: `${baseUrl}/services/Soap/m/{version}/${org.id.slice(0, 15)}`,
        partner: `${baseUrl}/services/Soap/u/{version}/${org.id.slice(0, 15)}`,
        rest: `${baseUrl}/services/data/v{version}/`,
        sobjects: `${baseUrl}/services/data/v{version}/sobjects/`,
        search: `${baseUrl}/services/data/v{version}/search/`,
        query: `${baseUrl}/services/data/v{version}/query/`,
        tooling_soap: `${baseUrl}/services/Soap/T/{version}/${org.id.slice(0, 15)}`,
        tooling_rest: `${baseUrl}/services/data/v{version}/tooling/`,
        profile: `${baseUrl}/${userId}`,
        custom_domain: baseUrl
    };
}
