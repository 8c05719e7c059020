import { forbidden, functionalityNotEnabled, invalidInput, notFound } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { flagOf } from '../../schema/document.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { OauthApp } from '../../org/oauth-app.ts';
import type { SessionContext } from '../surface.ts';

/**
 * Keys and secrets of External Client Apps. Two gates: the org's setting enableClientSecretInRestApiAccess, and the four
 * user permissions. Source: Connect REST API Developer Guide, OAuth Credentials Resources.
 */
const PERMISSIONS = [
    'ExternalClientAppAdmin',
    'ExternalClientAppDeveloper',
    'ExternalClientAppViewer',
    'ViewClientSecret'
];

/** GET /apps/oauth/usage */
export function appUsage(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    requireViewer(context);
    const apps = externalClientApps(context).map(({ developerName, id, label }) => ({
        developerName,
        identifier: id,
        label
    }));
    return json(200, { apps, currentPageUrl: request.path, nextPageUrl: null });
}

/** GET /apps/oauth/credentials/<app> */
export function appConsumers(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    requireAccess(context);
    const app = appOfPath(parameters, context);
    const url = `/services/data/${parameters['version']}/apps/oauth/credentials/${app.id}/${app.consumerId}`;
    return json(200, {
        consumers: [
            {
                id: app.consumerId,
                key: app.consumerKey,
                name: app.developerName,
                stagedCredentialsUrl: `${url}/staged`,
                url
            }
        ]
    });
}

/** GET /apps/oauth/credentials/<app>/<consumer>?part=key|secret|keyandsecret */
export function consumerCredentials(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    requireAccess(context);
    const app = appOfPath(parameters, context);
    if (parameters['consumer'] !== app.consumerId) {
        throw notFound();
    }
    const part = request.query.get('part')?.toLowerCase() ?? 'key';
    if (!['key', 'secret', 'keyandsecret'].includes(part)) {
        throw invalidInput('The parameter part takes key, secret or keyandsecret.');
    }
    return json(
        200,
        {
            id: app.consumerId,
            ...(part !== 'secret' && { key: app.consumerKey }),
            ...(part !== 'key' && { secret: app.consumerSecret })
        },
        { 'cache-control': 'no-store' }
    );
}

/** Both gates. */
export function requireAccess(context: SessionContext): void {
    const { org, session } = context;
    const settings = org.metadata.get('Settings', 'ExternalClientApp')?.document;
    if (!flagOf(settings, 'enableClientSecretInRestApiAccess')) {
        throw functionalityNotEnabled('This feature is not currently enabled for this user.');
    }
    if (!PERMISSIONS.every((permission) => org.access.userPermission(session.userId, permission))) {
        throw forbidden('You do not have access to the credentials of external client apps.');
    }
}

function requireViewer({ org, session }: SessionContext): void {
    const may = ['ExternalClientAppViewer', 'CustomizeApplication'].some((permission) =>
        org.access.userPermission(session.userId, permission)
    );
    if (!may) {
        throw forbidden('You do not have access to external client apps.');
    }
}

function externalClientApps({ org }: SessionContext): OauthApp[] {
    return org.oauthApps.list().filter(({ kind }) => kind === 'external-client-app');
}

export function appOfPath(parameters: PathParameters, context: SessionContext): OauthApp {
    const app = context.org.oauthApps.byId(parameters['app'] ?? '');
    if (app === undefined || app.kind !== 'external-client-app') {
        throw notFound();
    }
    return app;
}
