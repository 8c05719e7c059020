import type { Runtime } from '../../runtime/runtime.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { noNulls } from '../arguments.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { nativeClass, type NativeClass, type NativeMethod, type NativeStatic } from '../native.ts';
import type { TypeObject } from '../system/type.ts';
import { CachePartition, type CacheScope } from './partitions.ts';

const BUILDER = platformType('cache.CacheBuilder');

/** Values of a builder are kept under a key that cannot be one of the code's own. */
function builderKey(type: TypeObject, key: string): string {
    return `${type.type.name.replaceAll(/[^a-zA-Z0-9]/g, '')}B${Buffer.from(key).toString('hex')}`.slice(0, 50);
}

/** The cached value of a builder, loaded by it when it is not there. */
function load(rt: Runtime, partition: CachePartition, type: TypeObject, key: string): unknown {
    const id = builderKey(type, key);
    if (!partition.has(rt, id)) {
        const builder = rt.instantiate(type.type) as object;
        if (!rt.isInstance(builder, BUILDER)) {
            rt.throwNew('cache.InvalidParamException', `${type.type.name} does not implement Cache.CacheBuilder`);
        }
        partition.put(rt, id, rt.invoke(builder, 'doLoad', [key]));
    }
    return partition.get(rt, id);
}

type Operation = (rt: Runtime, partition: CachePartition, ...args: never[]) => unknown;

const OPERATIONS: Readonly<Record<string, Operation>> = {
    'contains(String)': (rt, partition, key: string) => partition.has(rt, key),
    'get(String)': (rt, partition, key: string) => partition.get(rt, key),
    'get(Type,String)': load,
    'getCapacity()': (rt, partition) => partition.usedCapacity(rt),
    'getKeys()': (rt, partition) => ApexSet.of(rt, STRING, partition.keys(rt)),
    'getName()': (_rt, partition) => partition.name,
    'getNumKeys()': (rt, partition) => BigInt(partition.keys(rt).length),
    'put(String,Object)': (rt, partition, key: string, value: unknown) => partition.put(rt, key, value),
    'put(String,Object,Integer)': (rt, partition, key: string, value: unknown, seconds: number) =>
        partition.put(rt, key, value, seconds),
    'put(String,Object,Integer,Visibility,Boolean)': (rt, partition, key: string, value: unknown, seconds: number) =>
        partition.put(rt, key, value, seconds),
    'put(String,Object,Visibility)': (rt, partition, key: string, value: unknown) => partition.put(rt, key, value),
    'remove(String)': (rt, partition, key: string) => partition.remove(rt, key),
    'remove(Type,String)': (rt, partition, type: TypeObject, key: string) => partition.remove(rt, builderKey(type, key))
};

const IS_AVAILABLE = 'isAvailable()';

function methods(): Record<string, NativeMethod> {
    return { ...(OPERATIONS as Record<string, NativeMethod>), [IS_AVAILABLE]: () => true };
}

/** The static methods work on the default partition. */
function statics(scope: CacheScope): Record<string, NativeStatic> {
    const partition = new CachePartition(scope, 'default');
    const entries = Object.entries(OPERATIONS as Record<string, NativeMethod>).map(
        ([key, operation]): [string, NativeStatic] => [
            key,
            (rt, ...args: unknown[]) => operation(rt, partition, ...args)
        ]
    );
    return {
        ...Object.fromEntries(entries),
        'getPartition(String)': noNulls((_rt, name: string) => new CachePartition(scope, name)),
        ...(scope === 'Session' ? { [IS_AVAILABLE]: () => true } : {})
    };
}

/** Platform cache (Apex Reference, Cache namespace). Every partition code names is there. */
export const cacheClasses: readonly NativeClass[] = [
    nativeClass({ name: 'cache.Org', statics: statics('Org') }),
    nativeClass({ name: 'cache.Session', statics: statics('Session') }),
    ...['cache.Partition', 'cache.OrgPartition', 'cache.SessionPartition'].map((name) =>
        nativeClass({ name, methods: methods() })
    ),
    nativeClass({
        name: 'cache.CacheBuilder',
        methods: { 'doLoad(String)': (rt, self: object, key) => rt.invoke(self, 'doLoad', [key]) }
    })
];
