import { invalidType, notFound, notSupportedLocally, platformError } from '../../http/api-error.ts';
import { parseJson } from '../../http/json-body.ts';
import { json, noContent } from '../../http/responses.ts';
import { parseMultipart } from '../metadata-rest/multipart.ts';
import { jsonObject } from '../rest/record-json.ts';
import { csvFile } from './csv.ts';
import { ingestJobsOf, noResults, type IngestJob, type IngestOperation } from './ingest-jobs.ts';
import { csvFormat, invalidJob, invalidJobState, readJobFormat, refuseOthers, requiredText } from './job-options.ts';
import { startIngest } from './run-ingest.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';
import type { PackedRows } from './packed-rows.ts';

const KNOWN = [
    'assignmentRuleId',
    'columnDelimiter',
    'contentType',
    'externalIdFieldName',
    'lineEnding',
    'object',
    'operation'
];
const OPERATIONS: ReadonlySet<string> = new Set<IngestOperation>(['insert', 'update', 'upsert', 'delete']);

/** POST /jobs/ingest: a job alone, or with its rows as the parts `job` and `content`. */
export function createIngestJob(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    if (request.contentType !== 'multipart/form-data') {
        return json(200, jobToJson(newJob(jsonObject(request.json()), parameters, context)));
    }
    const parts = parseMultipart(request.headers['content-type'] ?? '', request.body);
    const partOf = (name: string): Uint8Array => parts.find((part) => part.name === name)?.body ?? new Uint8Array();
    const job = newJob(jsonObject(parseJson(new TextDecoder().decode(partOf('job')))), parameters, context);
    job.content = partOf('content').slice();
    complete(job, context);
    return json(200, jobToJson(job));
}

/** PUT /jobs/ingest/<id>/batches: the rows, once. */
export function uploadRows(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const job = jobOf(parameters, context);
    if (job.state !== 'Open' || job.content !== undefined) {
        throw invalidJobState(`Job data has already been uploaded, or the job is not open: ${job.state}`);
    }
    if (request.contentType !== 'text/csv') {
        throw invalidJob(`Content type ${request.contentType} is not text/csv`);
    }
    job.content = request.body;
    return { status: 201, headers: {}, body: '' };
}

/**
 * PATCH /jobs/ingest/<id> with `state`. The first batch of rows is saved before the answer, whose state is the one sent; an
 * abort keeps what is saved.
 */
export function changeIngestJob(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const job = jobOf(parameters, context);
    const { state } = jsonObject(request.json());
    if (state !== 'UploadComplete' && state !== 'Aborted') {
        throw invalidJobState(`Job state can only become UploadComplete or Aborted, not ${String(state)}`);
    }
    if (job.state !== 'Open' && !(state === 'Aborted' && job.state === 'InProgress')) {
        throw invalidJobState(`Job is not open: ${job.state}`);
    }
    if (state === 'Aborted') {
        Object.assign(job, { state, content: undefined, changedAt: context.org.clock.now() });
        return json(200, jobToJson(job));
    }
    complete(job, context);
    return json(200, { ...jobToJson(job), state });
}

export function getIngestJob(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const job = jobOf(parameters, context);
    const { saved, failed } = job.results;
    return json(200, {
        ...jobToJson(job),
        jobType: 'V2Ingest',
        numberRecordsProcessed: saved.count + failed.count,
        numberRecordsFailed: failed.count,
        retries: 0,
        totalProcessingTime: job.processingMs,
        apiActiveProcessingTime: job.processingMs,
        apexProcessingTime: 0,
        ...(job.errorMessage !== undefined && { errorMessage: job.errorMessage })
    });
}

export function listIngestJobs(_request: unknown, _parameters: unknown, { org }: SessionContext): WireResponse {
    const records = [...ingestJobsOf(org).values()].map((job) => ({ ...jobToJson(job), jobType: 'V2Ingest' }));
    return json(200, { done: true, records, nextRecordsUrl: null });
}

export function deleteIngestJob(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const job = jobOf(parameters, context);
    if (job.state === 'Open' || job.state === 'InProgress') {
        throw invalidJobState('Only jobs that are done or aborted can be deleted');
    }
    ingestJobsOf(context.org).delete(job.id);
    return noContent();
}

