import { sessionCookie } from '../../http/authorization.ts';
import { redirect } from '../../http/responses.ts';
import { isAdminApproved } from './approval.ts';
import { consentPage, errorPage, loginPage } from './authorize-pages.ts';
import { readAuthorizationRequest, RedirectedError, redirectLocation } from './authorization-request.ts';
import { notAdminApproved, OauthError } from './oauth-error.ts';
import { authorizeParameters, formParameters } from './parameters.ts';
import { pendingRequestsOf } from './pending-requests.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { Session } from '../../org/sessions.ts';
import type { OrgUser } from '../../org/users.ts';
import type { SurfaceContext } from '../surface.ts';

type Handler = (request: HttpRequest, parameters: PathParameters, context: SurfaceContext) => WireResponse;

/** GET or POST /services/oauth2/authorize: to the login page, to the consent page, or straight back to the app. */
export const authorize: Handler = answering((request, _parameters, context) => {
    const asked = readAuthorizationRequest(authorizeParameters(request), context.org);
    const { session } = context;
    if (session === undefined || asked.prompt.has('login') || asked.prompt.has('select_account')) {
        requireInteraction(asked);
        return loginPage(context.org, pendingRequestsOf(context.org).open(asked), asked);
    }
    return continueAs(asked, session, context);
});

/** POST /services/oauth2/authorize/login with `request`, `username` and `password`. */
export const logIn: Handler = answering((request, _parameters, context) => {
    const { org } = context;
    const form = formParameters(request);
    const pending = pendingRequestsOf(org);
    const ticket = form.get('request') ?? '';
    const asked = pending.find(ticket);
    const user = org.users.byUsername(form.get('username')?.trim() ?? '');
    if (user === undefined || !user.active || !org.passwords.accepts(user.id, form.get('password') ?? '')) {
        const problem =
            'Please check your username and password. If you still can\u2019t log in, contact your administrator.';
        return loginPage(org, ticket, asked, problem);
    }
    pending.close(ticket);
    const session = org.sessions.open({ userId: user.id, scopes: new Set(['web', 'api']) });
    const response = continueAs(asked, session, context);
    const cookie = `${sessionCookie(org.id)}=${session.token}; Path=/; HttpOnly; SameSite=Lax`;
    return { ...response, headers: { ...response.headers, 'set-cookie': cookie } };
});

/** POST /services/oauth2/authorize/consent with `request` and `decision`. */
export const consent: Handler = answering((request, _parameters, { org, session }) => {
    const form = formParameters(request);
    const pending = pendingRequestsOf(org);
    const ticket = form.get('request') ?? '';
    const asked = pending.find(ticket, session?.token);
    pending.close(ticket);
    if (session === undefined || form.get('decision') !== 'allow') {
        throw redirected(asked, new OauthError('access_denied', 'end-user denied authorization'));
    }
    org.oauthGrants.approve({ consumerKey: asked.app.consumerKey, userId: session.userId, scopes: asked.scopes });
    return sendCode(asked, session, { org });
});

/** Goes on for a user who is logged in. */
function continueAs(asked: AuthorizationRequest, session: Session, context: Pick<SurfaceContext, 'org'>): WireResponse {
    const { org } = context;
    const user = org.users.byId(session.userId);
    if (user === undefined || !user.active) {
        throw redirected(asked, new OauthError('inactive_user', 'user is inactive'));
    }
    if (asked.app.adminApproved) {
        if (!isAdminApproved(org, asked.app, user)) {
            throw redirected(asked, notAdminApproved());
        }
        return sendCode(asked, session, context);
    }
    const isApproved = org.oauthGrants.isApproved(asked.app.consumerKey, user.id, asked.scopes);
    return isApproved && !asked.prompt.has('consent')
        ? sendCode(asked, session, context)
        : askConsent(asked, user, session, context);
}

function askConsent(
    asked: AuthorizationRequest,
    user: OrgUser,
    session: Session,
    { org }: Pick<SurfaceContext, 'org'>
): WireResponse {
    requireInteraction(asked);
    return consentPage(org, pendingRequestsOf(org).open(asked, session.token), asked, user);
}

function sendCode(
    asked: AuthorizationRequest,
    { userId }: Session,
    { org }: Pick<SurfaceContext, 'org'>
): WireResponse {
    const { app, redirectUri, scopes, codeChallenge, state } = asked;
    const code = org.oauthGrants.issueCode({
        consumerKey: app.consumerKey,
        userId,
        scopes,
        redirectUri,
        codeChallenge
    });
    return redirect(redirectLocation(redirectUri, { code, ...(state !== undefined && { state }) }));
}

/** `immediate=true` and `prompt=none` must not show a page. */
function requireInteraction(asked: AuthorizationRequest): void {
    if (asked.immediate || asked.prompt.has('none')) {
        throw redirected(asked, new OauthError('immediate_unsuccessful', 'immediate unsuccessful'));
    }
}

function redirected({ redirectUri, state }: AuthorizationRequest, error: OauthError): RedirectedError {
    return new RedirectedError(redirectUri, state, error);
}

/** Errors go to the app's address where that is known to be its own, else onto a page. */
function answering(handle: Handler): Handler {
    return (request, parameters, context) => {
        try {
            return handle(request, parameters, context);
        } catch (error) {
            if (error instanceof RedirectedError) {
                return redirect(error.location);
            }
            if (error instanceof OauthError) {
                return errorPage(context.org, error);
            }
            throw error;
        }
    };
}
