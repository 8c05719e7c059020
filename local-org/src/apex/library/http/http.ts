import { CalloutFailure } from '../../../callout/types.ts';
import { Blob } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';
import { TestState } from '../test/test-state.ts';
import { beginCallout } from './begin-callout.ts';
import { HttpRequestObject } from './http-request.ts';
import { HttpResponseObject } from './http-response.ts';
import { CalloutMock } from './static-resource-mock.ts';

/** Bytes of a request or response body (Apex Developer Guide, Execution Governors, callouts). */
const MAX_BODY = { sync: 6 * 1024 * 1024, async: 12 * 1024 * 1024 };

class HttpObject extends NativeObject {
    readonly className = 'System.Http';
}

function fail(rt: Runtime, message: string): never {
    return rt.throwNew('System.CalloutException', message);
}

export function send(rt: Runtime, request: unknown): HttpResponseObject {
    if (!(request instanceof HttpRequestObject)) {
        return rt.nullPointer();
    }
    beginCallout(rt);
    // A mock is asked before anything is looked at.
    if (rt.tx.isTest) {
        return respondFromMock(rt, request);
    }
    const endpoint = request.endpoint ?? fail(rt, 'Endpoint cannot be null');
    return callOut(rt, request, endpoint, request.method ?? fail(rt, 'Method cannot be null'));
}

function respondFromMock(rt: Runtime, request: HttpRequestObject): HttpResponseObject {
    const mock = rt.tx.state(TestState).mocks.get('system.httpcalloutmock');
    if (mock === undefined) {
        return rt.throwNew('System.TypeException', 'Methods defined as TestMethod do not support Web service callouts');
    }
    const response = mock instanceof CalloutMock ? mock.respond(rt, request) : rt.invoke(mock, 'respond', [request]);
    return response as HttpResponseObject;
}

/** A server that asks for a certificate must not be called without: that is refused, as only mocks get to see its name. */
function callOut(rt: Runtime, request: HttpRequestObject, endpoint: string, method: string): HttpResponseObject {
    const maximum = rt.tx.isAsync ? MAX_BODY.async : MAX_BODY.sync;
    if (request.body.size > maximum) {
        return fail(rt, `Exceeded max size limit of ${maximum}`);
    }
    if (request.clientCertificate !== null) {
        const what = `the client certificate ${request.clientCertificate} of a callout`;
        return notImplemented(rt, what);
    }
    try {
        const answer = rt.org.calloutGateway.send(
            {
                method,
                endpoint,
                headers: request.headers.entries(),
                body: request.body.bytes,
                timeoutMs: request.timeout
            },
            rt.tx.access.userId
        );
        if (answer.body.length > maximum) {
            return fail(rt, `Exceeded max size limit of ${maximum} with response size ${answer.body.length}`);
        }
        const response = new HttpResponseObject();
        response.statusCode = answer.status;
        response.status = answer.statusText;
        response.body = new Blob(answer.body);
        answer.headers.forEach(([name, value]) => response.headers.set(name, value));
        return response;
    } catch (error) {
        if (error instanceof CalloutFailure) {
            return fail(rt, error.message);
        }
        throw error;
    }
}

/** Http (Apex Reference, System.Http). In tests the mock of `Test.setMock` answers. */
export const httpClass: NativeClass = nativeClass({
    name: 'System.Http',
    constructors: { '()': () => new HttpObject() },
    methods: { 'send(Object)': (rt, _self, request) => send(rt, request), 'toString()': (rt, self) => rt.toText(self) }
});

/** HttpCalloutMock interface (Apex Reference). */
export const httpCalloutMockClass: NativeClass = nativeClass({
    name: 'System.HttpCalloutMock',
    methods: {
        'respond(HttpRequest)': (rt, self: object, request: HttpRequestObject) =>
            self instanceof CalloutMock ? self.respond(rt, request) : rt.invoke(self, 'respond', [request])
    }
});
