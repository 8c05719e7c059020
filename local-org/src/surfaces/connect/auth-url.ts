import { invalidInput, jsonParserError } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { requireSetupAccess, resolvePrincipal } from './credential.ts';
import { readPrincipalType, requiredText } from './credential-input.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

/**
 * POST /named-credentials/credential/auth-url/o-auth: where a user logs in to the other side. The URL is escaped, as the
 * platform's is. Source: Connect REST API Developer Guide, External Credential OAuth URL.
 */
export function authUrl(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    const body = request.json();
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw jsonParserError('A JSON object is expected');
    }
    const input = body as Record<string, unknown>;
    const wanted = {
        externalCredential: requiredText(input, 'externalCredential'),
        principalName: requiredText(input, 'principalName'),
        principalType: readPrincipalType(requiredText(input, 'principalType'))
    };
    // Everyone may log in for themselves; one principal for all is set up by an administrator.
    if (wanted.principalType === 'NamedPrincipal') {
        requireSetupAccess(context);
    }
    const { credential, key } = resolvePrincipal(context, wanted);
    const { returnUrl } = input;
    const url = context.org.consents.begin({
        credential,
        key,
        userId: context.session.userId,
        returnUrl: typeof returnUrl === 'string' ? returnUrl : undefined
    });
    if (url === undefined) {
        throw invalidInput(`The external credential "${credential.name}" has no identity provider that is complete.`);
    }
    return json(200, {
        authenticationUrl: url.replaceAll('&', '&amp;'),
        externalCredential: credential.name,
        principalName: key.principalName,
        principalType: key.principalType
    });
}