/** GET /jobs/ingest/<id>/successfulResults, failedResults and unprocessedrecords. */
export function ingestResults(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const job = jobOf(parameters, context);
    const { header, saved, failed, unprocessed } = job.results;
    switch (parameters['results']?.toLowerCase()) {
        case 'successfulresults':
            return csvOf(job, ['sf__Id', 'sf__Created', ...header], saved);
        case 'failedresults':
            return csvOf(job, ['sf__Id', 'sf__Error', ...header], failed);
        case 'unprocessedrecords':
            return csvOf(job, header, unprocessed);
        default:
            throw notFound();
    }
}

function csvOf(job: IngestJob, header: readonly string[], rows: PackedRows): WireResponse {
    const body = job.results.header.length === 0 ? '' : csvFile(header, rows.all(), csvFormat(job));
    return { status: 200, headers: { 'content-type': 'text/csv' }, body };
}

function newJob(
    body: Readonly<Record<string, unknown>>,
    parameters: PathParameters,
    { org, session }: SessionContext
): IngestJob {
    refuseOthers(body, KNOWN);
    if (body['assignmentRuleId'] !== undefined) {
        throw notSupportedLocally('assignment rules of Bulk API jobs');
    }
    const operation = requiredText(body, 'operation');
    if (operation === 'hardDelete') {
        throw platformError(
            400,
            'FEATURENOTENABLED',
            'FeatureNotEnabled : hard delete operation requires special user profile permission, please contact your system administrator'
        );
    }
    if (!OPERATIONS.has(operation)) {
        throw invalidJob(`Unable to parse operation: ${operation}`);
    }
    const object = org.schema.object(requiredText(body, 'object'));
    if (object === undefined) {
        throw invalidType(requiredText(body, 'object'));
    }
    const now = org.clock.now();
    const job: IngestJob = {
        ...readJobFormat(body),
        id: org.newId('750'),
        object: object.name,
        operation: operation as IngestOperation,
        externalIdFieldName: operation === 'upsert' ? externalIdField(body, object.fields) : undefined,
        apiVersion: Number(parameters['version']?.slice(1)),
        createdById: session.userId,
        createdAt: now,
        changedAt: now,
        state: 'Open',
        content: undefined,
        results: noResults(),
        errorMessage: undefined,
        processingMs: 0
    };
    ingestJobsOf(org).set(job.id, job);
    return job;
}

function externalIdField(
    body: Readonly<Record<string, unknown>>,
    fields: ReadonlyMap<string, { readonly name: string; readonly idLookup: boolean; readonly externalId: boolean }>
): string {
    const { externalIdFieldName: name } = body;
    const field = typeof name === 'string' ? fields.get(name.toLowerCase()) : undefined;
    if (field === undefined || !(field.idLookup || field.externalId)) {
        throw invalidJob(
            'External ID was blank for upsert or is no external id field. An external ID must be specified'
        );
    }
    return field.name;
}

function complete(job: IngestJob, { org }: SessionContext): void {
    job.state = 'UploadComplete';
    startIngest(job, org);
}

function jobOf(parameters: PathParameters, { org }: SessionContext): IngestJob {
    const id = parameters['id'] ?? '';
    const job = [...ingestJobsOf(org).values()].find((candidate) => candidate.id.slice(0, 15) === id.slice(0, 15));
    if (job === undefined) {
        throw notFound();
    }
    return job;
}

function jobToJson(job: IngestJob): Record<string, unknown> {
    const { id, operation, object, createdById, state, externalIdFieldName, apiVersion, lineEnding, columnDelimiter } =
        job;
    return {
        id,
        operation,
        object,
        createdById,
        createdDate: restDate(job.createdAt),
        systemModstamp: restDate(job.changedAt),
        state,
        ...(externalIdFieldName !== undefined && { externalIdFieldName }),
        concurrencyMode: 'Parallel',
        contentType: 'CSV',
        apiVersion,
        contentUrl: `services/data/v${apiVersion.toFixed(1)}/jobs/ingest/${id}/batches`,
        lineEnding,
        columnDelimiter
    };
}

export function restDate(ms: number): string {
    return new Date(ms).toISOString().replace('Z', '+0000');
}
