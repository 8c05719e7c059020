import { jsonParserError, malformedId, missingArgument, tooManyRecords } from '../../http/api-error.ts';
import { json } from '../../http/responses.ts';
import { Id, type SObject } from '../../values/index.ts';
import { rowResult } from './dml-errors.ts';
import { externalIdField, readRecord, recordId } from './find-record.ts';
import { asUser, dataPath } from './paths.ts';
import { jsonObject, objectNamed, recordFromJson, recordToJson, typeOfRecord } from './record-json.ts';
import { objectOfPath } from './sobjects.ts';
import { saveInOrder } from './save-in-order.ts';
import type { DmlOperation } from '../../apex/runtime/runtime.ts';
import type { ApiError } from '../../http/api-error.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { SessionContext } from '../surface.ts';

/** Source: REST API Developer Guide, sObject Collections. */
const MAXIMUM_RECORDS = 200;

interface CollectionBody {
    readonly allOrNone: boolean;
    readonly records: readonly unknown[];
}

/** POST /composite/sobjects */
export function createCollection(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    return save('insert', readCollection(request), context);
}

/** PATCH /composite/sobjects */
export function updateCollection(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    return save('update', readCollection(request), context);
}

/** PATCH /composite/sobjects/Account/Source_Record_Key__c; with `Id` as the field too. */
export function upsertCollection(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const object = objectOfPath(context.org, parameters);
    const field = externalIdField(object, parameters['field'] ?? '');
    return save('upsert', readCollection(request), context, field.name);
}

/** DELETE /composite/sobjects?ids=…&allOrNone=… */
export function deleteCollection(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    const ids = idList(request.query.get('ids'));
    const records = ids.map((id) => {
        const object = context.org.schema.objectByKeyPrefix(id.prefix);
        if (object === undefined) {
            throw malformedId(id.toString());
        }
        const record = context.org.database.newRecord(object.name);
        record.id = id;
        return record;
    });
    const allOrNone = request.query.get('allOrNone') === 'true';
    return saveRecords('delete', records, allOrNone, context);
}

/** GET /composite/sobjects/Account?ids=…&fields=…, or POST with both in the body. Missing records answer null. */
export function readCollectionOf(
    request: HttpRequest,
    parameters: PathParameters,
    { org, session }: SessionContext
): WireResponse {
    const object = objectOfPath(org, parameters);
    const { ids, fields } = request.method === 'POST' ? wantedInBody(request) : wantedInQuery(request);
    const rows = ids.map((id) => {
        try {
            const record = readRecord(org, session, object, recordId(object, id.toString()), fields);
            return recordToJson(record, dataPath(parameters));
        } catch (error) {
            if ((error as ApiError).status === 404) {
                return null;
            }
            throw error;
        }
    });
    return json(200, rows);
}

function save(
    operation: DmlOperation,
    { records, allOrNone }: CollectionBody,
    context: SessionContext,
    externalId?: string
): WireResponse {
    const parsed = records.map((body) => readRecordBody(context.org, body));
    return saveRecords(operation, parsed, allOrNone, context, externalId);
}

function saveRecords(
    operation: DmlOperation,
    records: readonly SObject[],
    allOrNone: boolean,
    { org, session }: SessionContext,
    externalId?: string
): WireResponse {
    const options = { access: asUser(session), allOrNone, origin: 'api' as const };
    const keyed = externalId === undefined ? options : { ...options, externalIdField: externalId };
    const results = saveInOrder(org.database, operation, records, keyed);
    return json(
        200,
        results.map((result) => rowResult(result, operation === 'upsert'))
    );
}

function readRecordBody(org: LocalOrg, body: unknown): SObject {
    return recordFromJson(org, objectNamed(org, typeOfRecord(body)), body);
}

function readCollection(request: HttpRequest): CollectionBody {
    const body = jsonObject(request.exactJson());
    const { records } = body;
    if (!Array.isArray(records)) {
        throw missingArgument('The records to save are missing: a list "records" is required');
    }
    if (records.length > MAXIMUM_RECORDS) {
        throw tooManyRecords(MAXIMUM_RECORDS);
    }
    return { records, allOrNone: body['allOrNone'] === true };
}

interface Wanted {
    readonly ids: readonly Id[];
    readonly fields: string;
}

function wantedInQuery(request: HttpRequest): Wanted {
    const fields = request.query.get('fields');
    if (fields === null) {
        throw missingArgument('The parameter "fields" is required');
    }
    return { ids: idList(request.query.get('ids')), fields };
}

function wantedInBody(request: HttpRequest): Wanted {
    const { ids, fields } = jsonObject(request.json());
    if (!Array.isArray(ids) || !Array.isArray(fields)) {
        throw jsonParserError('The lists "ids" and "fields" are required');
    }
    return { ids: idList(ids.join(',')), fields: fields.join(',') };
}

function idList(text: string | null): Id[] {
    if (text === null || text === '') {
        throw missingArgument('The parameter "ids" is required');
    }
    const ids = text.split(',').map((part) => {
        const id = Id.tryParse(part.trim());
        if (id === undefined) {
            throw malformedId(part);
        }
        return id;
    });
    if (ids.length > MAXIMUM_RECORDS) {
        throw tooManyRecords(MAXIMUM_RECORDS);
    }
    return ids;
}
