import type { Access, AccessContext } from '../access/types.ts';
import type { TriggerDispatch } from '../org/database.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';
import type { Schema } from '../schema/types.ts';
import type { FormulaContext } from '../soql/formula-value.ts';
import type { Store } from '../store/store.ts';
import type { FieldValue, Id } from '../values/index.ts';

/** What DML works with: the org's parts, and who writes in which way. */
export interface DmlContext {
    readonly schema: Schema;
    readonly store: Store;
    /** Validation rules and the formulas of defaults are documents. */
    readonly metadata: MetadataRegistry;
    readonly access: Access;
    readonly triggers: TriggerDispatch;
    readonly caller: AccessContext;
    readonly origin: 'apex' | 'api';
    /** Of an update: values of fields that only the platform writes, for every row. */
    readonly platformValues?: Readonly<Record<string, FieldValue>>;
    /** Of a delete: the record that those which are deleted are merged into. */
    readonly mergedInto?: Id;
    /** Of the save of masters: their roll-up summaries before the details changed, by record id and field. */
    readonly priorSummaries?: ReadonlyMap<string, Readonly<Record<string, FieldValue>>>;
    /** Milliseconds since 1970-01-01 UTC. */
    readonly now: number;
    /** Of the user who writes, in which formulas tell the day. */
    readonly timeZone: string;
}

/** What formulas and summaries of a record are worked out with. */
export function formulaContextOf({ schema, store, caller, now, timeZone }: DmlContext): FormulaContext {
    return { schema, store, userId: caller.userId, now, timeZone };
}

/** Object and field permissions are enforced. */
export function inUserMode({ caller }: DmlContext): boolean {
    return caller.mode === 'user';
}

/** Record access is enforced. */
export function withSharing({ caller }: DmlContext): boolean {
    return caller.sharing || caller.mode === 'user';
}
