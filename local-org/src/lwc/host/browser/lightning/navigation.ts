import type { DataCallback, WireAdapter } from '../wire.ts';

/** LWC guide, "PageReference Types". */
export interface PageReference {
    readonly type: string;
    readonly attributes?: Readonly<Record<string, string | undefined>>;
    readonly state?: Readonly<Record<string, string>>;
}

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');
const WEB_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);

interface Navigable {
    [Navigate](page: PageReference, replace?: boolean): void;
    [GenerateUrl](page: PageReference): Promise<string>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript takes mixins around this very shape only
type Constructor = new (...args: any[]) => object;

function mixin<Base extends Constructor>(base: Base): Base & (new () => Navigable) {
    return class extends base {
        [Navigate](page: PageReference, replace = false): void {
            navigate(undefined, page, replace);
        }

        [GenerateUrl](page: PageReference): Promise<string> {
            return generateUrl(undefined, page);
        }
    };
}

/** Gives a component `this[NavigationMixin.Navigate](page)` and `this[NavigationMixin.GenerateUrl](page)`. */
export const NavigationMixin = Object.assign(mixin, { Navigate, GenerateUrl });

export function navigate(_context: unknown, page: PageReference, replace = false): void {
    const url = urlOf(page);
    if (page.type === 'standard__webPage') {
        window.open(url, '_blank', 'noopener');
    } else if (replace) {
        window.location.replace(url);
    } else {
        window.location.assign(url);
    }
}

export function generateUrl(_context: unknown, page: PageReference): Promise<string> {
    return new Promise((resolve) => resolve(urlOf(page)));
}

/** Wire adapter: the page that is shown. */
export class CurrentPageReference implements WireAdapter<unknown> {
    readonly #callback: (page: PageReference) => void;

    constructor(callback: DataCallback<never>) {
        this.#callback = callback as unknown as (page: PageReference) => void;
    }

    connect(): void {
        this.#callback(currentPage());
    }

    update(): void {
        this.#callback(currentPage());
    }

    disconnect(): void {
        // A page lives as long as its address.
    }
}

function currentPage(): PageReference {
    const [, , kind, first, second, third] = window.location.pathname.split('/');
    const state = Object.fromEntries(new URLSearchParams(window.location.search));
    if (kind === 'r' && first !== undefined && second !== undefined) {
        const attributes = { objectApiName: first, recordId: second, actionName: third ?? 'view' };
        return { type: 'standard__recordPage', attributes, state };
    }
    if (kind === 'o' && first !== undefined) {
        return {
            type: 'standard__objectPage',
            attributes: { objectApiName: first, actionName: second ?? 'list' },
            state
        };
    }
    return kind === 'n' && first !== undefined
        ? { type: 'standard__navItemPage', attributes: { apiName: first }, state }
        : { type: 'standard__namedPage', attributes: { pageName: 'home' }, state };
}

function urlOf({ type, attributes = {}, state = {} }: PageReference): string {
    const path = pathOf(type, attributes);
    const query = new URLSearchParams(state).toString();
    return query === '' || type === 'standard__webPage' ? path : `${path}?${query}`;
}

function pathOf(type: string, attributes: Readonly<Record<string, string | undefined>>): string {
    const part = (name: string): string => encodeURIComponent(attributes[name] ?? missing(type, name));
    const action = (only: string): string => {
        const wanted = attributes['actionName'] ?? only;
        return wanted === only ? only : unsupported(`${type} with the action ${wanted}`);
    };
    switch (type) {
        case 'standard__recordPage':
            return `/lightning/r/${encodeURIComponent(attributes['objectApiName'] ?? 'Record')}/${part('recordId')}/${action('view')}`;
        case 'standard__objectPage':
            return `/lightning/o/${part('objectApiName')}/${attributes['actionName'] === 'home' ? 'list' : action('list')}`;
        case 'standard__navItemPage':
            return `/lightning/n/${part('apiName')}`;
        case 'standard__namedPage':
            return part('pageName') === 'home' ? '/' : unsupported(`the page ${attributes['pageName']}`);
        case 'standard__webPage':
            return webAddress(attributes['url'] ?? missing(type, 'url'));
        default:
            return unsupported(`the page type ${type}`);
    }
}

function webAddress(url: string): string {
    const { protocol, href } = new URL(url, window.location.href);
    return WEB_SCHEMES.has(protocol) ? href : unsupported(`navigation to ${protocol} addresses`);
}

function missing(type: string, name: string): never {
    throw new Error(`A page reference of type ${type} needs the attribute ${name}`);
}

function unsupported(what: string): never {
    throw new Error(`lightning/navigation: ${what} is not implemented in the local org`);
}
