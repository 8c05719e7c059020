import { ApiError } from '../../http/api-error.ts';
import { Id, type SObject } from '../../values/index.ts';
import { fieldFromJson } from '../rest/field-json.ts';
import { CsvError, parseCsv } from './csv.ts';
import { csvFormat } from './job-options.ts';
import type { DmlRowError, DmlRowResult } from '../../apex/runtime/runtime.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { IngestJob, IngestRow } from './ingest-jobs.ts';

/** Why a whole job fails, in the platform's words. */
class JobFailure extends Error {}

/** Empties a field. Source: Bulk API 2.0 Developer Guide, Valid Record Rows. */
const NULL_VALUE = '#N/A';
/** Every value of the file that names no record. */
const NO_RECORD: Pick<IngestRow, 'id' | 'created'> = { id: '', created: false };

/** Runs the rows of an uploaded job as its user, each by itself: good rows stay when others fail. */
export function runIngest(job: IngestJob, org: LocalOrg): void {
    const started = performance.now();
    try {
        const [header = [], ...lines] = parseCsv(job.content ?? '', csvFormat(job).delimiter);
        const columns = columnsOf(header, job, org);
        job.results = { header, rows: saveRows(lines, columns, job, org) };
        job.state = 'JobComplete';
    } catch (error) {
        if (!(error instanceof JobFailure || error instanceof CsvError)) {
            throw error;
        }
        job.state = 'Failed';
        job.errorMessage = `InvalidBatch : ${error.message}`;
    }
    job.content = undefined;
    job.changedAt = org.clock.now();
    job.processingMs = Math.round(performance.now() - started);
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

function saveRows(lines: readonly (readonly string[])[], columns: Columns, job: IngestJob, org: LocalOrg): IngestRow[] {
    const parsed = lines.map((cells) => ({ cells, record: readRow(cells, columns, org) }));
    const records = parsed.map(({ record }) => record).filter((record) => typeof record !== 'string');
    const results = org.database.dml(job.operation, records, {
        access: { userId: job.createdById, mode: 'user', sharing: true },
        allOrNone: false,
        origin: 'api',
        ...(job.externalIdFieldName !== undefined && { externalIdField: job.externalIdFieldName })
    });
    let next = 0;
    return parsed.map(({ cells, record }) =>
        typeof record === 'string' ? { cells, ...NO_RECORD, error: record } : rowOf(cells, record, results[next++])
    );
}

function rowOf(cells: readonly string[], record: SObject, result: DmlRowResult): IngestRow {
    const id = result.id ?? record.id?.value ?? '';
    return result.success
        ? { cells, id, created: result.created, error: undefined }
        : { cells, id, created: false, error: result.errors.map(errorText).join(';') };
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
