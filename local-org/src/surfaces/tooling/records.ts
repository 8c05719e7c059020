import { methodNotAllowed, noSuchColumn, notFound, platformError } from '../../http/api-error.ts';
import { json, noContent, text } from '../../http/responses.ts';
import { analyzeQuery } from '../../soql/analyze.ts';
import { parseSoql } from '../../soql/parser.ts';
import { Datetime, Id, type FieldValue } from '../../values/index.ts';
import { globalDescription, objectDescription, type DescribeRights } from '../rest/describe.ts';
import { fieldFromJson } from '../rest/field-json.ts';
import { dataPath } from '../rest/paths.ts';
import { jsonObject, recordToJson } from '../rest/record-json.ts';
import { debugLogsOf } from './debug-logs.ts';
import { requireSetupPermission, runToolingQuery, withCoverage } from './query.ts';
import { hasToolingObject, TOOLING_OBJECTS } from './tooling-objects.ts';
import { TOOLING_SCHEMA, toolingStoreOf } from './tooling-store.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { PathParameters } from '../../http/router.ts';
import type { WireResponse } from '../../http/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { SessionContext } from '../surface.ts';

const RIGHTS: DescribeRights = { object: () => true, field: () => true };

/** GET /tooling/sobjects */
export function describeTooling(_request: unknown, parameters: PathParameters, { org }: SessionContext): WireResponse {
    const objects = [...TOOLING_OBJECTS.values()].filter(({ name }) => hasToolingObject(name, org));
    return json(200, globalDescription(objects, RIGHTS, toolingPath(parameters)));
}

/** GET /tooling/sobjects/ApexClass/describe. Clients ask for `SourceMember` to know if the org tracks changes: 404. */
export function describeToolingObject(
    _request: unknown,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    return json(200, objectDescription(objectOf(parameters, context), RIGHTS, toolingPath(parameters)));
}

/** GET /tooling/sobjects/ApexClass/01p… */
export function getToolingRecord(_request: unknown, parameters: PathParameters, context: SessionContext): WireResponse {
    requireSetupPermission(context);
    const object = objectOf(parameters, context);
    const fields = [...object.fields.values()].map(({ name }) => name).join(', ');
    const id = idOf(parameters, object);
    const query = analyzeQuery(
        parseSoql(`SELECT ${fields} FROM ${object.name} WHERE Id = '${id.value}'`),
        TOOLING_SCHEMA
    );
    const [record] = runToolingQuery(query, context).records;
    if (record === undefined) {
        throw notFound();
    }
    return json(200, withCoverage(recordToJson(record, toolingPath(parameters))));
}

/** POST /tooling/sobjects/TraceFlag */
export function createToolingRecord(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const object = writable(request, parameters, context);
    const { org } = context;
    const fields = { ...defaultsOf(object, org.clock.now()), ...fieldsOf(request, object) };
    const missing = (REQUIRED[object.name] ?? []).filter((name) => fields[name] === undefined || fields[name] === null);
    if (missing.length > 0) {
        const message = `Required fields are missing: [${missing.join(', ')}]`;
        throw platformError(400, 'REQUIRED_FIELD_MISSING', message, missing);
    }
    const id = org.newId(object.keyPrefix);
    const created = { Id: Id.of(id), CreatedDate: new Datetime(org.clock.now()) };
    toolingStoreOf(org).put(object.name, { ...fields, ...created });
    return json(201, { id, success: true, errors: [], warnings: [], infos: [] });
}

/** PATCH /tooling/sobjects/TraceFlag/7tf… */
export function updateToolingRecord(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const object = writable(request, parameters, context);
    const store = toolingStoreOf(context.org);
    const row = store.table(object.name).get(idOf(parameters, object).value);
    if (row === undefined) {
        throw notFound();
    }
    store.put(object.name, { ...row, ...fieldsOf(request, object) });
    return noContent();
}

/** DELETE /tooling/sobjects/TraceFlag/7tf… */
export function deleteToolingRecord(
    request: HttpRequest,
    parameters: PathParameters,
    context: SessionContext
): WireResponse {
    const object = writable(request, parameters, context);
    const store = toolingStoreOf(context.org);
    const id = idOf(parameters, object).value;
    if (store.table(object.name).get(id) === undefined) {
        throw notFound();
    }
    store.remove(object.name, id);
    return noContent();
}

/** GET /tooling/sobjects/ApexLog/07L…/Body: the log as plain text. */
export function getLogBody(_request: unknown, { id = '' }: PathParameters, context: SessionContext): WireResponse {
    requireSetupPermission(context);
    const log = debugLogsOf(context.org).logs.find((candidate) => candidate.id.slice(0, 15) === id.slice(0, 15));
    if (log === undefined) {
        throw notFound();
    }
    return text(200, log.body);
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
    DebugLevel: ['DeveloperName', 'MasterLabel'],
    TraceFlag: ['TracedEntityId', 'DebugLevelId', 'LogType', 'ExpirationDate']
};

function defaultsOf({ name }: ObjectDef, now: number): Readonly<Record<string, FieldValue>> {
    return name === 'TraceFlag' ? { StartDate: new Datetime(now) } : {};
}

function fieldsOf(request: HttpRequest, object: ObjectDef): Record<string, FieldValue> {
    const fields: Record<string, FieldValue> = {};
    for (const [name, value] of Object.entries(jsonObject(request.exactJson()))) {
        const field = object.fields.get(name.toLowerCase());
        if (field === undefined || field.type === 'id') {
            throw noSuchColumn(name, object.name);
        }
        fields[field.name] = fieldFromJson(value, field);
    }
    return fields;
}

function writable(request: HttpRequest, parameters: PathParameters, context: SessionContext): ObjectDef {
    requireSetupPermission(context);
    const object = objectOf(parameters, context);
    if (!object.createable) {
        throw methodNotAllowed(request.method, ['GET']);
    }
    return object;
}

function objectOf({ object = '' }: PathParameters, { org }: SessionContext): ObjectDef {
    const found = TOOLING_OBJECTS.get(object.toLowerCase());
    if (found === undefined || !hasToolingObject(object, org)) {
        throw notFound();
    }
    return found;
}

function idOf({ id = '' }: PathParameters, object: ObjectDef): Id {
    const parsed = Id.tryParse(id);
    if (parsed === undefined || parsed.prefix !== object.keyPrefix) {
        throw notFound();
    }
    return parsed;
}

function toolingPath(parameters: PathParameters): string {
    return `${dataPath(parameters)}/tooling`;
}
