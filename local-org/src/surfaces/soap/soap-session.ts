import { grantsApi } from '../../org/oauth-app.ts';
import type { Session } from '../../org/sessions.ts';
import type { SurfaceContext } from '../surface.ts';
import { SoapFault, type SoapCall } from './envelope.ts';

/** The session of the SessionHeader, else of the Authorization header. Throws the faults of the platform. */
export function sessionOf(call: SoapCall, { org, session }: SurfaceContext): Session {
    const found = call.sessionId === undefined ? session : org.sessions.find(call.sessionId);
    if (found === undefined || !grantsApi(found.scopes) || !org.users.isActive(found.userId)) {
        const detail = 'Invalid Session ID found in SessionHeader: Illegal Session';
        throw new SoapFault('INVALID_SESSION_ID', detail);
    }
    if (!org.apiUsage.enabled) {
        throw new SoapFault('API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner');
    }
    if (org.apiUsage.used >= org.apiUsage.maximum) {
        throw new SoapFault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    }
    if (!org.access.userPermission(found.userId, 'ApiEnabled')) {
        throw new SoapFault('API_CURRENTLY_DISABLED', 'API is disabled for this User');
    }
    return found;
}
