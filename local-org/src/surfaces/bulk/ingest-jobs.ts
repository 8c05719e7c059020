import type { LocalOrg } from '../../org/local-org.ts';
import { PackedRows } from './packed-rows.ts';
import type { JobFormat } from './job-options.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted' | 'Failed';

/** What became of the rows of the uploaded file, as the result files have them. */
export interface IngestResults {
    readonly header: readonly string[];
    /** `sf__Id`, `sf__Created`, cells. */
    readonly saved: PackedRows;
    /** `sf__Id`, `sf__Error` (`CODE:message:fields --`), cells. */
    readonly failed: PackedRows;
    /** Cells of rows that an abort left. */
    readonly unprocessed: PackedRows;
}

export function noResults(header: readonly string[] = []): IngestResults {
    return { header, saved: new PackedRows(), failed: new PackedRows(), unprocessed: new PackedRows() };
}

export interface IngestJob extends JobFormat {
    readonly id: string;
    readonly object: string;
    readonly operation: IngestOperation;
    readonly externalIdFieldName: string | undefined;
    readonly apiVersion: number;
    readonly createdById: string;
    /** Milliseconds since 1970. */
    readonly createdAt: number;
    changedAt: number;
    state: JobState;
    /** What was uploaded; it is dropped when the job has run. */
    content: Uint8Array | undefined;
    results: IngestResults;
    errorMessage: string | undefined;
    processingMs: number;
}

const jobsByOrg = new WeakMap<LocalOrg, Map<string, IngestJob>>();

/** Jobs of an org by id, oldest first. In memory, as the platform forgets them after seven days. */
export function ingestJobsOf(org: LocalOrg): Map<string, IngestJob> {
    let jobs = jobsByOrg.get(org);
    if (jobs === undefined) {
        jobs = new Map();
        jobsByOrg.set(org, jobs);
    }
    return jobs;
}
