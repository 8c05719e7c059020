import type { Runtime } from '../../runtime/runtime.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { NativeIterator } from '../collections/native-iterator.ts';
import { compareNatural } from '../collections/sort.ts';
import { nativeClass, type NativeClass, type NativeMethod } from '../native.ts';

/** Calls the method of the object of a deployed class behind an interface. */
function forward(name: string): NativeMethod {
    return (rt: Runtime, self: object, ...args: unknown[]) => rt.invoke(self, name, args);
}

function iterate(rt: Runtime, self: unknown): unknown {
    if (self instanceof ApexList) {
        return new NativeIterator(self.items);
    }
    return self instanceof ApexSet ? new NativeIterator([...self.values()]) : rt.invoke(self as object, 'iterator', []);
}

/** Interfaces of the platform that deployed classes implement and the library calls. */
export const interfaceClasses: readonly NativeClass[] = [
    nativeClass({ name: 'System.Iterable', methods: { 'iterator()': iterate } }),
    nativeClass({ name: 'System.Comparable', methods: { 'compareTo(Object)': compareNatural } }),
    nativeClass({ name: 'System.Comparator', methods: { 'compare(T,T)': forward('compare') } }),
    nativeClass({ name: 'System.Callable', methods: { 'call(String,Map)': forward('call') } }),
    nativeClass({ name: 'System.StubProvider', methods: { 'handleMethodCall/6': forward('handleMethodCall') } })
];
