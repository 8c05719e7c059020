import { sourceMembersOf } from '../../deploy/source-members.ts';
import { createRecordIds } from '../../store/record-ids.ts';
import { createStore, type DerivedRows, type Store } from '../../store/store.ts';
import { debugLogsOf } from './debug-logs.ts';
import { testRunsOf } from './test-runs.ts';
import { TOOLING_OBJECTS, TOOLING_PARENTS } from './tooling-objects.ts';
import { TOOLING_ROWS } from './tooling-rows.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { Schema } from '../../schema/types.ts';

export const TOOLING_SCHEMA: Schema = {
    version: 1,
    object: (name) => TOOLING_OBJECTS.get(name.toLowerCase()) ?? TOOLING_PARENTS.get(name.toLowerCase()),
    objectByKeyPrefix: (prefix) => [...TOOLING_OBJECTS.values()].find(({ keyPrefix }) => keyPrefix === prefix),
    objects: () => TOOLING_OBJECTS.values()
};

const stores = new WeakMap<LocalOrg, Store>();

/** Rows of the Tooling API: most follow from the org, debug levels and trace flags are written by clients. */
export function toolingStoreOf(org: LocalOrg): Store {
    let store = stores.get(org);
    if (store === undefined) {
        store = createStore({ ids: createRecordIds('TOOLS'), derived: (object) => derivedRows(object, org) });
        stores.set(org, store);
    }
    return store;
}

function derivedRows(object: string, org: LocalOrg): DerivedRows | undefined {
    const rows = TOOLING_ROWS[object];
    if (rows === undefined) {
        return undefined;
    }
    let asked = 0;
    // Users change without a version of their own; each of the others only rises, so the sum does.
    const version = (): number =>
        object === 'user'
            ? (asked += 1)
            : org.metadata.version('ApexClass') +
              org.metadata.version('ApexTrigger') +
              testRunsOf(org).version +
              sourceMembersOf(org).version +
              debugLogsOf(org).version;
    return { version, rows: () => rows(org) };
}
