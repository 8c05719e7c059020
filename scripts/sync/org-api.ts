import { setTimeout as sleep } from 'node:timers/promises';
import { readCsv, csvLine, type CsvRow } from '../lib/csv.ts';
import { BridgeError } from '../lib/errors.ts';
import { queryAll, soqlString, type BridgeOrg } from '../lib/org-connection.ts';

/** From so many rows on a Bulk API job costs less than collections of 200 rows. */
export const BULK_FROM = 2000;
/** Rows of one request of the collections resource. Source: REST API Developer Guide, sObject Collections. */
export const COLLECTION = 200;
/** Empties a field in a file of the Bulk API. */
const NULL_CELL = '#N/A';

const CONTENT_TYPES = { json: 'application/json', csv: 'text/csv' };
/** Characters of the values in one query. SOQL takes 100,000 characters. */
const LIST_TEXT = 90_000;
/** So many values, in so many characters, are looked up over REST, whose request line takes 16,000 characters. */
export const REST_LIST = 200;
const REST_LIST_TEXT = 9000;
/** Rows of a look-up that are in memory at a time. */
const LOOK_UP_ROWS = 90_000;
const MAX_PAUSE_MS = 5000;
/** Characters of a refusal in an error text: a proxy answers with whole pages. */
const SHOWN_REASON = 400;

export interface WriteRequest {
    readonly object: string;
    readonly operation: 'insert' | 'upsert' | 'delete';
    /** Tells rows apart: the external id of an upsert, and what failures are named by. */
    readonly ref: string;
    readonly columns: readonly string[];
    /** Cells in the order of the columns; null empties the field. */
    readonly rows: readonly (readonly (string | null)[])[];
}

/** A row that the org refused. */
export interface WriteFailure {
    readonly ref: string;
    readonly code: string;
    readonly message: string;
}

export interface RowPage {
    readonly rows: readonly CsvRow[];
    /** Rows of the whole query. */
    readonly total: number;
}

interface JobInfo {
    readonly id: string;
    readonly state: string;
    readonly errorMessage?: string;
    readonly numberRecordsProcessed?: number;
    readonly numberRecordsFailed?: number;
}

interface SaveResult {
    readonly success: boolean;
    readonly errors: readonly { readonly statusCode?: string; readonly message?: string }[];
}

/** How many literals of so many characters one look-up takes, with a comma behind each. */
export function literalsOfOneQuery(length: number): number {
    return Math.floor(LIST_TEXT / (length + 1));
}

/**
 * Many rows to and from an org with constant memory: Bulk API 2.0, and collections for few rows. Counts its requests.
 * Source: Bulk API 2.0 and Bulk API Developer Guide.
 */
export class OrgApi {
    readonly org: BridgeOrg;
    calls = 0;

    constructor(org: BridgeOrg) {
        this.org = org;
    }

    /** Results of a bulk query, one page after the other as they are asked for. */
    async *pages(soql: string, size: number): AsyncGenerator<RowPage> {
        const { id } = await this.#json<JobInfo>('POST', '/jobs/query', { operation: 'query', query: soql });
        const { numberRecordsProcessed: total = 0 } = await this.#finished(`/jobs/query/${id}`);
        try {
            let next = '';
            while (next !== 'null' && total > 0) {
                const locator = next === '' ? '' : `&locator=${next}`;
                const response = await this.#send('GET', `/jobs/query/${id}/results?maxRecords=${size}${locator}`);
                next = response.headers.get('sforce-locator') ?? 'null';
                yield { rows: await Array.fromAsync(rowsOf(response)), total };
            }
        } finally {
            await this.#send('DELETE', `/jobs/query/${id}`);
        }
    }

    /** Rows of a bulk query, `size` of them in memory at a time. */
    async *rows(soql: string, size: number): AsyncGenerator<CsvRow> {
        for await (const { rows } of this.pages(soql, size)) yield* rows;
    }

