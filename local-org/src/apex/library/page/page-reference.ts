import type { SObject } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { elementsOf, noNulls } from '../arguments.ts';
import { beanClass, BeanObject } from '../bean.ts';
import { ApexMap } from '../collections/apex-map.ts';
import { nativeClass, type NativeClass, type NativeConstructor } from '../native.ts';
import { notImplemented } from '../not-implemented.ts';

const COOKIE = platformType('System.Cookie');

/** A `System.PageReference`: a path with parameters. Pages themselves are not rendered. */
export class PageReferenceObject extends NativeObject {
    readonly className = 'System.PageReference';
    readonly path: string;
    anchor: string | null = null;
    redirect = false;
    readonly parameters = new ApexMap(STRING, STRING);
    readonly headers = new ApexMap(STRING, STRING);
    readonly cookies = new ApexMap(STRING, COOKIE);

    constructor(rt: Runtime, url: string) {
        super();
        const [address = '', anchor] = url.split('#');
        const [path = '', query = ''] = address.split('?');
        this.path = path;
        this.anchor = anchor ?? null;
        for (const [name, value] of new URLSearchParams(query)) this.parameters.put(rt, name, value);
    }

    url(rt: Runtime): string {
        const pairs = Array.from(this.parameters.entries(), ({ key, value }) =>
            [key, value].map((text) => encodeURIComponent(rt.toText(text)).replaceAll('%20', '+')).join('=')
        );
        const query = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
        return this.path + query + (this.anchor === null ? '' : `#${this.anchor}`);
    }

    override valueText(rt: Runtime): string {
        return `System.PageReference[${this.url(rt)}]`;
    }
}

/** The page a test has set. There is no other: no page is rendered here. A test that has set none has an empty one. */
export class CurrentPage {
    page: PageReferenceObject | null = null;
    readonly messages: BeanObject[] = [];
}

export function currentPage(rt: Runtime): PageReferenceObject | null {
    const current = rt.tx.state(CurrentPage);
    if (rt.tx.isTest) current.page ??= new PageReferenceObject(rt, '');
    return current.page;
}

export function setCurrentPage(rt: Runtime, page: PageReferenceObject | null): void {
    rt.tx.state(CurrentPage).page = page ?? rt.nullPointer();
}

/** Page of a record. */
export function recordPage(rt: Runtime, record: SObject, suffix = ''): PageReferenceObject {
    const { id } = record;
    return new PageReferenceObject(rt, id === null ? '/' : `/${id.to15()}${suffix}`);
}

function setCookies(rt: Runtime, self: PageReferenceObject, cookies: unknown): void {
    for (const cookie of elementsOf(rt, cookies) as BeanObject[]) self.cookies.put(rt, cookie.get('name'), cookie);
}

const COOKIE_FIELDS = ['name', 'value', 'path', 'maxAge', 'secure', 'sameSite', 'httpOnly'] as const;

/** Constructors of a class that holds values, in the order of its parameters. */
export function holds(
    className: string,
    fields: readonly string[],
    defaults: Readonly<Record<string, unknown>> = {}
): NativeConstructor {
    return (_rt, _type, ...args) => {
        const given = Object.fromEntries(args.map((value, index) => [fields[index] ?? '', value as unknown] as const));
        return new BeanObject(className, { ...defaults, ...given });
    };
}

const newCookie = holds('System.Cookie', COOKIE_FIELDS, { domain: null, httpOnly: false, sameSite: null });

/** A static resource, or a file in one that is an archive. */
function resourcePage(rt: Runtime, name: string, path?: string): PageReferenceObject {
    const resource = rt.org.metadata.get('StaticResource', name);
    if (resource === undefined) {
        return rt.throwNew('System.VisualforceException', `No StaticResource named ${name} found`);
    }
    const file = path === undefined ? '' : `/${path}`;
    return new PageReferenceObject(rt, `/resource/${resource.lastModified}/${resource.fullName}${file}`);
}

/** Pages are not rendered by a local org; a test may not ask for one on the platform either. */
function contentOfPage(rt: Runtime, method: string): never {
    if (rt.tx.isTest) {
        rt.throwNew('System.VisualforceException', `Methods defined as TestMethod do not support ${method} call`);
    }
    return notImplemented(rt, `PageReference.${method}`);
}

/** PageReference and Cookie (Apex Reference, System namespace). */
export const pageReferenceClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.PageReference',
        constructors: {
            '(SObject)': (rt, _type, record: SObject | null) => recordPage(rt, record ?? rt.nullPointer()),
            '(String)': (rt, _type, url: string | null) => new PageReferenceObject(rt, url ?? rt.nullPointer())
        },
        statics: {
            'forResource(String)': noNulls(resourcePage),
            'forResource(String,String)': noNulls(resourcePage)
        },
        methods: {
            'getContent()': (rt) => contentOfPage(rt, 'getContent'),
            'getContentAsPDF()': (rt) => contentOfPage(rt, 'getContentAsPDF'),
            'getAnchor()': (_rt, self: PageReferenceObject) => self.anchor,
            'getCookies()': (_rt, self: PageReferenceObject) => self.cookies,
            'getHeaders()': (_rt, self: PageReferenceObject) => self.headers,
            'getParameters()': (_rt, self: PageReferenceObject) => self.parameters,
            'getRedirect()': (_rt, self: PageReferenceObject) => self.redirect,
            'getUrl()': (rt, self: PageReferenceObject) => self.url(rt),
            'setAnchor(String)': (_rt, self: PageReferenceObject, anchor: string | null) => {
                self.anchor = anchor;
                return self;
            },
            'setCookies(List)': setCookies,
            'setRedirect(Boolean)': noNulls((_rt, self: PageReferenceObject, redirect: boolean) => {
                self.redirect = redirect;
                return self;
            })
        }
    }),
    beanClass('System.Cookie', {
        readOnly: true,
        extra: {
            constructors: {
                '(String,String,String,Integer,Boolean)': newCookie,
                '(String,String,String,Integer,Boolean,String)': newCookie,
                '(String,String,String,Integer,Boolean,String,Boolean)': newCookie
            }
        }
    })
];
