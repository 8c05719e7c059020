import { malformedQuery, platformError } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { analyzeQuery } from '../../soql/analyze.ts';
import { SoqlError } from '../../soql/errors.ts';
import { executeQuery } from '../../soql/execute.ts';
import { parseSoql } from '../../soql/parser.ts';
import { columnMetadata } from '../rest/column-metadata.ts';
import { dataPath } from '../rest/paths.ts';
import { recordToJson } from '../rest/record-json.ts';
import { query as dataQuery } from '../rest/query.ts';
import { hasToolingObject } from './tooling-objects.ts';
import { TOOLING_SCHEMA, toolingStoreOf } from './tooling-store.ts';
import type { QueryResult } from '../../org/database.ts';
import type { AnalyzedQuery } from '../../soql/analyzed.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { SessionContext } from '../surface.ts';

/** GET /tooling/query: objects of the Tooling API; others, such as User, are the data API's. */
export function toolingQuery(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const soql = request.query.get('q');
    if (soql === null || soql.trim() === '') {
        throw malformedQuery('A query string has to be specified');
    }
    const parsed = checked(() => parseSoql(soql));
    if (!hasToolingObject(parsed.from.name, context.org)) {
        return dataQuery(request, parameters, context);
    }
    requireSetupPermission(context);
    const analyzed = checked(() => analyzeQuery(parsed, TOOLING_SCHEMA));
    if (request.query.get('columns') === 'true') {
        return json(200, columnMetadata(analyzed));
    }
    const { records, totalSize, object } = checked(() => runToolingQuery(analyzed, context));
    const base = `${dataPath(parameters)}/tooling`;
    const rows = records.map((record) => withCoverage(recordToJson(record, base)));
    return json(200, {
        size: totalSize,
        totalSize,
        done: true,
        queryLocator: null,
        entityTypeName: object,
        records: rows
    });
}

/** What is wrong with a query is the caller's error. */
function checked<T>(work: () => T): T {
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

/** Rows of an analyzed query on objects of the Tooling API. */
export function runToolingQuery(query: AnalyzedQuery, { org, session }: SessionContext): QueryResult {
    return executeQuery(query, {
        schema: TOOLING_SCHEMA,
        store: toolingStoreOf(org),
        access: org.access,
        caller: { userId: session.userId, mode: 'system', sharing: false },
        binds: undefined,
        now: org.clock.now(),
        timeZone: 'GMT',
        allRows: false
    });
}

/** The value is an object in JSON and has no form of its own in a row. */
export function withCoverage(record: Record<string, unknown>): Record<string, unknown> {
    const { Coverage: coverage } = record;
    return typeof coverage === 'string' ? { ...record, Coverage: JSON.parse(coverage) as unknown } : record;
}

export function requireSetupPermission({ org, session }: SessionContext): void {
    const may = ['ViewSetup', 'AuthorApex', 'CustomizeApplication'].some((permission) =>
        org.access.userPermission(session.userId, permission)
    );
    if (!may) {
        throw platformError(403, 'INSUFFICIENT_ACCESS', 'You need the permission "View Setup and Configuration".');
    }
}
