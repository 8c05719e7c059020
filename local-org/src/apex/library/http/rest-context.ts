import type { Blob } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { STRING } from '../../types/apex-types.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass, type NativeProperty } from '../native.ts';

export class RestRequestObject extends NativeObject {
    readonly className = 'System.RestRequest';
    headers = new ApexMap(STRING, STRING);
    params = new ApexMap(STRING, STRING);
    httpMethod: string | null = null;
    remoteAddress: string | null = null;
    requestBody: Blob | null = null;
    requestURI: string | null = null;
    resourcePath: string | null = null;
}

export class RestResponseObject extends NativeObject {
    readonly className = 'System.RestResponse';
    headers = new ApexMap(STRING, STRING);
    responseBody: Blob | null = null;
    statusCode: number | null = null;
}

/** `RestContext` of a transaction; the dispatcher of Apex REST fills it in, and tests do. */
export class RestContextState {
    request: RestRequestObject | null = null;
    response: RestResponseObject | null = null;
}

export function currentRestRequest(rt: Runtime): RestRequestObject | null {
    return rt.tx.state(RestContextState).request;
}

function field<T>(name: keyof T): NativeProperty {
    return {
        get: (_rt, self: T) => self[name],
        set: (_rt, self: T, value: T[keyof T]) => {
            self[name] = value;
        }
    };
}

/** RestContext (Apex Reference, System.RestContext). */
export const restContextClass: NativeClass = nativeClass({
    name: 'System.RestContext',
    staticProperties: {
        request: {
            get: (rt) => rt.tx.state(RestContextState).request,
            set: (rt, value: RestRequestObject | null) => {
                rt.tx.state(RestContextState).request = value;
            }
        },
        response: {
            get: (rt) => rt.tx.state(RestContextState).response,
            set: (rt, value: RestResponseObject | null) => {
                rt.tx.state(RestContextState).response = value;
            }
        }
    }
});

/** RestRequest (Apex Reference, System.RestRequest). */
export const restRequestClass: NativeClass = nativeClass({
    name: 'System.RestRequest',
    constructors: { '()': () => new RestRequestObject() },
    methods: {
        'addHeader(String,String)': (rt, self: RestRequestObject, name, value) =>
            void self.headers.put(rt, name, value),
        'addParameter(String,String)': (rt, self: RestRequestObject, name, value) =>
            void self.params.put(rt, name, value)
    },
    properties: {
        headers: field<RestRequestObject>('headers'),
        httpMethod: field<RestRequestObject>('httpMethod'),
        params: field<RestRequestObject>('params'),
        remoteAddress: field<RestRequestObject>('remoteAddress'),
        requestBody: field<RestRequestObject>('requestBody'),
        requestURI: field<RestRequestObject>('requestURI'),
        resourcePath: field<RestRequestObject>('resourcePath')
    }
});

/** RestResponse (Apex Reference, System.RestResponse). */
export const restResponseClass: NativeClass = nativeClass({
    name: 'System.RestResponse',
    constructors: { '()': () => new RestResponseObject() },
    methods: {
        'addHeader(String,String)': (rt, self: RestResponseObject, name, value) =>
            void self.headers.put(rt, name, value)
    },
    properties: {
        headers: field<RestResponseObject>('headers'),
        responseBody: field<RestResponseObject>('responseBody'),
        statusCode: field<RestResponseObject>('statusCode')
    }
});
