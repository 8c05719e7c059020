import { runDml } from '../dml/run-dml.ts';
import { analyzeQuery } from '../soql/analyze.ts';
import { executeQuery, visitRecords } from '../soql/execute.ts';
import { parseSoql } from '../soql/parser.ts';
import { isDeleted, isPurged, purged, rowId } from '../store/row.ts';
import { Id, SObject } from '../values/index.ts';
import type { Access, AccessContext } from '../access/types.ts';
import type { Schema } from '../schema/types.ts';
import type { AnalyzedQuery } from '../soql/analyzed.ts';
import type { QueryContext } from '../soql/query-context.ts';
import type { Store } from '../store/store.ts';
import type { UndoPoint } from '../store/undo-log.ts';
import type { Clock } from './clock.ts';
import type { MetadataRegistry } from './metadata-registry.ts';
import type { OrgFaults } from './org-faults.ts';
import type { Database, QueryOptions, Savepoint, TriggerDispatch } from './database.ts';

export interface DatabaseOptions {
    readonly store: Store;
    readonly metadata: MetadataRegistry;
    readonly schema: Schema;
    readonly access: Access;
    readonly clock: Clock;
    /** Asked for at each DML call, since the Apex engine is made after the database. */
    readonly triggers: () => TriggerDispatch;
    readonly faults?: OrgFaults | undefined;
}

/** Checked queries kept for the current schema; Apex runs few texts often. */
const CACHED_QUERIES = 500;
const LONGEST_CACHED = 5000;

/**
 * Rows of an object that stay for ALL ROWS after they left the recycle bin: what one transaction can take out (Database Class,
 * emptyRecycleBin; Apex Developer Guide, Execution Governors and Limits). When the platform clears them away is its own affair.
 */
const PURGED_ROWS = 10_000;

export function createDatabase(options: DatabaseOptions): Database {
    const { store, metadata, schema, access, clock, triggers, faults } = options;
    let cacheVersion = -1;
    const cache = new Map<string, AnalyzedQuery>();

    function analyzed(soql: string): AnalyzedQuery {
        if (schema.version !== cacheVersion || cache.size >= CACHED_QUERIES) {
            cache.clear();
            cacheVersion = schema.version;
        }
        let query = cache.get(soql);
        if (query === undefined) {
            query = analyzeQuery(parseSoql(soql), schema);
            // Lists of thousands of ids do not come again, and their trees are large.
            if (soql.length <= LONGEST_CACHED) cache.set(soql, query);
        }
        return query;
    }

    function timeZoneOf(userId: string): string {
        const zone = store.table('User').get(userId)?.TimeZoneSidKey;
        return typeof zone === 'string' ? zone : 'GMT';
    }

    function accessOf({ permissionSetId }: AccessContext): Access {
        return permissionSetId === undefined ? access : access.withPermissionSet(permissionSetId);
    }

    function contextOf({ access: caller, binds, timeZone, allRows, forApex }: QueryOptions): QueryContext {
        return {
            schema,
            store,
            access: accessOf(caller),
            caller,
            binds,
            now: clock.now(),
            timeZone: timeZone ?? timeZoneOf(caller.userId),
            allRows: allRows ?? false,
            forApex
        };
    }

    return {
        query: (soql, options) => executeQuery(analyzed(soql), contextOf(options)),
        visit: (soql, options, onRecord) => visitRecords(analyzed(soql), contextOf(options), onRecord),
        dml: (operation, records, { access: caller, allOrNone, externalIdField, ...request }) =>
            runDml({ operation, allOrNone, externalIdField, isLocked: faults?.isLocked }, records, {
                schema,
                store,
                metadata,
                access: accessOf(caller),
                triggers: triggers(),
                caller,
                ...request,
                now: clock.now(),
                timeZone: timeZoneOf(caller.userId)
            }),
        atomic: (work) => store.atomic(work),
        onRollback: (undo) => store.onRollback(undo),
        detached: (work) => store.detached(work),
        // The brand has no run-time form; only this function makes and reads savepoints.
        savepoint: () => store.savepoint() as unknown as Savepoint,
        rollback: (to) => store.rollback(to as unknown as UndoPoint),
        release: (savepoint) => store.release(savepoint as unknown as UndoPoint),
        hideOrgData() {
            for (const [object, table] of [...store.tables()]) {
                if (!isBusinessData(schema, object)) continue;
                for (const row of [...table.rows()]) store.remove(object, rowId(row));
            }
        },
        writeRow(object, fields) {
            const { Id: known } = fields;
            const id = known instanceof Id ? known : store.newId(schema.object(object)?.keyPrefix ?? '000');
            store.put(object, { ...store.table(object).get(id.value), ...fields, Id: id });
            return id;
        },
        readRow: (object, id) => store.table(object).get(id.value),
        removeRow: (object, id) => store.remove(object, id.value),
        emptyFromBin(object, id) {
            const table = store.table(object);
            const row = table.get(id.value);
            if (row === undefined || !isDeleted(row) || isPurged(row)) return false;
            store.put(object, purged(row));
            const [oldest] = table.purged;
            if (table.purged.size > PURGED_ROWS) store.remove(object, oldest);
            return true;
        },
        newRecord(object) {
            const found = schema.object(object);
            if (found === undefined) throw new RangeError(`sObject type '${object}' is not supported.`);
            return new SObject(found.name);
        }
    };
}

/** Users, profiles and other setup, and custom metadata, are seen by every test. */
function isBusinessData(schema: Schema, object: string): boolean {
    const kind = schema.object(object)?.kind;
    return kind === 'standard' || kind === 'custom' || kind === 'customSetting';
}
