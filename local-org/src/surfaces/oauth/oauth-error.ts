import { HttpError } from '../../http/http-error.ts';
import { json, text } from '../../http/responses.ts';
import type { WireResponse } from '../../http/types.ts';

/** `{"error", "error_description"}`. Source: help xcloud.remoteaccess_oauth_flow_errors, "OAuth 2.0 Error Codes". */
export class OauthError extends HttpError {
    readonly error: string;

    constructor(error: string, description: string, status = 400) {
        super(status, description);
        this.error = error;
    }

    override toResponse(): WireResponse {
        return json(
            this.status,
            { error: this.error, error_description: this.message },
            { 'cache-control': 'no-store' }
        );
    }
}

export function invalidRequest(description: string): OauthError {
    return new OauthError('invalid_request', description);
}

export function invalidGrant(description: string): OauthError {
    return new OauthError('invalid_grant', description);
}

export function unknownClient(): OauthError {
    return new OauthError('invalid_client_id', 'client identifier invalid');
}

export function badClientSecret(): OauthError {
    return new OauthError('invalid_client', 'invalid client credentials');
}

export function redirectUriMismatch(): OauthError {
    return new OauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
}

export function grantNotSupported(): OauthError {
    return new OauthError('unsupported_grant_type', 'grant type not supported');
}

export function notAdminApproved(): OauthError {
    return new OauthError('invalid_app_access', 'user is not admin approved to access this app');
}

export function appBlocked(): OauthError {
    return new OauthError('app_blocked', 'this app is blocked by admin');
}

/** As the authorize endpoint says it to the app. Source: Microsoft Learn, "Failure passed to redirect URL". */
export function connectedAppBlocked(): OauthError {
    return new OauthError('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
}

export function invalidToken(): OauthError {
    return new OauthError('invalid_token', 'the token is invalid');
}

/** The identity resources answer in plain words. */
export class IdentityError extends HttpError {
    constructor(word: 'Missing_OAuth_Token' | 'Bad_OAuth_Token' | 'Wrong_Org' | 'Bad_Id' | 'Inactive') {
        super(403, word);
    }

    override toResponse(): WireResponse {
        return text(this.status, this.message);
    }
}
