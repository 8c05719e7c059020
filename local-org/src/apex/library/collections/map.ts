import { SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { typeArgument } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { sObjectTypeOfList } from '../schema/tokens.ts';
import { ApexList } from './apex-list.ts';
import { ApexMap } from './apex-map.ts';
import { ApexSet } from './apex-set.ts';

/** Copies a Map, or the records of a List by their ids. */
function putAll(rt: Runtime, map: ApexMap, source: unknown): void {
    if (source instanceof ApexMap) {
        for (const { key, value } of [...source.entries()]) {
            map.put(rt, rt.cast(key, map.keyType), rt.cast(value, map.valueType));
        }
        return;
    }
    if (!(source instanceof ApexList)) {
        return rt.nullPointer();
    }
    for (const record of source.items) putRecord(rt, map, record as SObject | null);
}

/** A row without an Id goes under null. */
function putRecord(rt: Runtime, map: ApexMap, record: SObject | null): void {
    if (record === null) {
        return rt.nullPointer();
    }
    // Rows of an aggregate query go by what their column `Id` holds.
    const key = record.id ?? record.get('Id') ?? null;
    map.put(rt, key === null ? null : rt.cast(key, map.keyType), record);
}

function fromSource(rt: Runtime, map: ApexMap, source: unknown): ApexMap {
    if (source instanceof ApexList) {
        refuseUnusable(rt, source);
    }
    putAll(rt, map, source);
    return map;
}

/** A map made of rows needs an Id of each, and each once. */
function refuseUnusable(rt: Runtime, records: ApexList): void {
    const seen = new Set<string>();
    records.items.forEach((record, index) => {
        if (record instanceof SObject && (record.id ?? record.get('Id') ?? null) === null) {
            rt.throwNew('System.ListException', `Row with null Id at index: ${index}`);
        }
        const id = record instanceof SObject ? record.id?.value : undefined;
        if (id !== undefined && seen.has(id)) {
            rt.throwNew('System.ListException', `Row with duplicate Id at index: ${index}`);
        }
        if (id !== undefined) {
            seen.add(id);
        }
    });
}

function copy(rt: Runtime, map: ApexMap, copyValue: (value: unknown) => unknown): ApexMap {
    const clone = new ApexMap(map.keyType, map.valueType);
    for (const { key, value } of map.entries()) {
        clone.put(rt, key, copyValue(value));
    }
    return clone;
}

function deepCopy(value: unknown): unknown {
    return value instanceof SObject ? value.clone({ preserveId: true, deep: true }) : value;
}

/** Map (Apex Reference, System.Map). Keys keep the order in which they were first put. */
export const mapClass: NativeClass = nativeClass({
    name: 'System.Map',
    constructors: {
        '()': (_rt, type) => new ApexMap(typeArgument(type, 0), typeArgument(type, 1)),
        '/1': (rt, type, source: unknown) =>
            fromSource(rt, new ApexMap(typeArgument(type, 0), typeArgument(type, 1)), source)
    },
    methods: {
        'clear()': (_rt, self: ApexMap) => self.clear(),
        'clone()': (rt, self: ApexMap) => copy(rt, self, (value) => value),
        'containsKey(K)': (rt, self: ApexMap, key) => self.has(rt, key),
        'deepClone()': (rt, self: ApexMap) => copy(rt, self, deepCopy),
        'equals(Map)': (rt, self, other) => rt.equals(self, other),
        'get(K)': (rt, self: ApexMap, key) => self.get(rt, key),
        'getSObjectType()': (rt, self: ApexMap) => sObjectTypeOfList(rt, self.valueType),
        'hashCode()': (rt, self) => rt.hashCode(self),
        'isEmpty()': (_rt, self: ApexMap) => self.size === 0,
        'keySet()': (rt, self: ApexMap) => ApexSet.of(rt, self.keyType, self.keys()),
        'put(K,V)': (rt, self: ApexMap, key, value) => self.put(rt, key, value),
        'putAll/1': putAll,
        'remove(K)': (rt, self: ApexMap, key) => self.remove(rt, key),
        'size()': (_rt, self: ApexMap) => self.size,
        'toString()': (rt, self) => rt.toText(self),
        'values()': (_rt, self: ApexMap) => new ApexList(self.valueType, self.values())
    },
    isInstance: (value) => value instanceof ApexMap
});
