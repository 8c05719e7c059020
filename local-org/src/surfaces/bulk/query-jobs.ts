import { invalidInput, notFound, platformError } from '../../http/api-error.ts';
import { json, noContent } from '../../http/responses.ts';
import { isCompound } from '../../schema/field.ts';
import { analyzeQuery } from '../../soql/analyze.ts';
import { parseSoql } from '../../soql/parser.ts';
import { Datetime, type FieldValue, type SObject } from '../../values/index.ts';
import { fieldToJson } from '../rest/field-json.ts';
import { asUser } from '../rest/paths.ts';
import { jsonObject } from '../rest/record-json.ts';
import { asCallersError } from '../rest/run-query.ts';
import { csvFile } from './csv.ts';
import { restDate } from './ingest.ts';
import { csvFormat, invalidJob, invalidJobState, readJobFormat, refuseOthers, requiredText } from './job-options.ts';
import { PackedRows } from './packed-rows.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { FieldColumn } from '../../soql/analyzed.ts';
import type { SessionContext } from '../surface.ts';
import type { JobFormat } from './job-options.ts';

interface QueryJob extends JobFormat {
    readonly id: string;
    readonly operation: 'query' | 'queryAll';
    readonly object: string;
    readonly apiVersion: number;
    readonly createdById: string;
    /** Milliseconds since 1970. */
    readonly createdAt: number;
    readonly header: readonly string[];
    readonly rows: PackedRows;
    readonly processingMs: number;
}

const KNOWN = ['columnDelimiter', 'contentType', 'lineEnding', 'operation', 'query'];
const DEFAULT_RESULTS = 50_000;
const jobsByOrg = new WeakMap<LocalOrg, Map<string, QueryJob>>();

/** POST /jobs/query: runs the query at once; the job is done when a client asks for it. */
export function createQueryJob(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const body = jsonObject(request.json());
    refuseOthers(body, KNOWN);
    const operation = requiredText(body, 'operation');
    if (operation !== 'query' && operation !== 'queryAll') {
        throw invalidJob(`Unable to parse operation: ${operation}`);
    }
    const started = performance.now();
    const { org, session } = context;
    const results = resultsOf(requiredText(body, 'query'), operation === 'queryAll', context);
    const job: QueryJob = {
        ...readJobFormat(body),
        id: org.newId('750'),
        operation,
        ...results,
        apiVersion: Number(parameters['version']?.slice(1)),
        createdById: session.userId,
        createdAt: org.clock.now(),
        processingMs: Math.round(performance.now() - started)
    };
    jobsOf(org).set(job.id, job);
    return json(200, { ...jobToJson(job), state: 'UploadComplete' });
}

export function getQueryJob(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const job = jobOf(parameters, context);
    return json(200, {
        ...jobToJson(job),
        jobType: 'V2Query',
        numberRecordsProcessed: job.rows.count,
        retries: 0,
        totalProcessingTime: job.processingMs,
        isPkChunkingSupported: false
    });
}

export function listQueryJobs(_request: unknown, _parameters: unknown, { org }: SessionContext): WireResponse {
    const records = [...jobsOf(org).values()].map((job) => ({ ...jobToJson(job), jobType: 'V2Query' }));
    return json(200, { done: true, records, nextRecordsUrl: null });
}

/** PATCH /jobs/query/<id>: only to abort, and no job is left to abort here. */
export function changeQueryJob(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    jobOf(parameters, context);
    const { state } = jsonObject(request.json());
    throw invalidJobState(`Job state can not become ${String(state)}: JobComplete`);
}

export function deleteQueryJob(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    jobsOf(context.org).delete(jobOf(parameters, context).id);
    return noContent();
}

