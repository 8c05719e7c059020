import { invalidInput, malformedId, missingArgument, noSuchColumn, notFound } from '../../http/api-error.ts';
import { json, noContent } from '../../http/responses.ts';
import { Id } from '../../values/index.ts';
import { saveOne } from '../rest/save-one.ts';
import { asUser } from '../rest/paths.ts';
import { jsonObject, objectNamed, recordFromJson } from '../rest/record-json.ts';
import { runQuery } from '../rest/run-query.ts';
import { objectInfoRepresentation, recordRepresentation } from './record-representation.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

/** GET /ui-api/records/<id>?fields=Account.Name,Account.Owner.Name&optionalFields=… */
export function getRecord(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const { object, id } = recordOfPath(parameters, context);
    const required = fieldNames(request.query.get('fields'), object);
    const optional = fieldNames(request.query.get('optionalFields'), object);
    if (required.length + optional.length === 0) {
        throw missingArgument('The parameter fields or optionalFields is required');
    }
    required.forEach((field) => requireReadable(field, object, context));
    const readable = optional.filter((field) => isReadable(field, object, context));
    return answer(context, object, id, [...required, ...readable], 200);
}

/** POST /ui-api/records with `{apiName, fields}`. */
export function createRecord(request: HttpRequest, _parameters: unknown, context: SessionContext): WireResponse {
    const { apiName, fields } = jsonObject(request.exactJson());
    if (typeof apiName !== 'string') {
        throw invalidInput('The property apiName is required.');
    }
    const object = objectNamed(context.org, apiName);
    const record = recordFromJson(context.org, object, fields);
    const { id } = saveOne(context.org.database, 'insert', record, { access: asUser(context.session) });
    return answer(context, object, Id.of(id ?? ''), [...record.fieldNames()], 201);
}

/** PATCH /ui-api/records/<id> with `{fields}`. */
export function updateRecord(request: HttpRequest, parameters: PathParameters, context: SessionContext): WireResponse {
    const { object, id } = recordOfPath(parameters, context);
    const { fields } = jsonObject(request.exactJson());
    const record = recordFromJson(context.org, object, fields);
    const written = [...record.fieldNames()];
    record.id = id;
    saveOne(context.org.database, 'update', record, { access: asUser(context.session) });
    return answer(context, object, id, written, 200);
}

/** DELETE /ui-api/records/<id> */
export function deleteRecord(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const { object, id } = recordOfPath(parameters, context);
    const record = context.org.database.newRecord(object.name);
    record.id = id;
    saveOne(context.org.database, 'delete', record, { access: asUser(context.session) });
    return noContent();
}

/** GET /ui-api/object-info/<object> */
export function getObjectInfo(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    const { access, schema } = context.org;
    const { userId } = context.session;
    const object = schema.object(parameters['object'] ?? '');
    if (object === undefined || !access.objectAllowed(userId, object.name, 'read')) {
        throw notFound();
    }
    const fields = [...object.fields.values()].filter(({ name }) => isReadable(name, object, context));
    const info = objectInfoRepresentation(
        object,
        (permission) => access.objectAllowed(userId, object.name, permission),
        fields,
        ({ name }) => access.fieldAllowed(userId, object.name, name, 'edit')
    );
    return json(200, info);
}

function recordOfPath(parameters: PathParameters, { org }: SessionContext): { object: ObjectDef; id: Id } {
    const text = parameters['id'] ?? '';
    const id = Id.tryParse(text);
    if (id === undefined) {
        throw malformedId(text);
    }
    const object = org.schema.objectByKeyPrefix(id.prefix);
    if (object === undefined) {
        throw notFound();
    }
    return { object, id };
}

function answer(
    { org, session }: SessionContext,
    object: ObjectDef,
    id: Id,
    fields: readonly string[],
    status: number
): WireResponse {
    const system = ['Id', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp', 'RecordTypeId'];
    const known = system.filter((name) => object.fields.has(name.toLowerCase()));
    const names = new Map([...known, ...fields].map((name) => [name.toLowerCase(), name]));
    const soql = `SELECT ${[...names.values()].join(', ')} FROM ${object.name} WHERE Id = :id`;
    const binds = new Map<string, unknown>([['id', id]]);
    const record = runQuery(org.database, soql, { access: asUser(session), binds }).records[0];
    if (record === undefined) {
        throw notFound();
    }
    return json(status, recordRepresentation(record, org.schema));
}

/** `Account.Name` to `Name`; names without the object are taken as they are. */
function fieldNames(list: string | null, object: ObjectDef): string[] {
    const names = (list ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
    const prefix = `${object.name.toLowerCase()}.`;
    return names.map((name) => (name.toLowerCase().startsWith(prefix) ? name.slice(prefix.length) : name));
}

function requireReadable(field: string, object: ObjectDef, context: SessionContext): void {
    if (!isReadable(field, object, context)) {
        throw noSuchColumn(field, object.name);
    }
}

/** A path over a parent is judged by the query. */
function isReadable(field: string, object: ObjectDef, { org, session }: SessionContext): boolean {
    if (field.includes('.')) {
        return true;
    }
    const known = object.fields.get(field.toLowerCase());
    return known !== undefined && org.access.fieldAllowed(session.userId, object.name, known.name, 'read');
}
