import { createHash } from 'node:crypto';
import { MODULES_URL } from '../../lwc/import-map.ts';
import { serveModule } from '../../lwc/modules.ts';
import { requirePageSession } from './browser-session.ts';
import type { ModuleUser } from '../../lwc/platform-modules.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext, SurfaceContext } from '../surface.ts';

/** GET /modules/…: files of deployed bundles, compiled, and `@salesforce/…` modules made for the user. */
export function moduleFile(request: HttpRequest, _parameters: PathParameters, context: SurfaceContext): WireResponse {
    const session = requirePageSession(request, context);
    const path = decodeURIComponent(request.path.slice(MODULES_URL.length + 1));
    const { metadata, schema, access } = session.org;
    const scopedStyles = request.query.get('scoped') === 'true';
    const served = serveModule({ path, scopedStyles }, { metadata, schema, access, user: moduleUser(session) });
    switch (served.kind) {
        case 'code':
            return script(request, served.code);
        case 'problem': {
            const { file, line, column, message } = served.problem;
            return script(request, throwing(`${file}:${line}:${column}: ${message}`));
        }
        case 'unknown':
            return script(request, throwing(served.message));
    }
}

/** A module that fails with the message: a failed request would leave the browser without a reason. */
function throwing(message: string): string {
    return `export default undefined;\nthrow new Error(${JSON.stringify(message)});`;
}

function script(request: HttpRequest, code: string): WireResponse {
    const etag = `"${createHash('sha256').update(code).digest('base64url')}"`;
    const headers = { 'cache-control': 'no-cache, private', etag, vary: 'Cookie', 'x-content-type-options': 'nosniff' };
    return request.headers['if-none-match'] === etag
        ? { status: 304, headers, body: '' }
        : { status: 200, headers: { ...headers, 'content-type': 'text/javascript;charset=UTF-8' }, body: code };
}

function moduleUser({ org, session }: SessionContext): ModuleUser {
    const record = org.users.byId(session.userId)?.record;
    const field = (name: string, otherwise: string): string => String(record?.get(name) ?? otherwise);
    return {
        id: session.userId,
        locale: field('LocaleSidKey', 'en_US'),
        language: field('LanguageLocaleKey', 'en_US'),
        timeZone: field('TimeZoneSidKey', 'GMT')
    };
}
