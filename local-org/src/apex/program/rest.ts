import { Blob } from '../../values/index.ts';
import type { ApexRestAnswer, ApexRestCall, ApexRestRefusal } from '../engine.ts';
import { methodName } from '../emit/names.ts';
import { serialize } from '../library/json/serialize.ts';
import { RestContextState, RestRequestObject, RestResponseObject } from '../library/http/rest-context.ts';
import type { ApexRuntime } from '../runtime/create-runtime.ts';
import type { MethodSymbol } from '../semantics/symbols.ts';
import { VOID } from '../types/apex-types.ts';
import type { EngineState } from './engine-state.ts';
import { failureOf } from './failures.ts';
import { InvalidArguments, readArguments } from './json-arguments.ts';
import { matchResource, restResources, type RestResource } from './rest-resources.ts';
import { runTransaction } from './run-transaction.ts';

/** Answers a call under /services/apexrest with the class whose mapping matches. */
export function callRest(state: EngineState, call: ApexRestCall, userId: string): ApexRestAnswer | ApexRestRefusal {
    const resource = matchResource(restResources(state.linker), call.path);
    if (resource === undefined) {
        return { status: 404, errorCode: 'NOT_FOUND', message: 'Could not find a match for URL' };
    }
    const method = resource.methods.get(call.method);
    if (method === undefined) return notAllowed(call, resource);
    if (!state.org.access.classAllowed(userId, resource.symbol.name)) {
        const message = `You do not have access to the Apex class named: ${resource.symbol.name}`;
        return { status: 403, errorCode: 'FORBIDDEN', message };
    }
    try {
        return runTransaction(state, { userId }, () => invokeResource(state, resource, method, call));
    } catch (error) {
        if (error instanceof InvalidArguments) {
            return { status: 400, errorCode: 'JSON_PARSER_ERROR', message: error.message };
        }
        const failure = failureOf(error);
        return { status: 500, errorCode: 'APEX_ERROR', message: `${failure.text}\n\n${failure.stackTrace}` };
    }
}

function notAllowed(call: ApexRestCall, { methods }: RestResource): ApexRestRefusal {
    const allowed = [...methods.keys()].join(',');
    const message = `HTTP Method '${call.method}' not allowed. Allowed are ${allowed}`;
    return { status: 405, errorCode: 'METHOD_NOT_ALLOWED', message };
}

function invokeResource(
    { runtime, linker }: EngineState,
    { symbol, mapping }: RestResource,
    method: MethodSymbol,
    call: ApexRestCall
): ApexRestAnswer {
    const context = runtime.tx.state(RestContextState);
    const response = new RestResponseObject();
    context.request = requestObject(runtime, call, mapping);
    context.response = response;
    const args = method.parameters.length === 0 ? [] : readArguments(runtime, method, call.body);
    const result = linker.callStatic(symbol, methodName(method), args);
    return answer(runtime, context.response, method, result);
}

function requestObject(runtime: ApexRuntime, call: ApexRestCall, mapping: string): RestRequestObject {
    const request = new RestRequestObject();
    request.httpMethod = call.method;
    request.requestURI = call.path;
    request.resourcePath = `/services/apexrest${mapping}`;
    request.remoteAddress = call.remoteAddress;
    request.requestBody = new Blob(call.body);
    for (const [name, value] of call.headers) request.headers.put(runtime, name, value);
    for (const [name, value] of call.query) request.params.put(runtime, name, value);
    return request;
}

const JSON_TYPE = 'application/json;charset=UTF-8';

function answer(
    runtime: ApexRuntime,
    response: RestResponseObject,
    method: MethodSymbol,
    result: unknown
): ApexRestAnswer {
    const headers = new Map<string, string>();
    let contentType = JSON_TYPE;
    for (const { key, value } of response.headers.entries()) {
        if (String(key).toLowerCase() === 'content-type') contentType = String(value);
        else headers.set(String(key), String(value));
    }
    const body =
        method.returns === VOID
            ? (response.responseBody?.bytes ?? new Uint8Array())
            : Buffer.from(serialize(runtime, result, { pretty: false, suppressNulls: false }));
    return { status: response.statusCode ?? 200, headers, body, contentType };
}
