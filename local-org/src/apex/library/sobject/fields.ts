import { ReadOnlyRecordError } from '../../../values/sobject.ts';
import { isCompound } from '../../../schema/field.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { Id, type FieldValue, type SObject } from '../../../values/index.ts';
import { cast, parseId } from '../../runtime/cast.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { DECIMAL, ID, STRING } from '../../types/apex-types.ts';
import { apexTypeOfField } from '../../types/field-types.ts';
import { SObjectFieldToken } from '../schema/tokens.ts';

function fail(rt: Runtime, message: string): never {
    return rt.throwNew('System.SObjectException', message);
}

/** The field a name or token means; throws System.SObjectException "Invalid field x for Account". */
export function fieldNamed(rt: Runtime, record: SObject, field: string | SObjectFieldToken | null): FieldDef {
    if (field === null) {
        return rt.nullPointer();
    }
    const name = field instanceof SObjectFieldToken ? field.field : field;
    const def = rt.org.schema.object(record.type)?.fields.get(name.toLowerCase());
    return def ?? fail(rt, `Invalid field ${name} for ${record.type}`);
}

/** Value of a field as Apex reads it: null when unset (false for a checkbox), an error when it was not queried. */
export function readField(rt: Runtime, record: SObject, field: FieldDef): FieldValue {
    const value = record.get(field.name);
    if (value !== undefined) {
        return value;
    }
    if (!record.isReadable(field.name)) {
        return notQueried(rt, record, field.name);
    }
    return field.type === 'boolean' ? false : null;
}

export function notQueried(rt: Runtime, record: SObject, name: string): never {
    return fail(rt, `SObject row was retrieved via SOQL without querying the requested field: ${record.type}.${name}`);
}

/** `record.get(field)`; rows of aggregate queries go by alias. */
export function getField(rt: Runtime, record: SObject, field: string | SObjectFieldToken | null): FieldValue | SObject {
    // `SELECT FORMAT(Amount) shown`: a column that is no field.
    if (typeof field === 'string' && isAlias(rt, record, field)) return record.get(field) ?? null;
    if (record.type !== 'AggregateResult') {
        const def = fieldNamed(rt, record, field);
        // Addresses and locations are kept as records.
        return (isCompound(def) && record.parent(def.name)) || readField(rt, record, def);
    }
    const alias = typeof field === 'string' ? field : rt.nullPointer();
    return record.get(alias) ?? (record.has(alias) ? null : fail(rt, `Invalid field ${alias} for AggregateResult`));
}

function isAlias(rt: Runtime, record: SObject, name: string): boolean {
    return record.selects(name) && rt.org.schema.object(record.type)?.fields.has(name.toLowerCase()) === false;
}

/** `record.put(field, value)`: the previous value. */
export function putField(
    rt: Runtime,
    record: SObject,
    field: string | SObjectFieldToken | null,
    value: unknown
): FieldValue {
    const def = fieldNamed(rt, record, field);
    if (!def.createable && !def.updateable && def.type !== 'id') {
        return fail(rt, `Field is not writeable: ${record.type}.${def.name}`);
    }
    const previous = record.get(def.name) ?? null;
    writeField(rt, record, def, convert(rt, def, value));
    return previous;
}

/** Sets a field; a record that a trigger may only read is a System.FinalException. */
export function writeField(rt: Runtime, record: SObject, field: FieldDef, value: FieldValue): void {
    try {
        record.set(field.name, value);
    } catch (error) {
        if (error instanceof ReadOnlyRecordError) {
            rt.throwNew('System.FinalException', error.message);
        }
        throw error;
    }
}

/** The value as the field holds it; throws System.SObjectException "Illegal assignment from X to Y". */
function convert(rt: Runtime, field: FieldDef, value: unknown): FieldValue {
    if (value === null) {
        return null;
    }
    const type = apexTypeOfField(field);
    const from = rt.typeOf(value);
    if (type === ID && typeof value === 'string') {
        // A lookup takes a text that is no id, which DML then refuses.
        return field.type === 'reference' ? (Id.tryParse(value) ?? value) : parseId(rt, value);
    }
    if (from === type || (type === STRING && value instanceof Id) || WIDENING.get(type.name)?.has(from.name)) {
        return cast(rt, value, type) as FieldValue;
    }
    return fail(rt, `Illegal assignment from ${from.name} to ${type.name}`);
}

/** Types a field takes besides its own. */
const WIDENING: ReadonlyMap<string, ReadonlySet<string>> = new Map([
    [DECIMAL.name, new Set(['Integer', 'Long', 'Double'])],
    ['Long', new Set(['Integer'])],
    ['Datetime', new Set(['Date'])]
]);

/** The relationship a name or token of a lookup means: `Account`, `AccountId`. */
export function relationshipNamed(
    rt: Runtime,
    record: SObject,
    relationship: string | SObjectFieldToken | null
): FieldDef {
    if (relationship === null) {
        return rt.nullPointer();
    }
    const object = rt.org.schema.object(record.type);
    const name = relationship instanceof SObjectFieldToken ? relationship.field : relationship;
    const field = findRelationship(object, name.toLowerCase());
    return field ?? fail(rt, `Invalid relationship ${name} for ${record.type}`);
}

function findRelationship(object: ObjectDef | undefined, name: string): FieldDef | undefined {
    const field = object?.fields.get(name);
    return object?.parentRelationships.get(name) ?? (field?.relationshipName === undefined ? undefined : field);
}
