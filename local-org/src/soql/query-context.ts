import type { AccessContext, Access } from '../access/types.ts';
import type { Schema } from '../schema/types.ts';
import type { Store } from '../store/store.ts';

/** What one run of a query works with. */
export interface QueryContext {
    readonly schema: Schema;
    readonly store: Store;
    readonly access: Access;
    readonly caller: AccessContext;
    /** Keys in lower case. undefined when the caller has no variables: a bind is then an error, as in REST. */
    readonly binds: ReadonlyMap<string, unknown> | undefined;
    /** Milliseconds since 1970-01-01 UTC, for date literals. */
    readonly now: number;
    readonly timeZone: string;
    readonly allRows: boolean;
    /** See `QueryOptions`. */
    readonly forApex?: boolean | undefined;
    /** Counts the rows that are looked at, those of subqueries too. */
    readonly meter?: { visited: number } | undefined;
}
