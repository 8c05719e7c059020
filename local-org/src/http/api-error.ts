import { HttpError } from './http-error.ts';
import { json } from './responses.ts';
import type { WireResponse } from './types.ts';

/** One element of the array that the platform's REST resources answer with. */
export interface ApiErrorItem {
    readonly message: string;
    readonly errorCode: string;
    readonly fields?: readonly string[];
}

/** A REST error: `[{"message", "errorCode", "fields"?}]`. Source: REST API Developer Guide, Status Codes and Error Responses. */
export class ApiError extends HttpError {
    readonly items: readonly ApiErrorItem[];

    constructor(status: number, ...items: readonly ApiErrorItem[]) {
        super(status, items.map((item) => `${item.errorCode}: ${item.message}`).join('; '));
        this.items = items;
    }

    override toResponse(): WireResponse {
        return json(this.status, this.items);
    }
}

function apiError(status: number, errorCode: string, message: string, fields?: readonly string[]): ApiError {
    return new ApiError(status, fields === undefined ? { message, errorCode } : { message, errorCode, fields });
}

export function invalidSession(): ApiError {
    return apiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}

/** The token is good but was not granted the `api` scope. */
export function sessionNotForRest(): ApiError {
    return apiError(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
}

/** The session's user lacks the permission "API Enabled". */
export function apiDisabled(): ApiError {
    return apiError(403, 'API_CURRENTLY_DISABLED', 'API is disabled for this User');
}

/** Nobody may use the API of the org. */
export function apiDisabledForOrg(): ApiError {
    return apiError(403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner');
}

/** The org has used up its requests of the last 24 hours. */
export function requestLimitExceeded(): ApiError {
    return apiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
}

export function invalidAuthHeader(): ApiError {
    return apiError(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
}

export function notFound(message = 'The requested resource does not exist'): ApiError {
    return apiError(404, 'NOT_FOUND', message);
}

export function methodNotAllowed(method: string, allowed: readonly string[]): ApiError {
    const list = allowed.join(',');
    return apiError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${list}`);
}

export function unsupportedMediaType(contentType: string): ApiError {
    const message = `Content-Type header specified in HTTP request is not supported: ${contentType}`;
    return apiError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
}

export function jsonParserError(message: string): ApiError {
    return apiError(400, 'JSON_PARSER_ERROR', message);
}

export function bodyRequired(): ApiError {
    return jsonParserError('The HTTP entity body is required, but this request has no entity body.');
}

export function malformedQuery(message: string): ApiError {
    return apiError(400, 'MALFORMED_QUERY', message);
}

export function invalidQueryLocator(): ApiError {
    return apiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
}

export function invalidField(message: string): ApiError {
    return apiError(400, 'INVALID_FIELD', message);
}

export function noSuchColumn(column: string, object: string): ApiError {
    return invalidField(`No such column '${column}' on sobject of type ${object}`);
}

export function invalidType(object: string): ApiError {
    return apiError(400, 'INVALID_TYPE', `sObject type '${object}' is not supported.`);
}

export function malformedId(id: string): ApiError {
    return apiError(400, 'MALFORMED_ID', `malformed id ${id}`);
}

export function missingArgument(message: string): ApiError {
    return apiError(400, 'MISSING_ARGUMENT', message);
}

export function invalidInput(message: string): ApiError {
    return apiError(400, 'INVALID_API_INPUT', message);
}

/** A value of the request body is not one of those that the field takes. */
export function postBodyParseError(message: string): ApiError {
    return apiError(400, 'POST_BODY_PARSE_ERROR', message);
}

export function conflict(message: string): ApiError {
    return apiError(409, 'CONFLICT', message);
}

export function insufficientAccess(message = 'insufficient access rights on object id'): ApiError {
    return apiError(403, 'INSUFFICIENT_ACCESS', message);
}

export function functionalityNotEnabled(message: string): ApiError {
    return apiError(403, 'FUNCTIONALITY_NOT_ENABLED', message);
}

export function forbidden(message: string): ApiError {
    return apiError(403, 'FORBIDDEN', message);
}

export function tooManyRecords(maximum: number): ApiError {
    const message = `record limit reached. cannot submit more than ${maximum} records into this call`;
    return apiError(400, 'EXCEEDED_ID_LIMIT', message);
}

/** The platform has this and the local org does not; `what` names it. Never an approximation instead. */
export function notSupportedLocally(what: string): ApiError {
    return apiError(501, 'NOT_SUPPORTED_LOCALLY', `The local org does not support ${what}`);
}

export function serverUnavailable(message: string): ApiError {
    return apiError(503, 'SERVER_UNAVAILABLE', message);
}

export function apexError(message: string): ApiError {
    return apiError(500, 'APEX_ERROR', message);
}

export function unknownException(errorId: string): ApiError {
    const message = `An unexpected error occurred. Please include this ErrorId if you contact support: ${errorId}`;
    return apiError(500, 'UNKNOWN_EXCEPTION', message);
}

/** Any code for which no constructor above exists; the Apex engine and the database hand over their own codes. */
export function platformError(
    status: number,
    errorCode: string,
    message: string,
    fields?: readonly string[]
): ApiError {
    return apiError(status, errorCode, message, fields);
}
