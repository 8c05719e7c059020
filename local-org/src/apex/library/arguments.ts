import type { Runtime } from '../runtime/runtime.ts';
import { STRING } from '../types/apex-types.ts';
import type { ApexType } from '../types/types.ts';
import { ApexList } from './collections/apex-list.ts';
import { ApexMap } from './collections/apex-map.ts';
import { ApexSet } from './collections/apex-set.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- wraps natives, which take the values of their signature */
type Native<R> = (rt: Runtime, ...args: any[]) => R;

/** A native that takes no null: a null argument is a NullPointerException, as on the platform. */
export function noNulls<R>(native: Native<R>): Native<R> {
    // Written out, for hot classes go through here: no signature of a wrapped native has more than six parameters.
    return (rt, a, b, c, d, e, f, g) => {
        if (a === null || b === null || c === null || d === null || e === null || f === null || g === null) {
            return rt.nullPointer();
        }
        return native(rt, a, b, c, d, e, f, g);
    };
}

/** Wraps each native of a table with `noNulls`. */
export function allNoNulls<T extends Readonly<Record<string, Native<unknown>>>>(natives: T): T {
    return Object.fromEntries(Object.entries(natives).map(([key, native]) => [key, noNulls(native)])) as T;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

export function stringList(items: unknown[]): ApexList {
    return new ApexList(STRING, items);
}

/** A map whose keys and values have the given types. */
export function mapFrom(
    rt: Runtime,
    keyType: ApexType,
    valueType: ApexType,
    entries: Iterable<readonly [key: unknown, value: unknown]>
): ApexMap {
    const map = new ApexMap(keyType, valueType);
    for (const [key, value] of entries) {
        map.put(rt, key, value);
    }
    return map;
}

/** The elements of a value that Apex accepts where it wants something to iterate over. */
export function elementsOf(rt: Runtime, value: unknown): readonly unknown[] {
    if (value instanceof ApexList) {
        return value.items;
    }
    if (value instanceof ApexSet) {
        return [...value.values()];
    }
    if (value === null) {
        return rt.nullPointer();
    }
    const iterator = rt.invoke(value as object, 'iterator', []) as object;
    const elements: unknown[] = [];
    while (rt.invoke(iterator, 'hasNext', []) === true) {
        elements.push(rt.invoke(iterator, 'next', []));
    }
    return elements;
}

/** A type argument of a constructed type: `Account` of `List<Account>`. */
export function typeArgument(type: ApexType, index: number): ApexType {
    const argument = type.kind === 'platform' ? type.args[index] : undefined;
    if (argument === undefined) {
        throw new TypeError(`${type.name} has no type argument ${index}`);
    }
    return argument;
}
