import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom, noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass, type NativeStatic } from '../native.ts';
import type { HttpRequestObject } from './http-request.ts';
import type { HttpResponseObject } from './http-response.ts';

const REQUEST = platformType('System.HttpRequest');

/** Requests in one continuation, and its longest wait in seconds (Apex Developer Guide, Continuation limits). */
const MAXIMUM_REQUESTS = 3;
const MAXIMUM_TIMEOUT = 120;

class ContinuationObject extends NativeObject {
    readonly className = 'System.Continuation';
    readonly requests = new Map<string, HttpRequestObject>();
    timeout: number | null;
    continuationMethod: string | null = null;
    state: unknown = null;

    constructor(timeout: number) {
        super();
        this.timeout = timeout;
    }
}

/** Responses that a test puts in the place of callouts, by label. */
class ContinuationResponses {
    readonly byLabel = new Map<string, HttpResponseObject>();
}

function create(rt: Runtime, timeout: number): ContinuationObject {
    return timeout > MAXIMUM_TIMEOUT || timeout < 0
        ? rt.throwNew('System.IllegalArgumentException', `Invalid continuation timeout: ${timeout}`)
        : new ContinuationObject(timeout);
}

function addRequest(rt: Runtime, self: ContinuationObject, request: HttpRequestObject): string {
    if (self.requests.size === MAXIMUM_REQUESTS) {
        rt.throwNew('System.CalloutException', `Too many HTTP requests in a continuation: ${MAXIMUM_REQUESTS + 1}`);
    }
    const label = `Continuation-${self.requests.size + 1}`;
    self.requests.set(label, request);
    return label;
}

/** `Test.setContinuationResponse` and `Test.invokeContinuationMethod`: the callback runs with the responses set. */
export const continuationTestStatics: Readonly<Record<string, NativeStatic>> = {
    'setContinuationResponse(String,HttpResponse)': noNulls((rt, label: string, response: HttpResponseObject) => {
        rt.tx.state(ContinuationResponses).byLabel.set(label, response);
    }),
    'invokeContinuationMethod(Object,Continuation)': noNulls(
        (rt: Runtime, controller: object, continuation: ContinuationObject) => {
            const method = continuation.continuationMethod;
            return method === null
                ? rt.throwNew('System.IllegalArgumentException', 'The continuation has no continuationMethod')
                : rt.invoke(controller, method, rt.hasMethod(controller, method, 0) ? [] : [[], continuation.state]);
        }
    )
};

/** Continuation (Apex Reference, System.Continuation). */
export const continuationClass: NativeClass = nativeClass({
    name: 'System.Continuation',
    constructors: {
        '(Integer)': (rt, _type, timeout: number | null) => create(rt, timeout ?? rt.nullPointer())
    },
    statics: {
        'getResponse(String)': noNulls(
            (rt: Runtime, label: string) => rt.tx.state(ContinuationResponses).byLabel.get(label) ?? null
        )
    },
    methods: {
        'addHttpRequest(HttpRequest)': noNulls(addRequest),
        'getRequests()': (rt, self: ContinuationObject) => mapFrom(rt, STRING, REQUEST, self.requests),
        'toString()': (rt, self) => rt.toText(self)
    },
    properties: {
        ContinuationMethod: {
            get: (_rt, self: ContinuationObject) => self.continuationMethod,
            set: (_rt, self: ContinuationObject, value: string | null) => {
                self.continuationMethod = value;
            }
        },
        Timeout: {
            get: (_rt, self: ContinuationObject) => self.timeout,
            set: (_rt, self: ContinuationObject, value: number | null) => {
                self.timeout = value;
            }
        },
        state: {
            get: (_rt, self: ContinuationObject) => self.state,
            set: (_rt, self: ContinuationObject, value: unknown) => {
                self.state = value;
            }
        }
    }
});
