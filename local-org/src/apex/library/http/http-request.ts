import { Blob } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { allNoNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { textOfBlob } from '../system/blob.ts';
import { documentText, loadDocument, type XmlDocumentObject } from '../xml/dom.ts';
import { Headers } from './headers.ts';

const MAX_TIMEOUT = 120_000;
const DEFAULT_TIMEOUT = 10_000;

export class HttpRequestObject extends NativeObject {
    readonly className = 'System.HttpRequest';
    readonly headers = new Headers();
    endpoint: string | null = null;
    method: string | null = null;
    body: Blob = new Blob(new Uint8Array());
    compressed = false;
    /** Name of the certificate that identifies the org to the server. */
    clientCertificate: string | null = null;
    /** Milliseconds. */
    timeout = DEFAULT_TIMEOUT;

    override valueText(): string {
        return `System.HttpRequest[Endpoint=${this.endpoint}, Method=${this.method}]`;
    }
}

function setTimeout(rt: Runtime, request: HttpRequestObject, timeout: number): void {
    if (timeout < 1 || timeout > MAX_TIMEOUT) {
        rt.throwNew('System.CalloutException', `Invalid value for timeout: ${timeout}. Must be between 1 and 120000`);
    }
    request.timeout = timeout;
}

/**
 * HttpRequest (Apex Reference, System.HttpRequest). Bodies are UTF-8. `setClientCertificate` is left out and so refused by
 * name: the reference deprecates it for `setClientCertificateName`, and it would take a private key and its password.
 */
export const httpRequestClass: NativeClass = nativeClass({
    name: 'System.HttpRequest',
    constructors: { '()': () => new HttpRequestObject() },
    methods: {
        'getBody()': (rt, self: HttpRequestObject) => textOfBlob(rt, self.body),
        'getBodyAsBlob()': (_rt, self: HttpRequestObject) => self.body,
        'getBodyDocument()': (rt, self: HttpRequestObject) => loadDocument(rt, textOfBlob(rt, self.body)),
        'getCompressed()': (_rt, self: HttpRequestObject) => self.compressed,
        'getEndpoint()': (_rt, self: HttpRequestObject) => self.endpoint,
        'getMethod()': (_rt, self: HttpRequestObject) => self.method,
        'toString()': (rt, self) => rt.toText(self),
        ...allNoNulls({
            'getHeader(String)': (_rt, self: HttpRequestObject, name: string) => self.headers.get(name),
            'setBody(String)': (_rt, self: HttpRequestObject, body: string) => {
                self.body = Blob.fromText(body);
            },
            'setBodyAsBlob(Blob)': (_rt, self: HttpRequestObject, body: Blob) => {
                self.body = body;
            },
            'setBodyDocument(Object)': (_rt, self: HttpRequestObject, document: XmlDocumentObject) => {
                self.body = Blob.fromText(documentText(document));
            },
            'setClientCertificateName(String)': (_rt, self: HttpRequestObject, name: string) => {
                self.clientCertificate = name;
            },
            'setCompressed(Boolean)': (_rt, self: HttpRequestObject, compressed: boolean) => {
                self.compressed = compressed;
            },
            'setEndpoint(String)': (_rt, self: HttpRequestObject, endpoint: string) => {
                self.endpoint = endpoint;
            },
            'setHeader(String,String)': (_rt, self: HttpRequestObject, name: string, value: string) =>
                self.headers.set(name, value),
            'setMethod(String)': (_rt, self: HttpRequestObject, method: string) => {
                self.method = method;
            },
            'setTimeout(Integer)': setTimeout
        })
    }
});
