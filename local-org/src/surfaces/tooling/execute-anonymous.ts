import { missingArgument } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { executeTraced } from './trace.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

/** GET /tooling/executeAnonymous?anonymousBody=… */
export function executeAnonymous(
    request: HttpRequest,
    _parameters: unknown,
    { org, session }: SessionContext
): WireResponse {
    const code = request.query.get('anonymousBody');
    if (code === null) {
        throw missingArgument('The parameter anonymousBody is required');
    }
    const { debugLog: _debugLog, ...result } = executeTraced(org, code, session.userId, request.path);
    return json(200, result);
}
