import { ApexDate, Datetime, Decimal, Double, SObject, Time } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import type { ApexRuntime } from '../runtime/create-runtime.ts';
import { runtimeClassOf } from '../runtime/runtime-class.ts';
import { annotation } from '../semantics/symbols.ts';

/**
 * A value as a Lightning component gets it: plain JSON. Of an object of the org only the @AuraEnabled members are there,
 * of a record the fields it holds.
 */
export function auraValue(rt: ApexRuntime, value: unknown): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
        return value;
    }
    if (typeof value === 'bigint') return Number(value);
    if (value instanceof Decimal) return value.toNumber();
    if (value instanceof Double) return value.value;
    if (value instanceof ApexDate || value instanceof Datetime || value instanceof Time) return value.toJSON();
    if (value instanceof ApexList) return value.items.map((item) => auraValue(rt, item));
    if (value instanceof ApexSet) return Array.from(value.values(), (item) => auraValue(rt, item));
    if (value instanceof ApexMap) return mapValue(rt, value);
    if (value instanceof SObject) return recordValue(rt, value);
    return runtimeClassOf(value as object) === undefined ? rt.toText(value) : objectValue(rt, value as object);
}

function mapValue(rt: ApexRuntime, map: ApexMap): unknown {
    const entries = Array.from(map.entries(), ({ key, value }) => [rt.toText(key), auraValue(rt, value)] as const);
    return Object.fromEntries(entries);
}

function recordValue(rt: ApexRuntime, record: SObject): unknown {
    const result: Record<string, unknown> = {};
    for (const [name, value] of record.entries()) {
        if (value !== null) result[name] = auraValue(rt, value);
    }
    for (const [name, parent] of record.parents()) {
        if (parent !== null) result[name] = recordValue(rt, parent);
    }
    for (const [name, children] of record.childLists()) {
        if (children.length > 0) result[name] = children.map((child) => recordValue(rt, child));
    }
    return result;
}

function objectValue(rt: ApexRuntime, value: object): unknown {
    const fields = runtimeClassOf(value)?.fields ?? [];
    const enabled = fields.filter(({ symbol }) => annotation(symbol.annotations, 'auraenabled') !== undefined);
    return Object.fromEntries(enabled.map((field) => [field.name, auraValue(rt, field.get(value))]));
}
