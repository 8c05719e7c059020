import { jsonParserError, notSupportedLocally, platformError } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { undoUnless } from './undo-unless.ts';
import { jsonObject } from './record-json.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

const MAXIMUM_SUBREQUESTS = 25;

interface Subrequest {
    readonly method: string;
    readonly url: string;
    readonly referenceId: string;
    readonly body: unknown;
}

interface Subresponse {
    readonly body: unknown;
    readonly httpHeaders: Readonly<Record<string, string>>;
    readonly httpStatusCode: number;
    readonly referenceId: string;
}

/**
 * POST /composite: up to 25 requests in order; `@{reference.path}` takes a value of an earlier answer. With `allOrNone`
 * one failure undoes all of them. Source: REST API Developer Guide, Composite.
 */
export function composite(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    const body = jsonObject(request.json());
    const subrequests = readSubrequests(body['compositeRequest']);
    const run = (): Subresponse[] => {
        const answers = new Map<string, Subresponse>();
        for (const subrequest of subrequests) {
            answers.set(subrequest.referenceId, perform(subrequest, answers, request, context));
        }
        return [...answers.values()];
    };
    const allOrNone = body['allOrNone'] === true;
    const accepts = (answers: Subresponse[]): boolean => !allOrNone || answers.every(isSuccess);
    const { value, kept } = undoUnless(context.org.database, run, accepts);
    const compositeResponse = kept ? value : value.map((answer) => (isSuccess(answer) ? halted(answer) : answer));
    return json(200, { compositeResponse });
}

function isSuccess({ httpStatusCode }: Subresponse): boolean {
    return httpStatusCode < 400;
}

function perform(
    { method, url, referenceId, body }: Subrequest,
    answers: ReadonlyMap<string, Subresponse>,
    request: HttpRequest,
    context: SessionContext
): Subresponse {
    const answer = context.perform({
        method,
        url: resolveText(url, answers),
        headers: { authorization: request.headers['authorization'] ?? '', 'content-type': 'application/json' },
        body: new TextEncoder().encode(body === undefined ? '' : JSON.stringify(resolveAll(body, answers))),
        remoteAddress: request.remoteAddress
    });
    const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
    const { location } = answer.headers;
    return {
        body: text === '' ? null : (JSON.parse(text) as unknown),
        httpHeaders: location === undefined ? {} : { Location: location },
        httpStatusCode: answer.status,
        referenceId
    };
}

function halted(answer: Subresponse): Subresponse {
    const message = 'The transaction was rolled back since another operation in the same transaction failed.';
    return { ...answer, httpStatusCode: 400, httpHeaders: {}, body: [{ errorCode: 'PROCESSING_HALTED', message }] };
}

function readSubrequests(list: unknown): Subrequest[] {
    if (!Array.isArray(list)) {
        throw jsonParserError('A list "compositeRequest" is expected');
    }
    if (list.length > MAXIMUM_SUBREQUESTS) {
        const message = `Limit exceeded. Composite requests are limited to ${MAXIMUM_SUBREQUESTS} subrequests.`;
        throw platformError(400, 'LIMIT_EXCEEDED', message);
    }
    return list.map((item) => {
        const { method, url, referenceId, body, httpHeaders } = jsonObject(item);
        if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
            throw jsonParserError('A subrequest needs method, url and referenceId');
        }
        if (httpHeaders !== undefined) {
            throw notSupportedLocally('httpHeaders of composite subrequests');
        }
        return { method, url, referenceId, body };
    });
}

function resolveAll(value: unknown, answers: ReadonlyMap<string, Subresponse>): unknown {
    if (typeof value === 'string') {
        return resolveText(value, answers);
    }
    if (Array.isArray(value)) {
        return value.map((item) => resolveAll(item, answers));
    }
    if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveAll(item, answers)]));
    }
    return value;
}

/** Replaces each `@{reference.path}`. */
function resolveText(text: string, answers: ReadonlyMap<string, Subresponse>): string {
    const start = text.indexOf('@{');
    const end = text.indexOf('}', start);
    if (start < 0 || end < 0) {
        return text;
    }
    const value = referenced(text.slice(start + 2, end), answers);
    return text.slice(0, start) + value + resolveText(text.slice(end + 1), answers);
}

function referenced(expression: string, answers: ReadonlyMap<string, Subresponse>): string {
    const [referenceId = '', ...path] = expression.replaceAll('[', '.').replaceAll(']', '').split('.');
    let value: unknown = answers.get(referenceId)?.body;
    for (const step of path) {
        value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
    }
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        throw platformError(400, 'PROCESSING_HALTED', `Invalid reference specified. No value for ${expression} found`);
    }
    return String(value);
}
