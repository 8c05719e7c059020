import { hashOfString } from '../../runtime/hash.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { noNulls } from '../arguments.ts';
import { currentRestRequest } from '../http/rest-context.ts';
import { nativeClass, type NativeClass } from '../native.ts';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/** Parts of a URL as java.net.URL keeps them: nothing is decoded or normalized. */
interface UrlParts {
    readonly protocol: string;
    readonly authority: string | null;
    /** Path and query. */
    readonly file: string;
    readonly ref: string | null;
}

export class UrlObject extends NativeObject {
    readonly className = 'System.Url';
    readonly parts: UrlParts;

    constructor(parts: UrlParts) {
        super();
        this.parts = parts;
    }

    get host(): string {
        return (this.parts.authority ?? '').replace(/^.*@/, '').replace(/:\d+$/, '');
    }

    get port(): number {
        const port = /:(\d+)$/.exec(this.parts.authority ?? '')?.[1];
        return port === undefined ? -1 : Number(port);
    }

    get userInfo(): string | null {
        return /^(.*)@/.exec(this.parts.authority ?? '')?.[1] ?? null;
    }

    get text(): string {
        const { protocol, authority, file, ref } = this.parts;
        return `${protocol}:${authority === null ? '' : `//${authority}`}${file}${ref === null ? '' : `#${ref}`}`;
    }

    override valueEquals(_rt: Runtime, other: NativeObject): boolean {
        return other instanceof UrlObject && other.text === this.text;
    }

    override valueHash(): number {
        return hashOfString(this.text);
    }

    override valueText(): string {
        return `System.Url[${this.text}]`;
    }
}

function malformed(rt: Runtime, message: string): never {
    return rt.throwNew('System.StringException', message);
}

/** Reads an absolute URL; throws System.StringException as the platform does for a malformed one. */
export function parseUrl(rt: Runtime, text: string): UrlObject {
    const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):(?:\/\/([^/?#]*))?([^#]*)(?:#(.*))?$/.exec(text.trim());
    if (match === null) {
        return malformed(rt, `no protocol: ${text}`);
    }
    const protocol = match[1].toLowerCase();
    if (DEFAULT_PORTS[protocol] === undefined) {
        return malformed(rt, `unknown protocol: ${protocol}`);
    }
    return new UrlObject({ protocol, authority: match[2] ?? null, file: match[3] ?? '', ref: match[4] ?? null });
}

function fromParts(rt: Runtime, protocol: string, host: string, port: number, file: string): UrlObject {
    const authority = port < 0 ? host : `${host}:${port}`;
    return parseUrl(rt, `${protocol}://${authority}${file.startsWith('/') || file === '' ? file : `/${file}`}`);
}

function resolve(rt: Runtime, context: UrlObject, spec: string): UrlObject {
    try {
        return parseUrl(rt, new URL(spec, context.text).href);
    } catch {
        return malformed(rt, `no protocol: ${spec}`);
    }
}

function split(file: string): { path: string; query: string | null } {
    const mark = file.indexOf('?');
    return mark < 0 ? { path: file, query: null } : { path: file.slice(0, mark), query: file.slice(mark + 1) };
}

function currentRequestUrl(rt: Runtime): UrlObject {
    const request = currentRestRequest(rt);
    return parseUrl(rt, rt.org.baseUrl + (request?.requestURI ?? ''));
}

/** Url (Apex Reference, System.Url). */
export const urlClass: NativeClass = nativeClass({
    name: 'System.Url',
    constructors: {
        '(String)': (rt, _type, text: string | null) => (text === null ? rt.nullPointer() : parseUrl(rt, text)),
        '(Url,String)': (rt, _type, context: UrlObject | null, spec: string | null) =>
            context === null || spec === null ? rt.nullPointer() : resolve(rt, context, spec),
        '(String,String,String)': (rt, _type, protocol: string, host: string, file: string) =>
            fromParts(rt, protocol, host, -1, file),
        '(String,String,Integer,String)': (rt, _type, protocol: string, host: string, port: number, file: string) =>
            fromParts(rt, protocol, host, port, file)
    },
    statics: {
        'getCurrentRequestUrl()': currentRequestUrl,
        'getOrgDomainUrl()': (rt) => parseUrl(rt, rt.org.baseUrl),
        'getSalesforceBaseUrl()': (rt) => parseUrl(rt, rt.org.baseUrl)
    },
    methods: {
        'getAuthority()': (_rt, self: UrlObject) => self.parts.authority,
        'getDefaultPort()': (_rt, self: UrlObject) => DEFAULT_PORTS[self.parts.protocol] ?? -1,
        'getFile()': (_rt, self: UrlObject) => self.parts.file,
        'getHost()': (_rt, self: UrlObject) => self.host,
        'getPath()': (_rt, self: UrlObject) => split(self.parts.file).path,
        'getPort()': (_rt, self: UrlObject) => self.port,
        'getProtocol()': (_rt, self: UrlObject) => self.parts.protocol,
        'getQuery()': (_rt, self: UrlObject) => split(self.parts.file).query,
        'getRef()': (_rt, self: UrlObject) => self.parts.ref,
        'getUserInfo()': (_rt, self: UrlObject) => self.userInfo,
        'sameFile(Url)': noNulls(
            (_rt, self: UrlObject, other: UrlObject) => self.text.split('#')[0] === other.text.split('#')[0]
        ),
        'toExternalForm()': (_rt, self: UrlObject) => self.text,
        'toString()': (rt, self: UrlObject) => rt.toText(self)
    }
});
