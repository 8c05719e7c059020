import type { Runtime } from '../../runtime/runtime.ts';
import { BOOLEAN, OBJECT, platformType, STRING } from '../../types/apex-types.ts';
import type { ApexType } from '../../types/types.ts';
import { mapFrom, noNulls } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { ApexSet } from '../collections/apex-set.ts';
import { nativeClass, type NativeClass, type NativeMethod, type NativeStatic } from '../native.ts';
import type { TypeObject } from '../system/type.ts';
import { CachePartition, MAXIMUM_SECONDS, type CacheScope } from './partitions.ts';

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
type KeyOperation = (rt: Runtime, partition: CachePartition, key: string) => unknown;

const contains: KeyOperation = (rt, partition, key) => partition.has(rt, key);
const get: KeyOperation = (rt, partition, key) => partition.get(rt, key);
const remove: KeyOperation = (rt, partition, key) => partition.remove(rt, key);

/** What an operation gives for each of several keys, as a map. */
function forSet(type: ApexType, operation: KeyOperation): Operation {
    return (rt, partition, keys: ApexSet) => {
        const results = Array.from(keys.values(), (key) => [key, operation(rt, partition, String(key))] as const);
        return mapFrom(rt, STRING, type, results);
    };
}

/** The same as a list, in the order of the keys. */
function forList(type: ApexType, operation: KeyOperation): Operation {
    return (rt, partition, keys: ApexList) => {
        const results = keys.items.map((key) => operation(rt, partition, String(key)));
        return new ApexList(type, results);
    };
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
    'contains(Set)': forSet(BOOLEAN, contains),
    'contains(String)': contains,
    'get(Set)': forSet(OBJECT, get),
    'get(String)': get,
    'get(Type,String)': load,
    'getAvgGetSize()': (rt, partition) => partition.getSizes(rt)[0],
    'getAvgGetTime()': (rt, partition) => partition.getTimes(rt)[0],
    'getAvgValueSize()': (rt, partition) => average(partition.sizes(rt)),
    'getCapacity()': (rt, partition) => partition.usedCapacity(rt),
    'getKeys()': (rt, partition) => ApexSet.of(rt, STRING, partition.keys(rt)),
    'getMaxGetSize()': (rt, partition) => partition.getSizes(rt)[1],
    'getMaxGetTime()': (rt, partition) => partition.getTimes(rt)[1],
    'getMaxValueSize()': (rt, partition) => BigInt(Math.max(0, ...partition.sizes(rt))),
    'getMissRate()': (rt, partition) => partition.missRate(rt),
    'getName()': (_rt, partition) => partition.name,
    'getNumKeys()': (rt, partition) => BigInt(partition.keys(rt).length),
    'put(String,Object)': (rt, partition, key: string, value: unknown) => partition.put(rt, key, value),
    'put(String,Object,Integer)': (rt, partition, key: string, value: unknown, seconds: number) =>
        partition.put(rt, key, value, seconds),
    'put(String,Object,Integer,Visibility,Boolean)': (rt, partition, key: string, value: unknown, seconds: number) =>
        partition.put(rt, key, value, seconds),
    'put(String,Object,Visibility)': (rt, partition, key: string, value: unknown) => partition.put(rt, key, value),
    'remove(String)': remove,
    'remove(Type,String)': (rt, partition, type: TypeObject, key: string) => partition.remove(rt, builderKey(type, key))
};

function average(sizes: readonly number[]): bigint {
    return sizes.length === 0 ? 0n : BigInt(Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length));
}

/** Of Cache.Org: several keys at once. */
const LISTS: Readonly<Record<string, Operation>> = {
    'contains(List)': forList(BOOLEAN, contains),
    'get(List)': forList(OBJECT, get),
    'remove(List)': forList(BOOLEAN, remove)
};

function validateKey(rt: Runtime, _isPut: boolean, key: string): void {
    if (!/^[a-zA-Z0-9]{1,50}$/.test(key)) {
        rt.throwNew('cache.InvalidParamException', `Key must be alphanumeric and at most 50 characters: ${key}`);
    }
}

/** Static methods of Cache.Partition: names and what they must look like. */
const PARTITION_STATICS: Readonly<Record<string, NativeStatic>> = {
    'createFullyQualifiedKey(String,String,String)': noNulls(
        (_rt, namespace: string, partition: string, key: string) => `${namespace}.${partition}.${key}`
    ),
    'createFullyQualifiedPartition(String,String)': noNulls(
        (_rt, namespace: string, partition: string) => `${namespace}.${partition}`
    ),
    'validateCacheBuilder(Type)': noNulls((rt, { type }: TypeObject) => {
        if (!rt.isInstance(rt.instantiate(type), BUILDER)) {
            rt.throwNew('cache.InvalidParamException', `${type.name} does not implement Cache.CacheBuilder`);
        }
    }),
    'validateKey(Boolean,String)': noNulls(validateKey),
    'validateKeyValue(Boolean,String,Object)': noNulls(validateKey),
    'validateKeys(Boolean,List)': noNulls((rt, isPut: boolean, keys: ApexList) =>
        keys.items.forEach((key) => validateKey(rt, isPut, String(key)))
    ),
    'validatePartitionName(String)': noNulls((rt, name: string) => {
        if (!/^(?:\w+\.)?[a-zA-Z][a-zA-Z0-9]*$/.test(name)) {
            rt.throwNew('cache.InvalidParamException', `Invalid partition name: ${name}`);
        }
    })
};

/** Members that came after the signature table. */
const LATER_SIGNATURES: readonly string[] = [
    'Map<String, Boolean> contains(Set<String> keys)',
    'Map<String, Object> get(Set<String> keys)',
    'Long getAvgGetSize()',
    'Long getMaxGetSize()'
];

const IS_AVAILABLE = 'isAvailable()';

function methods(): Record<string, NativeMethod> {
    return { ...(OPERATIONS as Record<string, NativeMethod>), [IS_AVAILABLE]: () => true };
}

/** The static methods work on the default partition. */
function statics(scope: CacheScope): Record<string, NativeStatic> {
    const partition = new CachePartition(scope, 'default');
    const operations = scope === 'Org' ? { ...OPERATIONS, ...LISTS } : OPERATIONS;
    const entries = Object.entries(operations as Record<string, NativeMethod>).map(
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
    ...(['Org', 'Session'] as const).map((scope) =>
        nativeClass({
            name: `cache.${scope}`,
            statics: statics(scope),
            staticProperties: { MAX_TTL_SECS: { get: () => MAXIMUM_SECONDS[scope] } },
            extraSignatures: LATER_SIGNATURES.map((signature) => `static ${signature}`)
        })
    ),
    ...['cache.Partition', 'cache.OrgPartition', 'cache.SessionPartition'].map((name) =>
        nativeClass({ name, methods: methods(), statics: PARTITION_STATICS, extraSignatures: LATER_SIGNATURES })
    ),
    nativeClass({
        name: 'cache.CacheBuilder',
        methods: { 'doLoad(String)': (rt, self: object, key) => rt.invoke(self, 'doLoad', [key]) }
    })
];
