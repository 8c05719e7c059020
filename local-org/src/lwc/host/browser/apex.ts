import { unwrap } from 'lwc';
import { requestJson } from './http.ts';
import { deepFreeze, stableKey, type DataCallback, type Provision, type WireAdapter } from './wire.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** How the org answers a call. */
interface ApexAnswer {
    readonly returnValue?: unknown;
    /** Whether the method is `@AuraEnabled(cacheable=true)`; absent when the org does not say. */
    readonly cacheable?: boolean;
}

interface CacheEntry {
    readonly value: unknown;
    readonly text: string;
    readonly expires: number;
}

interface ApexMethod {
    readonly name: string;
    readonly url: string;
}

/** The platform keeps answers of cacheable methods for a quarter of an hour. */
const TIME_TO_LIVE_MS = 15 * 60 * 1000;

const cache = new Map<string, CacheEntry>();
const inFlight = new Map<string, Promise<CacheEntry>>();
const liveWires = new Map<string, Set<ApexWire>>();
const wireOfProvision = new WeakMap<object, ApexWire>();

/** What `import m from '@salesforce/apex/Class.method'` gives: a function that `@wire` takes too. */
export function apexMethod(className: string, methodName: string): unknown {
    const method: ApexMethod = { name: `${className}.${methodName}`, url: `/lwc/apex/${className}/${methodName}` };
    const invoke = (parameters: Parameters = {}): Promise<unknown> => callMethod(method, parameters);
    const adapter = class extends ApexWire {
        constructor(callback: DataCallback<unknown>) {
            super(method, callback);
        }
    };
    return Object.assign(invoke, { adapter });
}

/** Fetches again what a wire provisioned and provisions it anew where it differs. */
export async function refreshApex(provisioned: unknown): Promise<void> {
    const value: unknown = unwrap(provisioned);
    const wire = typeof value === 'object' && value !== null ? wireOfProvision.get(value) : undefined;
    await wire?.refresh();
}

interface FieldReference {
    readonly fieldApiName: string;
}

/** A field of a record that Apex returned: `getSObjectValue(account, NAME_FIELD)`, relationships included. */
export function getSObjectValue(record: unknown, field: FieldReference | string): unknown {
    const path = typeof field === 'string' ? field.split('.').slice(1) : field.fieldApiName.split('.');
    return path.reduce<unknown>((value, name) => (value as Parameters | null | undefined)?.[name], record);
}

/** Wires of every Apex method fetch again, as after a RefreshEvent. */
export async function refreshAllApex(): Promise<void> {
    await Promise.all([...liveWires.values()].map(([first]) => first?.refresh()));
}

class ApexWire implements WireAdapter<Parameters> {
    readonly #method: ApexMethod;
    readonly #callback: DataCallback<unknown>;
    #key: string | undefined;
    #parameters: Parameters | undefined;
    #shown: string | undefined;

    constructor(method: ApexMethod, callback: DataCallback<unknown>) {
        this.#method = method;
        this.#callback = callback;
        this.#provide({ data: undefined, error: undefined });
    }

    connect(): void {
        this.#register();
        if (this.#parameters !== undefined) {
            void this.#load();
        }
    }

    disconnect(): void {
        this.#unregister();
    }

    /** A parameter that is undefined keeps the method from being called; null does not. */
    update(parameters: Parameters): void {
        const isReady = !Object.values(parameters).includes(undefined);
        const key = isReady ? cacheKey(this.#method, parameters) : undefined;
        if (key === undefined || key === this.#key) {
            return;
        }
        this.#unregister();
        this.#key = key;
        this.#parameters = parameters;
        this.#shown = undefined;
        this.#register();
        void this.#load();
    }

    async refresh(): Promise<void> {
        const key = this.#key;
        if (key === undefined || this.#parameters === undefined) {
            return;
        }
        cache.delete(key);
        await fetchEntry(this.#method, this.#parameters).catch(() => undefined);
        await Promise.all([...(liveWires.get(key) ?? [])].map((wire) => wire.#load()));
    }

    async #load(): Promise<void> {
        const key = this.#key;
        try {
            const entry = await cachedEntry(this.#method, this.#parameters!);
            if (key === this.#key && entry.text !== this.#shown) {
                this.#shown = entry.text;
                this.#provide({ data: entry.value, error: undefined });
            }
        } catch (error) {
            if (key === this.#key) {
                this.#shown = undefined;
                this.#provide({ data: undefined, error });
            }
        }
    }

    #provide(provision: Provision<unknown>): void {
        wireOfProvision.set(provision, this);
        this.#callback(provision);
    }

    #register(): void {
        if (this.#key !== undefined) {
            const wires = liveWires.get(this.#key) ?? new Set();
            liveWires.set(this.#key, wires.add(this));
        }
    }

    #unregister(): void {
        const wires = this.#key === undefined ? undefined : liveWires.get(this.#key);
        wires?.delete(this);
        if (wires?.size === 0) {
            liveWires.delete(this.#key!);
        }
    }
}

function cacheKey(method: ApexMethod, parameters: Parameters): string {
    return `${method.name} ${stableKey(parameters)}`;
}

async function callMethod(method: ApexMethod, parameters: Parameters): Promise<unknown> {
    const known = freshEntry(cacheKey(method, parameters));
    if (known !== undefined) {
        return known.value;
    }
    const answer = (await requestJson('POST', method.url, parameters)) as ApexAnswer;
    return answer.cacheable === true ? remember(method, parameters, answer).value : answer.returnValue;
}

function cachedEntry(method: ApexMethod, parameters: Parameters): Promise<CacheEntry> {
    const known = freshEntry(cacheKey(method, parameters));
    return known === undefined ? fetchEntry(method, parameters) : Promise.resolve(known);
}

/** Wires that ask for the same at the same time share one request. */
function fetchEntry(method: ApexMethod, parameters: Parameters): Promise<CacheEntry> {
    const key = cacheKey(method, parameters);
    const started = inFlight.get(key);
    if (started !== undefined) {
        return started;
    }
    const request = requestJson('POST', method.url, parameters)
        .then((answer) => remember(method, parameters, wirable(method, answer as ApexAnswer)))
        .finally(() => inFlight.delete(key));
    inFlight.set(key, request);
    return request;
}

function wirable(method: ApexMethod, answer: ApexAnswer): ApexAnswer {
    if (answer.cacheable === false) {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- wires provision the platform's error shape
        throw { body: { message: `${method.name} can't be wired: it isn't @AuraEnabled(cacheable=true)` } };
    }
    return answer;
}

function remember(method: ApexMethod, parameters: Parameters, answer: ApexAnswer): CacheEntry {
    const value = deepFreeze(answer.returnValue);
    const entry = { value, text: JSON.stringify(value) ?? '', expires: Date.now() + TIME_TO_LIVE_MS };
    cache.set(cacheKey(method, parameters), entry);
    return entry;
}

function freshEntry(key: string): CacheEntry | undefined {
    const entry = cache.get(key);
    return entry !== undefined && entry.expires > Date.now() ? entry : undefined;
}
