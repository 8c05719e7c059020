/** What an import from `@salesforce/apex/…` is; used by the generated apex.d.ts. A type-only module. */
declare module 'apex/action' {
    import type { WireAdapterConstructor } from 'lwc';

    /** A method without `cacheable=true`: can only be called. Rejects with a FetchResponse whose body says why. */
    export type ApexAction<Parameters, Result> = keyof Parameters extends never
        ? () => Promise<Result>
        : (parameters: Parameters) => Promise<Result>;

    /** A `cacheable=true` method: can be called and wired. A wire with an undefined parameter does not run. */
    export type ApexWireAction<Parameters, Result> = ApexAction<Parameters, Result> &
        WireAdapterConstructor<{ [Name in keyof Parameters]: Parameters[Name] | undefined }, Wired<Result>>;

    /** Neither is set until the first answer. */
    export interface Wired<Result> {
        data?: Result;
        error?: unknown;
    }
}

declare module '@salesforce/apex' {
    /** Runs a wire again; takes the very value that the wire provisioned. */
    export function refreshApex(wired: unknown): Promise<void>;
}
