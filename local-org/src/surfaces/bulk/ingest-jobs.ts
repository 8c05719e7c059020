import type { LocalOrg } from '../../org/local-org.ts';
import type { JobFormat } from './job-options.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted' | 'Failed';

/** One row of the uploaded file and what became of it. */
export interface IngestRow {
    readonly cells: readonly string[];
    readonly id: string;
    readonly created: boolean;
    /** `CODE:message:fields --`; undefined when it was saved. */
    readonly error: string | undefined;
}

export interface IngestResults {
    readonly header: readonly string[];
    readonly rows: readonly IngestRow[];
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
    content: string | undefined;
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
