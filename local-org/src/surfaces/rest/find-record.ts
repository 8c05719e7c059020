import { malformedId, noSuchColumn, notFound, platformError } from '../../http/api-error.ts';
import { Id, type SObject } from '../../values/index.ts';
import { fieldFromJson } from './field-json.ts';
import { asUser } from './paths.ts';
import { runQuery } from './run-query.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { Session } from '../../org/sessions.ts';

/** A record id of the object, from a path. Throws MALFORMED_ID or NOT_FOUND. */
export function recordId(object: ObjectDef, text: string): Id {
    const id = Id.tryParse(text);
    if (id === undefined) {
        throw malformedId(text);
    }
    if (id.prefix !== object.keyPrefix) {
        throw notFound();
    }
    return id;
}

/** The field by which a path names records. Throws 404 when it cannot. */
export function externalIdField(object: ObjectDef, name: string): FieldDef {
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined || !(field.externalId || field.idLookup)) {
        throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
    }
    return field;
}

/** Ids of the records that have the value, visible to the caller. */
export function idsByKey(
    org: LocalOrg,
    session: Session,
    object: ObjectDef,
    field: FieldDef,
    text: string
): readonly Id[] {
    const soql = `SELECT Id FROM ${object.name} WHERE ${field.name} = :key`;
    const binds = new Map<string, unknown>([['key', fieldFromJson(text, field)]]);
    const { records } = runQuery(org.database, soql, { access: asUser(session), binds });
    return records.map((record) => record.id).filter((id) => id !== null);
}

/** One record with the fields asked for, else with all that the caller may read. */
export function readRecord(
    org: LocalOrg,
    session: Session,
    object: ObjectDef,
    id: Id,
    fieldList: string | null
): SObject {
    const fields = fieldList === null ? readableFields(org, session, object) : requestedFields(object, fieldList);
    const soql = `SELECT ${fields.join(', ')} FROM ${object.name} WHERE Id = :id`;
    const options = { access: asUser(session), binds: new Map<string, unknown>([['id', id]]) };
    const record = runQuery(org.database, soql, options).records[0];
    if (record === undefined) {
        throw missingRecord(org, session, object, id);
    }
    return record;
}

/** Types without a value that REST shows inside a record. */
const LEFT_OUT: ReadonlySet<string> = new Set(['base64', 'complexvalue']);

function readableFields(org: LocalOrg, session: Session, object: ObjectDef): string[] {
    return [...object.fields.values()]
        .filter(({ type }) => !LEFT_OUT.has(type))
        .map(({ name }) => name)
        .filter((name) => org.access.fieldAllowed(session.userId, object.name, name, 'read'));
}

function requestedFields(object: ObjectDef, list: string): string[] {
    const names = list.split(',').map((name) => name.trim());
    for (const name of names) {
        if (!name.includes('.') && !object.fields.has(name.toLowerCase())) {
            throw noSuchColumn(name, object.name);
        }
    }
    return names.some((name) => name.toLowerCase() === 'id') ? names : [...names, 'Id'];
}

function missingRecord(org: LocalOrg, session: Session, object: ObjectDef, id: Id): Error {
    const soql = `SELECT Id FROM ${object.name} WHERE Id = :id AND IsDeleted = true`;
    const binds = new Map<string, unknown>([['id', id]]);
    const canBeDeleted = object.fields.has('isdeleted');
    const options = { access: asUser(session), binds, allRows: true };
    const deleted = canBeDeleted && runQuery(org.database, soql, options).records.length > 0;
    return deleted ? platformError(404, 'ENTITY_IS_DELETED', 'entity is deleted') : notFound();
}
