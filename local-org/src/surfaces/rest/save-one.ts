import { rowError } from './dml-errors.ts';
import type { DmlOperation, DmlRowResult } from '../../apex/runtime/runtime.ts';
import type { Database, DmlRequest } from '../../org/database.ts';
import type { SObject } from '../../values/index.ts';

/** Saves one record of a request; throws the record's error. */
export function saveOne(
    database: Database,
    operation: DmlOperation,
    record: SObject,
    request: Pick<DmlRequest, 'access' | 'externalIdField'>
): DmlRowResult {
    const [result] = database.dml(operation, [record], { ...request, allOrNone: false, origin: 'api' });
    if (result === undefined) {
        throw new Error(`DML gave no result for a record of ${record.type}`);
    }
    if (!result.success) {
        throw rowError(result);
    }
    return result;
}
