import { invalidType, jsonParserError, noSuchColumn, notSupportedLocally } from '../../http/api-error.ts';
import { fieldFromJson, fieldToJson } from './field-json.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { SObject } from '../../values/index.ts';

/** Describes an object or throws; the resource itself is missing when the path names no object. */
export function objectNamed(org: LocalOrg, name: string): ObjectDef {
    const object = org.schema.object(name);
    if (object === undefined) {
        throw invalidType(name);
    }
    return object;
}

/** A record of a request body; `attributes` is left out. Numbers are JsonNumber, see `HttpRequest.exactJson`. */
export function recordFromJson(org: LocalOrg, object: ObjectDef, body: unknown): SObject {
    const record = org.database.newRecord(object.name);
    for (const [name, value] of Object.entries(jsonObject(body))) {
        if (name === 'attributes') {
            continue;
        }
        const field = object.fields.get(name.toLowerCase());
        if (field !== undefined) {
            record.set(field.name, fieldFromJson(value, field));
        } else if (object.parentRelationships.has(name.toLowerCase())) {
            throw notSupportedLocally(`records that name a parent by external id (${name})`);
        } else {
            throw noSuchColumn(name, object.name);
        }
    }
    return record;
}

/** Object of a record in a collection, from its `attributes.type`. */
export function typeOfRecord(body: unknown): string {
    const attributes = jsonObject(body)['attributes'];
    const isObject = typeof attributes === 'object' && attributes !== null;
    const type = isObject ? (attributes as { readonly type?: unknown }).type : undefined;
    if (typeof type !== 'string') {
        throw jsonParserError('The value for field attributes must contain the type of the record');
    }
    return type;
}

export function jsonObject(body: unknown): Readonly<Record<string, unknown>> {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw jsonParserError('Cannot deserialize request body: a JSON object is expected');
    }
    return body as Record<string, unknown>;
}

/** Values made of several fields: they come as records but are none. */
const COMPOUND_TYPES: ReadonlySet<string> = new Set(['Address', 'Location']);

/** A row of a query as REST shows it, in the order of the SELECT list. */
export function recordToJson(record: SObject, basePath: string): Record<string, unknown> {
    const json: Record<string, unknown> = COMPOUND_TYPES.has(record.type)
        ? {}
        : { attributes: attributesOf(record, basePath) };
    const selection = record.selection;
    if (selection === undefined) {
        for (const [name, value] of record.entries()) {
            json[name] = fieldToJson(value);
        }
        return json;
    }
    for (const { kind, name } of selection) {
        if (kind === 'field') {
            json[name] = fieldToJson(record.get(name));
        } else if (kind === 'parent') {
            const parent = record.parent(name);
            json[name] = parent === undefined || parent === null ? null : recordToJson(parent, basePath);
        } else {
            json[name] = childrenToJson(record.children(name) ?? [], basePath);
        }
    }
    return json;
}

/** The platform answers null, not an empty list, when there are no child rows. */
function childrenToJson(records: readonly SObject[], basePath: string): unknown {
    if (records.length === 0) {
        return null;
    }
    return {
        totalSize: records.length,
        done: true,
        records: records.map((record) => recordToJson(record, basePath))
    };
}

function attributesOf(record: SObject, basePath: string): Record<string, string> {
    const { type, id } = record;
    return id === null ? { type } : { type, url: `${basePath}/sobjects/${type}/${id.value}` };
}
