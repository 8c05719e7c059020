import type { Runtime } from '../../runtime/runtime.ts';
import { elementsOf, typeArgument } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';
import { ApexSet } from './apex-set.ts';
import { guardChange } from './guards.ts';
import { NativeIterator } from './native-iterator.ts';

function add(rt: Runtime, set: ApexSet, value: unknown): boolean {
    guardChange(rt, set);
    return set.add(rt, value);
}

function remove(rt: Runtime, set: ApexSet, value: unknown): boolean {
    guardChange(rt, set);
    return set.delete(rt, value);
}

/** True when `change` was true for any element. */
function changeAny(
    rt: Runtime,
    set: ApexSet,
    values: readonly unknown[],
    change: (value: unknown) => boolean
): boolean {
    guardChange(rt, set);
    let changed = false;
    for (const value of values) {
        changed = change(value) || changed;
    }
    return changed;
}

function retainAll(rt: Runtime, set: ApexSet, source: unknown): boolean {
    const kept = ApexSet.of(rt, set.elementType, elementsOf(rt, source));
    const dropped = [...set.values()].filter((value) => !kept.has(rt, value));
    return changeAny(rt, set, dropped, (value) => set.delete(rt, value));
}

/** Set (Apex Reference, System.Set). */
export const setClass: NativeClass = nativeClass({
    name: 'System.Set',
    constructors: {
        '()': (_rt, type) => new ApexSet(typeArgument(type, 0)),
        '/1': (rt, type, source: unknown) => ApexSet.of(rt, typeArgument(type, 0), elementsOf(rt, source))
    },
    methods: {
        'add(T)': add,
        'addAll/1': (rt, self: ApexSet, source) =>
            changeAny(rt, self, [...elementsOf(rt, source)], (value) => self.add(rt, value)),
        'clear()': (rt, self: ApexSet) => {
            guardChange(rt, self);
            self.clear();
        },
        'clone()': (rt, self: ApexSet) => ApexSet.of(rt, self.elementType, self.values()),
        'contains(T)': (rt, self: ApexSet, value) => self.has(rt, value),
        'containsAll/1': (rt, self: ApexSet, source) => elementsOf(rt, source).every((value) => self.has(rt, value)),
        'equals/1': (rt, self, other) => rt.equals(self, other),
        'hashCode()': (rt, self) => rt.hashCode(self),
        'isEmpty()': (_rt, self: ApexSet) => self.size === 0,
        'iterator()': (_rt, self: ApexSet) => new NativeIterator([...self.values()]),
        'remove(T)': remove,
        'removeAll/1': (rt, self: ApexSet, source) =>
            changeAny(rt, self, elementsOf(rt, source), (value) => self.delete(rt, value)),
        'retainAll/1': retainAll,
        'size()': (_rt, self: ApexSet) => self.size,
        'toString()': (rt, self) => rt.toText(self)
    },
    isInstance: (value) => value instanceof ApexSet
});
