import { SObject, type FieldValue } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { notQueried, readField, writeField } from '../library/sobject/fields.ts';
import { ReadOnlyRecordError } from '../../values/sobject.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import type { Runtime } from './runtime.ts';

/** Fields and relationships of records as generated code reads and writes them. Names are in the schema's spelling. */

export function getField(rt: Runtime, record: SObject, name: string): unknown {
    const value = record.get(name);
    if (value !== undefined) return value;
    const field = rt.org.schema.object(record.type)?.fields.get(name.toLowerCase());
    return field === undefined ? null : readField(rt, record, field);
}

export function setField(rt: Runtime, record: SObject, name: string, value: FieldValue): FieldValue {
    const field = rt.org.schema.object(record.type)?.fields.get(name.toLowerCase());
    if (field === undefined) {
        record.set(name, value);
    } else {
        writeField(rt, record, field, value);
    }
    return value;
}

export function getParent(rt: Runtime, record: SObject, name: string): SObject | null {
    const parent = record.parent(name);
    if (parent !== undefined || record.isReadable(name)) return parent ?? null;
    return notQueried(rt, record, name);
}

export function setParent(rt: Runtime, record: SObject, name: string, parent: SObject | null): SObject | null {
    try {
        record.setParent(name, parent);
    } catch (error) {
        if (error instanceof ReadOnlyRecordError) rt.throwNew('System.FinalException', error.message);
        throw error;
    }
    return parent;
}

const lists = new WeakMap<SObject[], ApexList>();

/** The child list of a record: the same object each time, empty when there are none. */
export function getChildren(rt: Runtime, record: SObject, name: string, type: ApexType): ApexList {
    let records = record.children(name);
    if (records === undefined) {
        if (!record.isReadable(name)) return notQueried(rt, record, name);
        records = [];
        record.setChildren(name, records);
    }
    let list = lists.get(records);
    if (list === undefined) {
        list = new ApexList((type as PlatformType).args[0], records);
        lists.set(records, list);
    }
    return list;
}

export type FieldSetting = readonly [role: 'setField' | 'setParent', name: string, value: unknown];

/** `new Account(Name = 'x', Parent = other)`. */
export function newRecord(rt: Runtime, object: string, fields: readonly FieldSetting[]): SObject {
    const record = new SObject(object);
    for (const [role, name, value] of fields) {
        if (role === 'setField') {
            setField(rt, record, name, value as FieldValue);
        } else {
            record.setParent(name, value as SObject | null);
        }
    }
    return record;
}
