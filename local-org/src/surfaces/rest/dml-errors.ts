import { ApiError } from '../../http/api-error.ts';
import type { DmlRowError, DmlRowResult } from '../../apex/runtime/runtime.ts';

/** Row errors that a single-record resource answers with another status than 400. */
const STATUS: Readonly<Record<string, number>> = {
    ENTITY_IS_DELETED: 404,
    INSUFFICIENT_ACCESS_OR_READONLY: 403,
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
    INVALID_CROSS_REFERENCE_KEY: 404,
    NOT_FOUND: 404
};

/** The error of a resource that stands for one record. */
export function rowError({ errors }: DmlRowResult): ApiError {
    const items = errors.map(({ statusCode, message, fields }) => ({ message, errorCode: statusCode, fields }));
    return new ApiError(STATUS[errors[0]?.statusCode ?? ''] ?? 400, ...items);
}

/** One element of the answer of a collection resource. */
export function rowResult(result: DmlRowResult, withCreated: boolean): Record<string, unknown> {
    const id = result.id === null ? {} : { id: result.id };
    const created = withCreated && result.success ? { created: result.created } : {};
    return { ...id, success: result.success, errors: result.errors.map(errorToJson), ...created };
}

function errorToJson({ statusCode, message, fields }: DmlRowError): Record<string, unknown> {
    return { statusCode, message, fields };
}
