import { platformError } from '../../http/api-error.ts';
import { sessionRoute, type SessionContext, type Surface } from '../surface.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';

const ROOT = '/services/apexrest';

/** Classes with @RestResource, under their own paths. */
export const apexRestSurface: Surface = {
    name: 'apexrest',
    routes: [sessionRoute(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], `${ROOT}/*`, callApex)]
};

function callApex(request: HttpRequest, _parameters: unknown, { org, session }: SessionContext): WireResponse {
    const path = request.path.slice(ROOT.length);
    const answer = org.apex.rest(
        {
            method: request.method,
            path,
            query: new Map(request.query),
            headers: new Map(Object.entries(request.headers)),
            body: request.body,
            remoteAddress: request.remoteAddress,
            resourceUri: request.path
        },
        session.userId
    );
    if ('errorCode' in answer) {
        throw platformError(answer.status, answer.errorCode, answer.message);
    }
    const headers = { 'content-type': answer.contentType, ...Object.fromEntries(answer.headers) };
    return { status: answer.status, headers, body: answer.body };
}
