import { platformError } from '../../http/api-error.ts';
import { SoqlError } from '../../soql/errors.ts';
import type { Database, QueryOptions, QueryResult } from '../../org/database.ts';

/** Runs SOQL of a caller: what is wrong with it is the caller's error, 400 with the platform's code and text. */
export function runQuery(database: Database, soql: string, options: QueryOptions): QueryResult {
    return asCallersError(() => database.query(soql, options));
}

/** What is wrong with SOQL as an error of the caller. */
export function asCallersError<T>(work: () => T): T {
    try {
        return work();
    } catch (error) {
        if (error instanceof SoqlError) {
            const status = error.errorCode === 'NOT_SUPPORTED_LOCALLY' ? 501 : 400;
            throw platformError(status, error.errorCode, error.message);
        }
        throw error;
    }
}
