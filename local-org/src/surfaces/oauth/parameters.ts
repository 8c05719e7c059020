import { invalidRequest } from './oauth-error.ts';
import type { HttpRequest } from '../../http/request.ts';

/**
 * Parameters of the form, each once: of two values nobody could tell which one was checked and which one was used.
 * Empty when the body is no form. Source: RFC 6749, 3.1 and 3.2.
 */
export function formParameters(request: HttpRequest): URLSearchParams {
    return single(request.form() ?? new URLSearchParams());
}

/** Of the authorize endpoint, which takes them in the query or in a form. */
export function authorizeParameters(request: HttpRequest): URLSearchParams {
    return single(request.form() ?? request.query);
}

function single(parameters: URLSearchParams): URLSearchParams {
    const repeated = [...parameters.keys()].find((name) => parameters.getAll(name).length > 1);
    if (repeated !== undefined) {
        throw invalidRequest(`parameter repeated: ${repeated}`);
    }
    return parameters;
}
