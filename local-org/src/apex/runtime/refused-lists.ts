import type { SObject } from '../../values/index.ts';
import type { DmlOperation, Runtime } from './runtime.ts';

/** Runs of records of one object that a statement may have. */
const MAXIMUM_CHUNKS = 10;

/**
 * Lists that a DML statement of Apex refuses as a whole, before any row is looked at and whatever `allOrNone` says: one record
 * twice, one id twice, objects that alternate too often. Source: reports of real orgs with these texts, such as the NPSP wiki
 * on TDTM_RunnableMutable and jamessimone.net, "Sorting And Performance In Apex".
 */
export function refuseList(rt: Runtime, operation: DmlOperation, records: readonly SObject[]): void {
    if (records.length < 2) return;
    const isSaved = operation === 'insert' || operation === 'upsert';
    if (isSaved && new Set(records).size < records.length) {
        const message = 'Before Insert or Upsert list must not have two identically equal elements';
        rt.throwNew('System.ListException', message);
    }
    if (operation === 'update' || operation === 'upsert') refuseRepeatedIds(rt, records);
    const chunks = records.filter((record, index) => record.type !== records[index - 1]?.type).length;
    if (chunks > MAXIMUM_CHUNKS) {
        const message =
            `Cannot have more than ${MAXIMUM_CHUNKS} chunks in a single operation. ` +
            'Please rearrange the data to reduce chunking.';
        rt.throwNew('System.TypeException', message);
    }
}

function refuseRepeatedIds(rt: Runtime, records: readonly SObject[]): void {
    const seen = new Set<string>();
    for (const { id } of records) {
        if (id === null) continue;
        if (seen.has(id.value)) rt.throwNew('System.ListException', `Duplicate id in list: ${id.value}`);
        seen.add(id.value);
    }
}
