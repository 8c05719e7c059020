import { Blob } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import { allNoNulls, stringList } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { textOfBlob } from '../system/blob.ts';
import { loadDocument } from '../xml/dom.ts';
import { newStreamReader } from '../xml/stream-reader.ts';
import { Headers } from './headers.ts';

export class HttpResponseObject extends NativeObject {
    readonly className = 'System.HttpResponse';
    readonly headers = new Headers();
    status: string | null = null;
    statusCode = 0;
    body: Blob = new Blob(new Uint8Array());

    override valueText(): string {
        return `System.HttpResponse[Status=${this.status}, StatusCode=${this.statusCode}]`;
    }
}

/** HttpResponse (Apex Reference, System.HttpResponse). Bodies are UTF-8. */
export const httpResponseClass: NativeClass = nativeClass({
    name: 'System.HttpResponse',
    constructors: { '()': () => new HttpResponseObject() },
    methods: {
        'getBody()': (rt, self: HttpResponseObject) => textOfBlob(rt, self.body),
        'getBodyAsBlob()': (_rt, self: HttpResponseObject) => self.body,
        'getBodyDocument()': (rt, self: HttpResponseObject) => loadDocument(rt, textOfBlob(rt, self.body)),
        'getXmlStreamReader()': (rt, self: HttpResponseObject) => newStreamReader(rt, textOfBlob(rt, self.body)),
        'getHeaderKeys()': (_rt, self: HttpResponseObject) => stringList(self.headers.names()),
        'getStatus()': (_rt, self: HttpResponseObject) => self.status,
        'getStatusCode()': (_rt, self: HttpResponseObject) => self.statusCode,
        'toString()': (rt, self) => rt.toText(self),
        ...allNoNulls({
            'getHeader(String)': (_rt, self: HttpResponseObject, name: string) => self.headers.get(name),
            'setBody(String)': (_rt, self: HttpResponseObject, body: string) => {
                self.body = Blob.fromText(body);
            },
            'setBodyAsBlob(Blob)': (_rt, self: HttpResponseObject, body: Blob) => {
                self.body = body;
            },
            'setHeader(String,String)': (_rt, self: HttpResponseObject, name: string, value: string) =>
                self.headers.set(name, value),
            'setStatus(String)': (_rt, self: HttpResponseObject, status: string) => {
                self.status = status;
            },
            'setStatusCode(Integer)': (_rt, self: HttpResponseObject, code: number) => {
                self.statusCode = code;
            }
        })
    }
});