    /** First page of a REST query: for what has few rows. */
    async few<T extends object>(soql: string): Promise<readonly T[]> {
        this.calls += 1;
        const { records } = await this.org.connection.query<T>(soql);
        return records;
    }

    async count(object: string, condition: string): Promise<number> {
        this.calls += 1;
        const where = condition === '' ? '' : ` WHERE ${condition}`;
        return (await this.org.connection.query(`SELECT COUNT() FROM ${object}${where}`)).totalSize;
    }

    /** Rows whose field has one of the values, in as few requests as the length of a query allows. */
    lookUp(query: string, field: string, values: readonly string[]): AsyncGenerator<CsvRow> {
        return this.#lookUp(query, field, values, (soql, count, length) => this.#listed(soql, count, length));
    }

    /** As `lookUp`, with values as the Bulk API writes them. */
    bulkLookUp(query: string, field: string, values: readonly string[]): AsyncGenerator<CsvRow> {
        return this.#lookUp(query, field, values, (soql) => this.rows(soql, LOOK_UP_ROWS));
    }

    async *#lookUp(
        query: string,
        field: string,
        values: readonly string[],
        read: (soql: string, count: number, length: number) => AsyncGenerator<CsvRow>
    ): AsyncGenerator<CsvRow> {
        const literals = values.map(soqlString);
        let start = 0;
        while (start < literals.length) {
            let length = 0;
            let end = start;
            while (end < literals.length && length + literals[end].length < LIST_TEXT) {
                length += literals[end].length + 1;
                end += 1;
            }
            yield* read(`${query} ${field} IN (${literals.slice(start, end).join(',')})`, end - start, length);
            start = end;
        }
    }

    async *#listed(soql: string, count: number, length: number): AsyncGenerator<CsvRow> {
        if (count > REST_LIST || length > REST_LIST_TEXT) {
            yield* this.rows(soql, LOOK_UP_ROWS);
            return;
        }
        this.calls += 1;
        for (const record of await queryAll<Record<string, unknown>>(this.org, soql)) yield textsOf(record);
    }

    /** What an Apex REST class of the org answers to a POST; `path` is behind `/services/apexrest`. */
    async apexRest<T>(path: string, body: object): Promise<T> {
        this.calls += 1;
        return this.org.connection.request<T>({
            method: 'POST',
            url: `/services/apexrest${path}`,
            headers: { 'content-type': CONTENT_TYPES.json },
            body: JSON.stringify(body)
        });
    }

    /** Writes rows, each by itself; gives those that were refused. Throws BULK_FAILED when a whole job fails. */
    async write(request: WriteRequest): Promise<readonly WriteFailure[]> {
        if (request.rows.length >= BULK_FROM) return this.#writeInBulk(request);
        const failures: WriteFailure[] = [];
        for (let start = 0; start < request.rows.length; start += COLLECTION) {
            failures.push(...(await this.#writeCollection(request, request.rows.slice(start, start + COLLECTION))));
        }
        return failures;
    }

    async #writeInBulk({ object, operation, ref, columns, rows }: WriteRequest): Promise<readonly WriteFailure[]> {
        const { id } = await this.#json<JobInfo>('POST', '/jobs/ingest', {
            object,
            operation,
            ...(operation === 'upsert' && { externalIdFieldName: ref }),
            contentType: 'CSV',
            lineEnding: 'LF'
        });
        const path = `/jobs/ingest/${id}`;
        const lines = rows.map((row) => csvLine(row.map((cell) => (cell === null ? NULL_CELL : cell))));
        await this.#send('PUT', `${path}/batches`, [csvLine(columns), ...lines].join(''), CONTENT_TYPES.csv);
        await this.#json('PATCH', path, { state: 'UploadComplete' });
        const { numberRecordsFailed = 0 } = await this.#finished(path);
        const failures: WriteFailure[] = [];
        if (numberRecordsFailed > 0) {
            for await (const row of rowsOf(await this.#send('GET', `${path}/failedResults`))) {
                const [code = 'UNKNOWN', message = ''] = row['sf__Error'].split(/:(.*)/s);
                failures.push({ ref: row[ref] ?? row['sf__Id'], code, message: message.replace(/:[^:]*--$/, '') });
            }
        }
        await this.#send('DELETE', path);
        return failures;
    }

    async #writeCollection(
        { object, operation, ref, columns }: WriteRequest,
        rows: WriteRequest['rows']
    ): Promise<readonly WriteFailure[]> {
        const at = columns.indexOf(ref);
        const resource = '/composite/sobjects';
        const records = rows.map((row) => ({
            attributes: { type: object },
            ...Object.fromEntries(columns.map((column, index) => [column, row[index]]))
        }));
        const body = { allOrNone: false, records };
        const results =
            operation === 'delete'
                ? await this.#json<SaveResult[]>('DELETE', `${resource}?ids=${rows.map((row) => row[at]).join(',')}`)
                : operation === 'insert'
                  ? await this.#json<SaveResult[]>('POST', resource, body)
                  : await this.#json<SaveResult[]>('PATCH', `${resource}/${object}/${ref}`, body);
        return results.flatMap(({ success, errors }, index) =>
            success
                ? []
                : [
                      {
                          ref: rows[index][at] ?? '',
                          code: errors[0]?.statusCode ?? 'UNKNOWN',
                          message: errors[0]?.message ?? 'The org gave no reason.'
                      }
                  ]
        );
    }

    /** Waits for a job, with growing pauses. */
    async #finished(path: string): Promise<JobInfo> {
        let pause = this.org.pollMs;
        for (;;) {
            const job = await this.#json<JobInfo>('GET', path);
            if (job.state === 'JobComplete') return job;
            if (job.state === 'Failed' || job.state === 'Aborted') {
                throw new BridgeError(
                    'org',
                    'BULK_FAILED',
                    `A Bulk API job of the ${this.org.role} org ended as ${job.state}: ${job.errorMessage ?? 'no reason given'}`,
                    ['Run the command again; it goes on where it stopped.']
                );
            }
            await sleep(pause);
            pause = Math.min(pause * 2, MAX_PAUSE_MS);
        }
    }

    async #json<T>(method: string, path: string, body?: object): Promise<T> {
        const text = body === undefined ? undefined : JSON.stringify(body);
        return (await (await this.#send(method, path, text)).json()) as T;
    }

    /** The stock client collects whole answers, so requests of this size go past it, with its session. */
    async #send(method: string, path: string, body?: string, contentType = CONTENT_TYPES.json): Promise<Response> {
        const { connection, role } = this.org;
        const attempt = (): Promise<Response> => {
            this.calls += 1;
            return fetch(`${connection.baseUrl()}${path}`, {
                method,
                headers: { authorization: `Bearer ${connection.accessToken}`, 'content-type': contentType },
                ...(body !== undefined && { body })
            });
        };
        let response = await attempt();
        if (response.status === 401) {
            await connection.refreshAuth();
            response = await attempt();
        }
        if (!response.ok) {
            const reason = (await response.text()).slice(0, SHOWN_REASON);
            throw new BridgeError('org', 'BULK_REFUSED', `The ${role} org refused ${method} ${path}: ${reason}`, [
                'Check that your user may use the API and edit Sync Inbox and Sync Link (permission set Sync_Admin).'
            ]);
        }
        return response;
    }
}

function rowsOf({ body }: Response): AsyncGenerator<CsvRow> {
    return readCsv(body ?? noBytes());
}

async function* noBytes(): AsyncGenerator<Uint8Array> {
    // A response without a body has no rows.
}

/** A record of REST as a row of CSV. */
function textsOf(record: Readonly<Record<string, unknown>>): CsvRow {
    return Object.fromEntries(
        Object.entries(record)
            .filter(([name]) => name !== 'attributes')
            .map(([name, value]) => [name, value === null ? '' : String(value as string)])
    );
}
