import { conflict, invalidInput, notFound } from '../../http/api-error.ts';
import { json, noContent } from '../../http/responses.ts';
import { appOfPath, requireAccess } from './app-credentials.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { OauthApp } from '../../org/oauth-app.ts';
import type { StagedCredentials } from '../../org/oauth-consumers.ts';
import type { SessionContext } from '../surface.ts';

/*
 * The second pair of key and secret of an External Client App: made, taken into use, removed. A staged pair that was not
 * rotated in is refused by the token endpoint here; whether the platform takes it is not documented.
 * Source: Connect REST API Developer Guide, OAuth Credentials Resources; help xcloud.eca_stage_oauth_credentials.
 */

/** GET /apps/oauth/credentials/<app>/<consumer>/staged */
export function listStaged(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const app = consumerOfPath(parameters, context);
    const { staged } = context.org.oauthApps.consumers.of(app.id, undefined);
    return json(200, collection(staged, app, parameters), NO_STORE);
}

/** POST /apps/oauth/credentials/<app>/<consumer>/staged, with the body `{}`. */
export function stage(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const app = consumerOfPath(parameters, context);
    request.json();
    const staged = context.org.oauthApps.consumers.stage(app.id, context.session.userId);
    if (staged === undefined) {
        throw conflict('The OAuth consumer already has staged credentials. Delete them before you stage new ones.');
    }
    return json(201, collection(staged, app, parameters), NO_STORE);
}

/** PATCH /apps/oauth/credentials/<app>/<consumer>/staged/<id> with `{"command": "rotate"}`. */
export function rotate(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const app = stagedOfPath(parameters, context);
    const body = request.json() as { readonly command?: unknown } | null;
    if (body?.command !== 'rotate') {
        throw invalidInput('The property command takes the value rotate.');
    }
    const old = context.org.oauthApps.consumers.rotate(app.id);
    if (old === undefined) {
        throw invalidInput('These staged credentials were rotated before.');
    }
    return json(200, collection(old, app, parameters), NO_STORE);
}

/** DELETE /apps/oauth/credentials/<app>/<consumer>/staged/<id>: the pair works no longer, and neither do its tokens. */
export function discard(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const app = stagedOfPath(parameters, context);
    const removed = context.org.oauthApps.consumers.discard(app.id);
    if (removed !== undefined) {
        context.org.sessions.revokeApp(removed.consumerKey);
    }
    return noContent();
}

const NO_STORE = { 'cache-control': 'no-store' };

function consumerOfPath(parameters: PathParameters, context: SessionContext): OauthApp {
    requireAccess(context);
    const app = appOfPath(parameters, context);
    if (parameters['consumer'] !== app.consumerId) {
        throw notFound();
    }
    return app;
}

function stagedOfPath(parameters: PathParameters, context: SessionContext): OauthApp {
    const app = consumerOfPath(parameters, context);
    if (context.org.oauthApps.consumers.of(app.id, undefined).staged?.id !== parameters['staged']) {
        throw notFound();
    }
    return app;
}

function collection(
    staged: StagedCredentials | undefined,
    app: OauthApp,
    { version }: PathParameters
): Record<string, unknown> {
    const primary = `/services/data/${version}/apps/oauth/credentials/${app.id}/${app.consumerId}`;
    const url = `${primary}/staged`;
    return { stagedCredentials: staged === undefined ? [] : [item(staged, url)], url };
}

function item(staged: StagedCredentials, url: string): Record<string, unknown> {
    return {
        createdBy: staged.createdById,
        createdDate: new Date(staged.createdAt).toISOString(),
        expirationDate: new Date(staged.expiresAt).toISOString(),
        id: staged.id,
        key: staged.consumerKey,
        secret: staged.consumerSecret,
        state: staged.state,
        url: `${url}/${staged.id}`
    };
}
