import { SObject } from '../../../values/index.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { elementsOf, typeArgument } from '../arguments.ts';
import { cloneRecord } from '../sobject/clone.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { sObjectTypeOfList } from '../schema/tokens.ts';
import { ApexList } from './apex-list.ts';
import { NativeIterator } from './native-iterator.ts';
import { compareNatural } from './sort.ts';

/** What a list takes of the heap for each element, and how many it can have before it alone passes every heap limit. */
const BYTES_PER_ELEMENT = 4;
const MAXIMUM_SIZE = 12_000_000;

function checkIndex(rt: Runtime, index: number | null, length: number): number {
    if (index === null) {
        return rt.nullPointer();
    }
    if (index < 0 || index >= length) {
        return rt.throwNew('System.ListException', `List index out of bounds: ${index}`);
    }
    return index;
}

/** `list[index]` and `list.get(index)`. */
export function listGet(rt: Runtime, list: ApexList, index: number): unknown {
    return list.items[checkIndex(rt, index, list.items.length)];
}

/** `list[index] = value` and `list.set(index, value)`. */
export function listSet(rt: Runtime, list: ApexList, index: number, value: unknown): unknown {
    list.items[checkIndex(rt, index, list.items.length)] = value;
    return value;
}

export function listAdd(rt: Runtime, list: ApexList, value: unknown): void {
    list.changes++;
    list.items.push(value);
}

/** The elements of a new list of a given size; a list of a billion nulls is refused before it takes the room. */
export function nulls(rt: Runtime, size: number): unknown[] {
    if (size < 0) {
        return rt.throwNew('System.ListException', `Invalid list size: ${size}`);
    }
    if (size > MAXIMUM_SIZE) {
        return rt.throwNew('System.LimitException', `Apex heap size too large: ${size * BYTES_PER_ELEMENT}`);
    }
    rt.charge(size);
    return new Array<unknown>(size).fill(null);
}

function insert(rt: Runtime, list: ApexList, index: number, value: unknown): void {
    list.changes++;
    list.items.splice(checkIndex(rt, index, list.items.length + 1), 0, value);
}

function addAll(rt: Runtime, list: ApexList, values: unknown): void {
    list.changes++;
    // Adding a list to itself adds what it held at the start.
    const added = [...elementsOf(rt, values)];
    rt.charge(added.length);
    for (const value of added) {
        list.items.push(value);
    }
}

function remove(rt: Runtime, list: ApexList, index: number): unknown {
    list.changes++;
    return list.items.splice(checkIndex(rt, index, list.items.length), 1)[0];
}

function indexOf(rt: Runtime, list: ApexList, value: unknown): number {
    return list.items.findIndex((item) => rt.equals(item, value));
}

function sortWith(rt: Runtime, list: ApexList, comparator: object | null): void {
    if (comparator === null) {
        return rt.nullPointer();
    }
    list.items.sort((left, right) => rt.invoke(comparator, 'compare', [left, right]) as number);
}

/** Copies of records as `SObject.clone` makes them: `deepClone(preserveId, preserveTimestamps, preserveAutonumber)`. */
function deepClone(
    rt: Runtime,
    list: ApexList,
    preserveId: boolean | null = false,
    timestamps: boolean | null = false,
    autoNumber: boolean | null = false
): ApexList {
    const copies = list.items.map((item) =>
        item instanceof SObject ? cloneRecord(rt, item, preserveId, true, timestamps, autoNumber) : item
    );
    return new ApexList(list.elementType, copies);
}

/** List and arrays (Apex Reference, System.List). */
export const listClass: NativeClass = nativeClass({
    name: 'System.List',
    constructors: {
        '()': (_rt, type) => new ApexList(typeArgument(type, 0)),
        '(Integer)': (rt, type, size: number | null) =>
            new ApexList(typeArgument(type, 0), nulls(rt, size ?? rt.nullPointer())),
        '/1': (rt, type, source: unknown) =>
            new ApexList(typeArgument(type, 0), source === null ? [] : [...elementsOf(rt, source)])
    },
    methods: {
        'add(T)': listAdd,
        'add(Integer,T)': insert,
        'addAll/1': addAll,
        'clear()': (rt, self: ApexList) => {
            self.changes++;
            self.items = [];
        },
        'clone()': (_rt, self: ApexList) => new ApexList(self.elementType, [...self.items]),
        'contains(T)': (rt, self: ApexList, value) => indexOf(rt, self, value) >= 0,
        'deepClone/0': deepClone,
        'deepClone/1': deepClone,
        'deepClone/2': deepClone,
        'deepClone/3': deepClone,
        'equals(List)': (rt, self, other) => rt.equals(self, other),
        'get(Integer)': listGet,
        'getSObjectType()': (rt, self: ApexList) => sObjectTypeOfList(rt, self.elementType),
        'hashCode()': (rt, self) => rt.hashCode(self),
        'indexOf(T)': indexOf,
        'isEmpty()': (_rt, self: ApexList) => self.items.length === 0,
        'iterator()': (_rt, self: ApexList) => new NativeIterator(self.items),
        'remove(Integer)': remove,
        'set(Integer,T)': (rt, self: ApexList, index: number, value) => void listSet(rt, self, index, value),
        'size()': (_rt, self: ApexList) => self.items.length,
        'sort()': (rt, self: ApexList) => void self.items.sort((left, right) => compareNatural(rt, left, right)),
        'sort(Comparator)': sortWith,
        'toString()': (rt, self) => rt.toText(self)
    },
    isInstance: (value) => value instanceof ApexList
});
