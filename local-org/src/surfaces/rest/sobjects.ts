import { invalidField, methodNotAllowed, notFound } from '../../http/api-error.ts';
import { json, noContent } from '../../http/responses.ts';
import { externalIdField, idsByKey, readRecord, recordId } from './find-record.ts';
import { asUser, dataPath } from './paths.ts';
import { jsonObject, recordFromJson, recordToJson } from './record-json.ts';
import { fieldFromJson } from './field-json.ts';
import { saveOne } from './save-one.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { Session } from '../../org/sessions.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { DmlOperation, DmlRowResult } from '../../apex/runtime/runtime.ts';
import { Blob, type Id, type SObject } from '../../values/index.ts';
import type { SessionContext } from '../surface.ts';

/** POST /sobjects/Account */
export function createRecord(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const object = objectOfPath(context.org, parameters);
    const record = recordFromJson(context.org, object, request.exactJson());
    const { id } = saved(context.org, context.session, 'insert', record);
    const location = `${dataPath(parameters)}/sobjects/${object.name}/${id}`;
    return json(201, { id, success: true, errors: [] }, { location });
}

/** GET /sobjects/Account/001… */
export function getRecord(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const object = objectOfPath(context.org, parameters);
    return recordAnswer(request, parameters, context, object, recordId(object, parameters['id'] ?? ''));
}

/** PATCH /sobjects/Account/001… */
export function updateRecord(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const object = objectOfPath(context.org, parameters);
    const id = recordId(object, parameters['id'] ?? '');
    const body = request.exactJson();
    refuseKey(body, 'Id');
    const record = recordFromJson(context.org, object, body);
    record.id = id;
    readRecord(context.org, context.session, object, id, 'Id');
    saved(context.org, context.session, 'update', record);
    return noContent();
}

/** DELETE /sobjects/Account/001… */
export function deleteRecord(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const object = objectOfPath(context.org, parameters);
    return deleteById(context, object, recordId(object, parameters['id'] ?? ''));
}

/** GET /sobjects/Account/Source_Record_Key__c/value */
export function getByKey(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    return (
        blobAnswer(parameters, context) ??
        onOneRecord(parameters, context, (object, id) => recordAnswer(request, parameters, context, object, id))
    );
}

/** GET /sobjects/ContentVersion/<id>/VersionData: the content of a file (REST API Developer Guide, "sObject Blob Get"). */
function blobAnswer(parameters: PathParameters, { org, session }: SessionContext): WireResponse | undefined {
    const object = objectOfPath(org, parameters);
    const field = object.fields.get((parameters['value'] ?? '').toLowerCase());
    if (field?.type !== 'base64') return undefined;
    const record = readRecord(org, session, object, recordId(object, parameters['field'] ?? ''), field.name);
    const content = record.get(field.name);
    const body = content instanceof Blob ? content.bytes : new Uint8Array();
    return { status: 200, headers: { 'content-type': 'application/octetstream' }, body };
}

/** DELETE /sobjects/Account/Source_Record_Key__c/value */
export function deleteByKey(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    return onOneRecord(parameters, context, (object, id) => deleteById(context, object, id));
}

/** PATCH /sobjects/Account/Source_Record_Key__c/value: 201 when it made the record, 200 when it changed it. */
export function upsertByKey(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const { org, session } = context;
    const object = objectOfPath(org, parameters);
    const field = externalIdField(object, parameters['field'] ?? '');
    if (field.type === 'id') {
        throw methodNotAllowed(request.method, ['POST']);
    }
    const key = parameters['value'] ?? '';
    const body = request.exactJson();
    refuseKey(body, field.name);
    refuseKey(body, 'Id');
    const record = recordFromJson(org, object, body);
    record.set(field.name, fieldFromJson(key, field));
    const matches = idsByKey(org, session, object, field, key);
    if (matches.length > 1) {
        return multipleChoices(parameters, object, matches);
    }
    const { id, created } = saved(org, session, 'upsert', record, field.name);
    return json(created ? 201 : 200, { id, success: true, errors: [], created });
}

function onOneRecord(
    parameters: PathParameters,
    { org, session }: SessionContext,
    answer: (object: ObjectDef, id: Id) => WireResponse
): WireResponse {
    const object = objectOfPath(org, parameters);
    const field = externalIdField(object, parameters['field'] ?? '');
    const matches = idsByKey(org, session, object, field, parameters['value'] ?? '');
    const [only] = matches;
    if (only === undefined) {
        throw notFound();
    }
    return matches.length > 1 ? multipleChoices(parameters, object, matches) : answer(object, only);
}

function multipleChoices(parameters: PathParameters, object: ObjectDef, ids: readonly Id[]): WireResponse {
    const base = `${dataPath(parameters)}/sobjects/${object.name}`;
    return json(
        300,
        ids.map((id) => `${base}/${id.value}`)
    );
}

function recordAnswer(
    request: HttpRequest,
    parameters: PathParameters,
    { org, session }: SessionContext,
    object: ObjectDef,
    id: Id
): WireResponse {
    const record = readRecord(org, session, object, id, request.query.get('fields'));
    return json(200, recordToJson(record, dataPath(parameters)));
}

function deleteById({ org, session }: SessionContext, object: ObjectDef, id: Id): WireResponse {
    readRecord(org, session, object, id, 'Id');
    const record = org.database.newRecord(object.name);
    record.id = id;
    saved(org, session, 'delete', record);
    return noContent();
}

function saved(
    org: LocalOrg,
    session: Session,
    operation: DmlOperation,
    record: SObject,
    externalIdField?: string
): DmlRowResult {
    const key = externalIdField === undefined ? {} : { externalIdField };
    return saveOne(org.database, operation, record, { access: asUser(session), ...key });
}

/** A path with an object that the org has not is a resource that does not exist. */
export function objectOfPath(org: LocalOrg, parameters: PathParameters): ObjectDef {
    const object = org.schema.object(parameters['object'] ?? '');
    if (object === undefined) {
        throw notFound();
    }
    return object;
}

function refuseKey(body: unknown, name: string): void {
    const given = Object.keys(jsonObject(body)).some((key) => key.toLowerCase() === name.toLowerCase());
    if (given) {
        throw invalidField(`The ${name} field should not be specified in the sobject data.`);
    }
}
