import { CsvError } from 'csv-parse/sync';
import { ApiError } from '../../http/api-error.ts';
import { Id, type SObject } from '../../values/index.ts';
import { fieldFromJson } from '../rest/field-json.ts';
import { readCsvRows } from './csv.ts';
import { noResults, type IngestJob } from './ingest-jobs.ts';
import { csvFormat } from './job-options.ts';
import type { DmlRowError, DmlRowResult } from '../../apex/runtime/runtime.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';

/** Why a whole job fails, in the platform's words. */
class JobFailure extends Error {}

/** Empties a field. Source: Bulk API 2.0 Developer Guide, Valid Record Rows. */
const NULL_VALUE = '#N/A';
/** Rows that are saved together. Source: Bulk API 2.0 Developer Guide, How Requests Are Processed. */
export const BATCH = 10_000;

/**
 * Runs the rows of an uploaded job as its user, each by itself: good rows stay when others fail. The first batch is saved at
 * once, each other one between requests, as work of the org, so that others are served and progress can be looked at.
 */
export function startIngest(job: IngestJob, org: LocalOrg): void {
    const run = ingestRun(job, org);
    job.state = 'InProgress';
    const next = (): void => {
        if (!run()) return;
        if (org.jobs.isHosted) org.jobs.add({ kind: 'bulk', dueAt: org.clock.now(), run: next });
        else next();
    };
    next();
}

/** A function that saves one batch each time it is called, and tells whether more are left. */
function ingestRun(job: IngestJob, org: LocalOrg): () => boolean {
    const rows = readCsvRows(job.content ?? new Uint8Array(), csvFormat(job).delimiter);
    let columns: Columns | undefined;
    const step = (): boolean => {
        if (columns === undefined) {
            const { value: header = [] } = rows.next() as IteratorResult<string[], string[] | undefined>;
            columns = columnsOf(header, job, org);
            job.results = noResults(header);
        }
        if (job.state === 'Aborted') {
            for (const cells of rows) job.results.unprocessed.add(cells);
            return false;
        }
        const batch = take(rows, BATCH);
        saveRows(batch, columns, job, org);
        if (batch.length === BATCH) return true;
        job.state = 'JobComplete';
        return false;
    };
    return () => {
        const started = performance.now();
        let isOpen = false;
        try {
            isOpen = step();
        } catch (error) {
            if (!(error instanceof JobFailure || error instanceof CsvError)) throw error;
            job.state = 'Failed';
            job.errorMessage = `InvalidBatch : ${error.message}`;
        }
        if (!isOpen) job.content = undefined;
        job.changedAt = org.clock.now();
        job.processingMs += Math.round(performance.now() - started);
        return isOpen;
    };
}

function take(rows: Iterator<string[], void>, count: number): string[][] {
    const taken: string[][] = [];
    while (taken.length < count) {
        const next = rows.next();
        if (next.done === true) break;
        taken.push(next.value);
    }
    return taken;
}

interface Columns {
    readonly object: ObjectDef;
    readonly fields: readonly FieldDef[];
}

function columnsOf(header: readonly string[], job: IngestJob, org: LocalOrg): Columns {
    const object = org.schema.object(job.object);
    if (object === undefined) {
        throw new JobFailure(`Invalid entity: ${job.object}`);
    }
    const fields = header.map((name) => {
        const field = object.fields.get(name.trim().toLowerCase());
        if (field === undefined) {
            throw new JobFailure(`Field name not found : ${name}`);
        }
        return field;
    });
    const key = job.operation === 'upsert' ? job.externalIdFieldName : job.operation === 'insert' ? undefined : 'Id';
    if (key !== undefined && !fields.some(({ name }) => name.toLowerCase() === key.toLowerCase())) {
        throw new JobFailure(`Field name not found : ${key}`);
    }
    return { object, fields };
}

function saveRows(lines: readonly (readonly string[])[], columns: Columns, job: IngestJob, org: LocalOrg): void {
    const parsed = lines.map((cells) => ({ cells, record: readRow(cells, columns, org) }));
    const records = parsed.map(({ record }) => record).filter((record) => typeof record !== 'string');
    const results = org.database.dml(job.operation, records, {
        access: { userId: job.createdById, mode: 'user', sharing: true },
        allOrNone: false,
        origin: 'api',
        ...(job.externalIdFieldName !== undefined && { externalIdField: job.externalIdFieldName })
    });
    let next = 0;
    for (const { cells, record } of parsed) {
        if (typeof record === 'string') job.results.failed.add(['', record, ...cells]);
        else note(job, cells, record, results[next++]);
    }
}

function note({ results }: IngestJob, cells: readonly string[], record: SObject, result: DmlRowResult): void {
    const id = result.id ?? record.id?.value ?? '';
    if (result.success) results.saved.add([id, String(result.created), ...cells]);
    else results.failed.add([id, result.errors.map(errorText).join(';'), ...cells]);
}

function errorText({ statusCode, message, fields }: DmlRowError): string {
    return `${statusCode}:${message}:${fields.join(',')} --`;
}

/** The record of a row, or what is wrong with it. Empty cells leave the field as it is. */
function readRow(cells: readonly string[], { object, fields }: Columns, org: LocalOrg): SObject | string {
    if (cells.length !== fields.length) {
        return `INVALID_CSV:The row has ${cells.length} values and the header ${fields.length}: --`;
    }
    const record = org.database.newRecord(object.name);
    try {
        cells.forEach((cell, index) => setCell(record, fields[index], cell));
    } catch (error) {
        if (error instanceof ApiError) {
            return error.items.map(({ errorCode, message }) => `${errorCode}:${message}: --`).join(';');
        }
        throw error;
    }
    return record;
}

function setCell(record: SObject, field: FieldDef, cell: string): void {
    if (cell === '') {
        return;
    }
    const value = cell === NULL_VALUE ? null : fieldFromJson(cellValue(field, cell), field);
    if (field.type !== 'id') {
        record.set(field.name, value);
    } else if (value instanceof Id) {
        record.id = value;
    }
}

/** Booleans come in any case, and as 1 and 0. */
function cellValue({ type }: FieldDef, cell: string): string {
    if (type !== 'boolean') {
        return cell;
    }
    const text = cell.toLowerCase();
    return text === '1' ? 'true' : text === '0' ? 'false' : text;
}
