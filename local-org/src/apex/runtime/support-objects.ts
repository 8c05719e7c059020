import type { Id } from '../../values/index.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { ApexMap } from '../library/collections/apex-map.ts';
import { ApexSet } from '../library/collections/apex-set.ts';
import { listGet, listSet, nulls } from '../library/collections/list.ts';
import { changedInLoop } from '../library/collections/guards.ts';
import { ID, STRING } from '../types/apex-types.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import type { ApexException } from './apex-exception.ts';
import { cast } from './cast.ts';
import type { Runtime } from './runtime.ts';
import { equalText, idToString, stringToId } from './support-numbers.ts';

/** What generated code calls for collections, natives with a value and exceptions. */

function argument(type: ApexType, index: number): ApexType {
    return (type as PlatformType).args[index];
}

export function newList(type: ApexType, items: unknown[]): ApexList {
    return new ApexList(argument(type, 0), items);
}

/** A List<Id> in the place of a List<String>. */
export function idsToStrings(list: ApexList | null): ApexList | null {
    return list === null ? null : new ApexList(STRING, (list.items as (Id | null)[]).map(idToString));
}

/** A List<String> in the place of a List<Id>. */
export function stringsToIds(rt: Runtime, list: ApexList | null): ApexList | null {
    const ids = list === null ? null : (list.items as (string | null)[]).map((item) => stringToId(rt, item));
    return ids === null ? null : new ApexList(ID, ids);
}

/** A List<Integer> in the place of a List<Decimal>. */
export function widenElements(rt: Runtime, value: unknown, type: ApexType): unknown {
    return cast(rt, value, type);
}

export function listOfNulls(rt: Runtime, type: ApexType, size: number | null): ApexList {
    return new ApexList(argument(type, 0), nulls(rt, size ?? rt.nullPointer()));
}

export function newSet(rt: Runtime, type: ApexType, items: readonly unknown[]): ApexSet {
    return ApexSet.of(rt, argument(type, 0), items);
}

export function newMap(rt: Runtime, type: ApexType, entries: readonly (readonly [unknown, unknown])[]): ApexMap {
    const map = new ApexMap(argument(type, 0), argument(type, 1));
    for (const [key, value] of entries) {
        map.put(rt, key, value);
    }
    return map;
}

export function at(rt: Runtime, list: ApexList, index: number | null): unknown {
    const { items } = list;
    return index !== null && index >= 0 && index < items.length ? items[index] : listGet(rt, list, index as number);
}

export function putAt(rt: Runtime, list: ApexList, index: number | null, value: unknown): unknown {
    return listSet(rt, list, index as number, value);
}

export function append(list: ApexList, value: unknown): void {
    list.changes++;
    list.items.push(value);
}

/** `equals` of a value known as Object: texts are equal whatever their case. */
export function equalsOfObject(rt: Runtime, left: unknown, right: unknown): boolean {
    return typeof left === 'string' && typeof right === 'string' ? equalText(left, right) : rt.equals(left, right);
}

/** A for-each loop goes on over a list that was changed while it ran. */
export function changed(rt: Runtime): never {
    return changedInLoop(rt);
}

export { joined } from '../library/text/text-length.ts';

/** Rows that a batch query loop hands out at a time (Apex Developer Guide, SOQL For Loops). */
const BATCH = 200;

export function* batches(rows: ApexList, type: ApexType): Generator<ApexList> {
    for (let start = 0; start < rows.items.length; start += BATCH) {
        yield new ApexList(argument(type, 0), rows.items.slice(start, start + BATCH));
    }
}

/** An assignment to a property of the library has the assigned value. */
export function give<T>(setter: (rt: Runtime, value: T) => void, rt: Runtime, value: T): T {
    setter(rt, value);
    return value;
}

export function giveTo<T>(
    setter: (rt: Runtime, target: unknown, value: T) => void,
    rt: Runtime,
    target: unknown,
    value: T
): T {
    setter(rt, target, value);
    return value;
}

/** Message and cause of an exception of the org; a cause without a message lends its own. */
export function explain(exception: ApexException, message: string | null, cause: ApexException | null): ApexException {
    exception.message = message ?? cause?.message ?? null;
    exception.cause = cause;
    return exception;
}
