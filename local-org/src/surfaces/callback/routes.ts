import { redirect } from '../../http/responses.ts';
import { EXTERNAL_CALLBACK } from '../../org/login-provider.ts';
import { pageRoute } from '../page/browser-session.ts';
import { messagePage } from '../page/message-page.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext, Surface } from '../surface.ts';

/**
 * Where another org sends the browser back to after a login that this org asked for. Source: help "Configure a Salesforce
 * Authentication Provider"; external auth identity providers share one address.
 */
export const callbackSurface: Surface = {
    name: 'callback',
    routes: [pageRoute('/services/authcallback/:name', loginAnswered), pageRoute(EXTERNAL_CALLBACK, loginAnswered)]
};

function loginAnswered(request: HttpRequest, _parameters: PathParameters, context: SessionContext): WireResponse {
    const { org, session } = context;
    const outcome = org.consents.finish(request.path, request.query, session.userId);
    if (outcome.kind === 'refused') {
        return messagePage(request, context, 400, { title: 'The login did not succeed', text: outcome.problem });
    }
    const target = localPath(outcome.returnUrl, org.baseUrl);
    return target === undefined
        ? messagePage(request, context, 200, {
              title: 'Access allowed',
              text: 'This org can now call the other one. You can close this page.'
          })
        : redirect(target);
}

/** Only paths of this org. */
function localPath(wanted: string | undefined, baseUrl: string): string | undefined {
    const url = wanted === undefined ? null : URL.parse(wanted, `${baseUrl}/`);
    return url !== null && url.origin === new URL(baseUrl).origin ? url.pathname + url.search : undefined;
}
