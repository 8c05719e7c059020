import { Id, SObject, type FieldValue } from '../../../values/index.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { sobjectType } from '../../types/apex-types.ts';
import type { SObjectTypeRef } from '../../types/types.ts';
import { apexTypeOfField } from '../../types/field-types.ts';
import { entriesOf, typedValue, type JsonTarget } from './deserialize.ts';
import { JsonSyntaxError } from './json-reader.ts';
import type { JsonEntry, JsonNode } from './json-value.ts';

/**
 * A record from JSON as REST and `JSON.serialize` write it: `attributes` with the type, fields, parents as objects and
 * children as query results.
 */
export function readRecord(target: JsonTarget, node: JsonNode, type: SObjectTypeRef): SObject {
    const entries = entriesOf(target, node);
    const name = type.name === 'SObject' ? typeInAttributes(entries) : type.name;
    const object = name === undefined ? undefined : target.rt.org.schema.object(name);
    if (object === undefined) {
        throw new JsonSyntaxError(
            name === undefined ? 'Missing attributes.type of SObject' : `Invalid sObject type: ${name}`,
            target.source,
            node.offset
        );
    }
    const record = new SObject(object.name);
    for (const entry of entries) {
        if (entry.name !== 'attributes') {
            readMember(target, record, object, entry);
        }
    }
    return record;
}

function typeInAttributes(entries: readonly JsonEntry[]): string | undefined {
    const attributes = entries.find((entry) => entry.name === 'attributes')?.value;
    const type = attributes?.kind === 'object' ? attributes.entries.find((entry) => entry.name === 'type') : undefined;
    return type?.value.kind === 'scalar' ? type.value.token.text : undefined;
}

function readMember(target: JsonTarget, record: SObject, object: ObjectDef, { name, value }: JsonEntry): void {
    const key = name.toLowerCase();
    const field = object.fields.get(key);
    if (field !== undefined) {
        record.set(field.name, readField(target, value, field));
        return;
    }
    const parent = object.parentRelationships.get(key);
    if (parent !== undefined) {
        record.setParent(parent.relationshipName ?? name, readParent(target, value, parent.referenceTo));
        return;
    }
    const child = object.childRelationships.find((candidate) => candidate.relationshipName?.toLowerCase() === key);
    if (child?.relationshipName !== undefined) {
        record.setChildren(child.relationshipName, readChildren(target, value, child.childObject));
        return;
    }
    if (target.strict) {
        target.rt.throwNew('System.JSONException', `No such column '${name}' on sobject of type ${object.name}`);
    }
}

/** Ids are taken as they are: tests make records with ids that are none. */
function readField(target: JsonTarget, value: JsonNode, field: FieldDef): FieldValue {
    const isId = field.type === 'id' || field.type === 'reference';
    const text = isId && value.kind === 'scalar' && value.token.kind === 'VALUE_STRING' ? value.token.text : undefined;
    if (text !== undefined && text !== 'null' && Id.tryParse(text) === undefined) return text;
    return typedValue(target, value, apexTypeOfField(field)) as FieldValue;
}

function readParent(target: JsonTarget, node: JsonNode, referenceTo: readonly string[]): SObject | null {
    if (node.kind === 'scalar') {
        return null;
    }
    const [only, ...others] = referenceTo;
    return readRecord(target, node, sobjectType(only !== undefined && others.length === 0 ? only : 'SObject'));
}

function readChildren(target: JsonTarget, node: JsonNode, object: string): SObject[] {
    const records = node.kind === 'object' ? node.entries.find((entry) => entry.name === 'records')?.value : node;
    return records?.kind === 'array' ? records.items.map((item) => readRecord(target, item, sobjectType(object))) : [];
}
