import { invalidQueryLocator, malformedQuery } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { analyzeQuery } from '../../soql/analyze.ts';
import { parseSoql } from '../../soql/parser.ts';
import { columnMetadata } from './column-metadata.ts';
import { asUser, dataPath } from './paths.ts';
import { recordToJson } from './record-json.ts';
import { runQuery } from './run-query.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { QueryCursor } from '../../org/query-cursors.ts';
import type { SessionContext } from '../surface.ts';

const DEFAULT_BATCH = 2000;
const SMALLEST_BATCH = 200;

export function query(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    return firstBatch(request, parameters, context, false);
}

/** Rows in the recycle bin too. */
export function queryAll(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    return firstBatch(request, parameters, context, true);
}

/** GET /query/<cursor>-<offset>. */
export function queryMore(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const locator = parameters['locator'] ?? '';
    const dash = locator.lastIndexOf('-');
    const cursor = context.org.queryCursors.find(locator.slice(0, dash), context.session.userId);
    const offset = Number(locator.slice(dash + 1));
    if (cursor === undefined || !Number.isInteger(offset) || offset < 0 || offset >= cursor.records.length) {
        throw invalidQueryLocator();
    }
    return batch(cursor, offset, batchSize(request), dataPath(parameters));
}

function firstBatch(
    request: HttpRequest,
    parameters: PathParameters,
    { org, session }: SessionContext,
    allRows: boolean
): WireResponse {
    const soql = request.query.get('q');
    if (soql === null || soql.trim() === '') {
        throw malformedQuery('A query string has to be specified');
    }
    const result = runQuery(org.database, soql, { access: asUser(session), allRows });
    if (request.query.get('columns') === 'true') {
        return json(200, columnMetadata(analyzeQuery(parseSoql(soql), org.schema)));
    }
    const { records, totalSize, object } = result;
    const cursor = { id: org.newId('01g'), userId: session.userId, records, totalSize, object };
    const size = batchSize(request);
    if (records.length > size) {
        org.queryCursors.open(cursor);
    }
    return batch(cursor, 0, size, dataPath(parameters));
}

function batch({ id, records, totalSize }: QueryCursor, offset: number, size: number, base: string): WireResponse {
    const end = offset + size;
    const rows = records.slice(offset, end).map((record) => recordToJson(record, base));
    const done = end >= records.length;
    const next = done ? {} : { nextRecordsUrl: `${base}/query/${id}-${end}` };
    return json(200, { totalSize, done, ...next, records: rows });
}

/** Header `Sforce-Query-Options: batchSize=500`; the platform keeps it between 200 and 2000. */
function batchSize(request: HttpRequest): number {
    for (const option of (request.headers['sforce-query-options'] ?? '').split(',')) {
        const [name, value] = option.split('=');
        const size = Number(value);
        if (name?.trim().toLowerCase() === 'batchsize' && Number.isInteger(size)) {
            return Math.min(DEFAULT_BATCH, Math.max(SMALLEST_BATCH, size));
        }
    }
    return DEFAULT_BATCH;
}
