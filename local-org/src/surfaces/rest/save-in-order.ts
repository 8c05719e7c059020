import { undoUnless } from './undo-unless.ts';
import type { DmlOperation, DmlRowResult } from '../../apex/runtime/runtime.ts';
import type { Database, DmlRequest } from '../../org/database.ts';
import type { SObject } from '../../values/index.ts';

const ROLLED_BACK: DmlRowResult = {
    id: null,
    success: false,
    created: false,
    errors: [
        {
            statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
            fields: []
        }
    ]
};

/**
 * Saves records of several objects: neighbours of one object go together, results keep the order. With `allOrNone` one
 * bad record undoes all of them; the good ones then say that they were rolled back.
 */
export function saveInOrder(
    database: Database,
    operation: DmlOperation,
    records: readonly SObject[],
    request: DmlRequest
): readonly DmlRowResult[] {
    const rows = { ...request, allOrNone: false };
    const save = (): DmlRowResult[] => runsOfOneType(records).flatMap((run) => database.dml(operation, run, rows));
    if (!request.allOrNone) {
        return save();
    }
    const { value, kept } = undoUnless(database, save, (results) => results.every((result) => result.success));
    return kept ? value : value.map((result) => (result.success ? ROLLED_BACK : result));
}

function runsOfOneType(records: readonly SObject[]): SObject[][] {
    const runs: SObject[][] = [];
    for (const record of records) {
        const last = runs.at(-1);
        if (last?.[0]?.type === record.type) {
            last.push(record);
        } else {
            runs.push([record]);
        }
    }
    return runs;
}