/** GET /jobs/query/<id>/results?maxRecords=…&locator=…; the header Sforce-Locator names the next part, or is `null`. */
export function queryResults(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const job = jobOf(parameters, context);
    const offset = offsetOf(request.query.get('locator'));
    const maximum = Number(request.query.get('maxRecords') ?? DEFAULT_RESULTS);
    if (!Number.isInteger(maximum) || maximum < 1) {
        throw invalidInput('maxRecords has to be a whole number above zero');
    }
    const end = Math.min(offset + maximum, job.rows.count);
    return {
        status: 200,
        headers: {
            'content-type': 'text/csv',
            'sforce-numberofrecords': String(Math.max(0, end - offset)),
            'sforce-locator': end < job.rows.count ? locatorOf(end) : 'null'
        },
        body: csvFile(job.header, job.rows.slice(offset, maximum), csvFormat(job))
    };
}

function locatorOf(offset: number): string {
    return Buffer.from(String(offset)).toString('base64url');
}

function offsetOf(locator: string | null): number {
    const offset = locator === null ? 0 : Number(Buffer.from(locator, 'base64url').toString());
    if (!Number.isInteger(offset) || offset < 0) {
        throw invalidInput('The locator is not one of this job');
    }
    return offset;
}

/** Throws 400 for what a bulk query may not hold. Source: Bulk API 2.0 Developer Guide, Query Considerations. */
function resultsOf(
    soql: string,
    allRows: boolean,
    { org, session }: SessionContext
): Pick<QueryJob, 'object' | 'header' | 'rows'> {
    const query = asCallersError(() => analyzeQuery(parseSoql(soql), org.schema));
    const fields = query.columns.filter((column) => column.kind === 'field');
    const isFlat = fields.length === query.columns.length && !fields.some(({ path }) => isCompound(path.field));
    if (query.isAggregate || query.isCount || !isFlat || query.skip !== undefined) {
        const what = 'Aggregate relationships, GROUP BY, OFFSET, TYPEOF and compound fields are';
        throw platformError(400, 'API_ERROR', `${what} not supported in Bulk Query`);
    }
    const rows = new PackedRows();
    const object = asCallersError(() =>
        org.database.visit(soql, { access: asUser(session), allRows }, (record) =>
            rows.add(fields.map((field) => cellOf(record, field)))
        )
    );
    return { object, header: fields.map(({ path }) => path.name), rows };
}

function cellOf(record: SObject, { name, path }: FieldColumn): string {
    let owner: SObject | null | undefined = record;
    for (const { relationship } of path.steps) {
        owner = owner?.parent(relationship);
    }
    return cellText(owner?.get(name));
}

function cellText(value: FieldValue | undefined): string {
    if (value === undefined || value === null) {
        return '';
    }
    if (value instanceof Datetime) {
        return value.toJSON();
    }
    // Numbers keep every digit in JSON; ids, dates and times are JSON strings.
    const json = JSON.stringify(fieldToJson(value));
    return json.startsWith('"') ? String(JSON.parse(json)) : json;
}

function jobsOf(org: LocalOrg): Map<string, QueryJob> {
    let jobs = jobsByOrg.get(org);
    if (jobs === undefined) {
        jobs = new Map();
        jobsByOrg.set(org, jobs);
    }
    return jobs;
}

function jobOf(parameters: PathParameters, { org }: SessionContext): QueryJob {
    const id = parameters['id'] ?? '';
    const job = [...jobsOf(org).values()].find((candidate) => candidate.id.slice(0, 15) === id.slice(0, 15));
    if (job === undefined) {
        throw notFound();
    }
    return job;
}

function jobToJson(job: QueryJob): Record<string, unknown> {
    const { id, operation, object, createdById, apiVersion, lineEnding, columnDelimiter } = job;
    return {
        id,
        operation,
        object,
        createdById,
        createdDate: restDate(job.createdAt),
        systemModstamp: restDate(job.createdAt),
        state: 'JobComplete',
        concurrencyMode: 'Parallel',
        contentType: 'CSV',
        apiVersion,
        lineEnding,
        columnDelimiter
    };
}
