import { setAppBlocked } from '../../org/block-app.ts';
import { redirect } from '../../http/responses.ts';
import { requirePageSession } from './browser-session.ts';
import { markup, type Markup } from './markup.ts';
import { messagePage } from './message-page.ts';
import { pageResponse } from './shell.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { OauthApp } from '../../org/oauth-app.ts';
import type { SessionContext, SurfaceContext } from '../surface.ts';

export const CONNECTED_APPS_PAGE = '/lightning/setup/ConnectedAppsUsage/home';

const TITLE = 'Connected Apps OAuth Usage';
const TO_VIEW = ['ViewSetup', 'ManageUsers'];
const TO_CHANGE = ['CustomizeApplication', 'ModifyAllData'];

/**
 * GET /lightning/setup/ConnectedAppsUsage/home: connected apps, how many users came through each, and whether it is blocked.
 * Source: help "Manage Current OAuth Connected App Sessions", which has the permissions too.
 */
export function connectedAppsPage(
    request: HttpRequest,
    _parameters: PathParameters,
    context: SessionContext
): WireResponse {
    if (!hasAll(context, TO_VIEW)) {
        return refusal(request, context);
    }
    const apps = context.org.oauthApps.list().filter(({ kind }) => kind === 'connected-app');
    const body = markup`<section class="host-card" aria-labelledby="apps-heading">
        <h1 class="host-page-title" id="apps-heading">${TITLE}</h1>
        ${apps.length === 0 ? markup`<p class="host-empty-state">This org has no connected apps.</p>` : table(apps, context)}
    </section>`;
    return pageResponse(request, context, { title: TITLE, body });
}

/** POST with `app` and `action`, "block" or "unblock". */
export function blockConnectedApp(
    request: HttpRequest,
    _parameters: PathParameters,
    context: SurfaceContext
): WireResponse {
    const own = requirePageSession(request, context);
    if (!hasAll(own, [...TO_VIEW, ...TO_CHANGE])) {
        return refusal(request, own);
    }
    const form = request.form();
    const action = form?.get('action');
    if (action !== 'block' && action !== 'unblock') {
        return messagePage(request, own, 400, { title: TITLE, text: 'An app can be blocked or unblocked.' });
    }
    try {
        setAppBlocked(own.org, form?.get('app') ?? '', action === 'block');
    } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return messagePage(request, own, 404, { title: TITLE, text: error.message });
    }
    return redirect(CONNECTED_APPS_PAGE);
}

function hasAll({ org, session }: SessionContext, permissions: readonly string[]): boolean {
    return permissions.every((name) => org.access.userPermission(session.userId, name));
}

function refusal(request: HttpRequest, context: SessionContext): WireResponse {
    const text = 'This user may not manage the connected apps of the org.';
    return messagePage(request, context, 403, { title: TITLE, text });
}

function table(apps: readonly OauthApp[], context: SessionContext): Markup {
    const mayChange = hasAll(context, TO_CHANGE);
    const rows = apps.map(
        (app) => markup`<tr><th scope="row">${app.label}</th><td>${userCount(app, context)}</td>
            <td>${app.enabled ? 'Open' : 'Blocked'}</td><td>${mayChange && form(app)}</td></tr>`
    );
    return markup`<div class="host-table-frame" role="region" aria-label="${TITLE}" tabindex="0">
        <table class="host-table">
            <thead><tr>
                <th scope="col">Connected App</th><th scope="col">User Count</th>
                <th scope="col">Access</th><th scope="col">Action</th>
            </tr></thead>
            <tbody>${rows}</tbody>
        </table>
    </div>`;
}

function form({ developerName, label, enabled }: OauthApp): Markup {
    const action = enabled ? 'Block' : 'Unblock';
    return markup`<form class="host-order" method="post" action="${CONNECTED_APPS_PAGE}">
        <input type="hidden" name="app" value="${developerName}" />
        <button class="slds-button slds-button_neutral" name="action" value="${action.toLowerCase()}"
            aria-label="${action} ${label}">${action}</button>
    </form>`;
}

/** Users who have come through the app, as the history of logins has them. */
function userCount({ label }: OauthApp, { org, session }: SessionContext): number {
    const soql = 'SELECT COUNT_DISTINCT(UserId) users FROM LoginHistory WHERE Application = :label';
    const access = { userId: session.userId, mode: 'system', sharing: false } as const;
    const { records } = org.database.query(soql, { access, binds: new Map([['label', label]]) });
    return Number(records[0]?.get('users') ?? 0);
}
