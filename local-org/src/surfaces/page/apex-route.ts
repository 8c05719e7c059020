import { json } from '../../http/responses.ts';
import { requirePageSession } from './browser-session.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SurfaceContext } from '../surface.ts';

/**
 * POST /lwc/apex/<class>/<method> with the arguments by name: an @AuraEnabled method for a component. Answers
 * `{returnValue, cacheable?}`, or 500 with `{message, exceptionType, stackTrace}`. The platform's own transport for
 * this is private, so the path is the local org's.
 */
export function callApex(request: HttpRequest, parameters: PathParameters, context: SurfaceContext): WireResponse {
    const { org, session } = requirePageSession(request, context);
    const { class: className = '', method = '' } = parameters;
    const body = request.json();
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        return failure('The arguments of an Apex method are a JSON object', 'System.IllegalArgumentException', '');
    }
    const outcome = org.apex.aura(className, method, body as Record<string, unknown>, session.userId);
    return outcome.ok
        ? json(200, { returnValue: outcome.returnValue, cacheable: outcome.cacheable }, { 'cache-control': 'no-store' })
        : failure(outcome.message, outcome.exceptionType, outcome.stackTrace);
}

function failure(message: string, exceptionType: string, stackTrace: string): WireResponse {
    return json(500, { message, exceptionType, stackTrace, isUserDefinedException: false });
}
