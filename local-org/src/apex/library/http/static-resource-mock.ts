import { Blob } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { Headers } from './headers.ts';
import type { HttpRequestObject } from './http-request.ts';
import { HttpResponseObject } from './http-response.ts';

/** The platform's own mocks, which answer with static resources. */
export abstract class CalloutMock extends NativeObject {
    readonly headers = new Headers();
    status: string | null = 'OK';
    statusCode = 200;

    protected abstract resourceFor(request: HttpRequestObject): string | undefined;

    respond(rt: Runtime, request: HttpRequestObject): HttpResponseObject {
        const name = this.resourceFor(request);
        const response = new HttpResponseObject();
        response.status = this.status;
        response.statusCode = this.statusCode;
        this.headers.entries().forEach(([header, value]) => response.headers.set(header, value));
        response.body = staticResource(rt, name ?? `endpoint ${request.endpoint}`);
        return response;
    }
}

function staticResource(rt: Runtime, name: string): Blob {
    const component = rt.org.metadata.get('StaticResource', name);
    const file = [...(component?.files ?? [])].find(([path]) => !path.endsWith('-meta.xml'));
    return file === undefined ? rt.nullPointer() : new Blob(file[1]);
}

class StaticResourceMock extends CalloutMock {
    readonly className = 'System.StaticResourceCalloutMock';
    resource: string | undefined;

    protected override resourceFor(): string | undefined {
        return this.resource;
    }
}

class MultiStaticResourceMock extends CalloutMock {
    readonly className = 'System.MultiStaticResourceCalloutMock';
    readonly resources = new Map<string, string>();

    protected override resourceFor(request: HttpRequestObject): string | undefined {
        return this.resources.get(request.endpoint ?? '');
    }
}

const sharedMethods = allNoNulls({
    'respond(HttpRequest)': (rt, self: CalloutMock, request: HttpRequestObject) => self.respond(rt, request),
    'setHeader(String,String)': (_rt, self: CalloutMock, name: string, value: string) => self.headers.set(name, value),
    'setStatus(String)': (_rt, self: CalloutMock, status: string) => {
        self.status = status;
    },
    'setStatusCode(Integer)': (_rt, self: CalloutMock, code: number) => {
        self.statusCode = code;
    }
});

/** StaticResourceCalloutMock and MultiStaticResourceCalloutMock (Apex Reference, System). */
export const staticResourceMockClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.StaticResourceCalloutMock',
        constructors: { '()': () => new StaticResourceMock() },
        methods: {
            ...sharedMethods,
            'setStaticResource(String)': (_rt, self: StaticResourceMock, name: string) => {
                self.resource = name;
            }
        }
    }),
    nativeClass({
        name: 'System.MultiStaticResourceCalloutMock',
        constructors: { '()': () => new MultiStaticResourceMock() },
        methods: {
            ...sharedMethods,
            'setStaticResource(String,String)': (_rt, self: MultiStaticResourceMock, endpoint: string, name: string) =>
                void self.resources.set(endpoint, name)
        }
    })
];
