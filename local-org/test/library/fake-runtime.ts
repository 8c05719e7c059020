import { ApexException } from '../../src/apex/runtime/apex-exception.ts';
import { cast } from '../../src/apex/runtime/cast.ts';
import { EnumValue } from '../../src/apex/runtime/enum-value.ts';
import { equals, hashCode, hashKey } from '../../src/apex/runtime/equality.ts';
import { NativeObject } from '../../src/apex/runtime/native-object.ts';
import type { Runtime, RuntimeField } from '../../src/apex/runtime/runtime.ts';
import { toText } from '../../src/apex/runtime/text.ts';
import type { LimitCounters, Transaction } from '../../src/apex/runtime/transaction.ts';
import { createLibraryCatalog } from '../../src/apex/library/catalog.ts';
import { ApexList } from '../../src/apex/library/collections/apex-list.ts';
import { ApexMap } from '../../src/apex/library/collections/apex-map.ts';
import { ApexSet } from '../../src/apex/library/collections/apex-set.ts';
import * as types from '../../src/apex/types/apex-types.ts';
import type { ApexType } from '../../src/apex/types/types.ts';
import { fixedClock } from '../../src/org/clock.ts';
import type { Org } from '../../src/org/org.ts';
import { ApexDate, Blob, Datetime, Decimal, Double, Id, SObject, Time } from '../../src/values/index.ts';

const catalog = createLibraryCatalog();

/** Stands in for an object of a deployed class: its fields, and methods by lower-case name. */
export class FakeObject {
    readonly type: ApexType;
    readonly fields: Record<string, unknown>;
    readonly methods: Record<string, (...args: never[]) => unknown>;
    readonly fieldTypes: Readonly<Record<string, ApexType>>;

    constructor(
        name: string,
        fields: Record<string, unknown> = {},
        methods: Record<string, (...args: never[]) => unknown> = {},
        fieldTypes: Readonly<Record<string, ApexType>> = {}
    ) {
        this.type = types.userType(name);
        this.fields = fields;
        this.methods = methods;
        this.fieldTypes = fieldTypes;
    }
}

const PRIMITIVES = [
    [Decimal, types.DECIMAL],
    [Double, types.DOUBLE],
    [Id, types.ID],
    [ApexDate, types.DATE],
    [Datetime, types.DATETIME],
    [Time, types.TIME],
    [Blob, types.BLOB]
] as const;

function typeOf(value: unknown): ApexType {
    if (value === null) return types.NULL;
    if (typeof value === 'boolean') return types.BOOLEAN;
    if (typeof value === 'number') return types.INTEGER;
    if (typeof value === 'bigint') return types.LONG;
    if (typeof value === 'string') return types.STRING;
    if (value instanceof ApexList) return types.listOf(value.elementType);
    if (value instanceof ApexSet) return types.setOf(value.elementType);
    if (value instanceof ApexMap) return types.mapOf(value.keyType, value.valueType);
    if (value instanceof SObject) return types.sobjectType(value.type);
    if (value instanceof EnumValue) return types.platformType(value.typeName);
    if (value instanceof NativeObject) return types.platformType(value.className);
    if (value instanceof FakeObject) return value.type;
    return PRIMITIVES.find(([type]) => value instanceof type)?.[1] ?? types.OBJECT;
}

const COUNTERS: LimitCounters = {
    queries: 0,
    queryRows: 0,
    aggregateQueries: 0,
    soslQueries: 0,
    queryLocatorRows: 0,
    cursorRows: 0,
    cursorFetches: 0,
    dmlStatements: 0,
    dmlRows: 0,
    callouts: 0,
    futureCalls: 0,
    queueableJobs: 0,
    emailInvocations: 0,
    publishImmediateDml: 0,
    cpuTime: 0,
    heapSize: 0
};

const MAXIMUM = Object.fromEntries(Object.keys(COUNTERS).map((name) => [name, 100])) as unknown as LimitCounters;

function fakeTransaction(): Transaction {
    const states = new Map<unknown, unknown>();
    return {
        id: 'tx',
        limits: { ...COUNTERS },
        maximum: MAXIMUM,
        access: { userId: '005000000000001AAA', mode: 'system', sharing: false },
        isTest: true,
        isAsync: false,
        uncommittedWork: false,
        debugLog: [],
        state<T>(key: new () => T): T {
            if (!states.has(key)) states.set(key, new key());
            return states.get(key) as T;
        }
    };
}

/** A Runtime without an org behind it, for the parts of the library that need none. */
export function fakeRuntime(org: Partial<Org> = {}, instances: Record<string, () => FakeObject> = {}): Runtime {
    const schema = { object: () => undefined, objectByKeyPrefix: () => undefined, objects: () => [], version: 0 };
    const rt: Runtime = {
        org: { schema, clock: fixedClock('2026-03-01T12:00:00Z'), apiVersion: '67.0', ...org } as Org,
        tx: fakeTransaction(),
        throwNew(typeName, message, details) {
            const exception = new ApexException(types.platformType(typeName), message);
            exception.details = details;
            // eslint-disable-next-line @typescript-eslint/only-throw-error -- exceptions of Apex are no JavaScript errors
            throw exception;
        },
        charge: () => undefined,
        nullPointer: () => rt.throwNew('System.NullPointerException', 'Attempt to de-reference a null object'),
        invoke: (target, method, args) =>
            (target as FakeObject).methods[method.toLowerCase()]?.(...(args as never[])) ?? null,
        hasMethod: (target, method) => target instanceof FakeObject && method.toLowerCase() in target.methods,
        invocableMethod: () => undefined,
        allocate: (type) => instances[type.name]?.() ?? rt.throwNew('System.TypeException', type.name),
        instantiate: (type) => instances[type.name]?.() ?? rt.throwNew('System.TypeException', type.name),
        typeOf,
        isInstance: (value, type) => typeOf(value) === type,
        isAssignable: (type, base) => type === base,
        fieldsOf: (target) => fieldsOf(target as FakeObject),
        enumValues: () => undefined,
        resolveType: (name) => types.primitiveType(name),
        runAsync: (job) => job(),
        runLater: () => undefined,
        dropLater: () => undefined,
        createStub: (type) => new FakeObject(type.name),
        equals: (left, right) => equals(rt, left, right),
        hashCode: (value) => hashCode(rt, value),
        hashKey: (value) => hashKey(rt, value),
        toText: (value) => toText(rt, value),
        cast: (value, type) => cast(rt, value, type),
        data: {
            query: () => ({ object: 'Account', records: [] }),
            count: () => 0,
            dml: () => []
        }
    };
    return rt;
}

function fieldsOf(target: FakeObject): RuntimeField[] {
    const names = new Set([...Object.keys(target.fieldTypes), ...Object.keys(target.fields)]);
    return [...names].map((name) => ({
        name,
        type: target.fieldTypes[name] ?? types.OBJECT,
        isTransient: false,
        get: () => target.fields[name] ?? null,
        set: (_target, value) => {
            target.fields[name] = value;
        }
    }));
}

/** Calls a static or instance member by class, key and arguments, as generated code does. */
export function callStatic(rt: Runtime, className: string, key: string, ...args: unknown[]): unknown {
    const member = catalog.find(className)?.statics?.[key];
    if (member === undefined) throw new Error(`${className} has no static ${key}`);
    return member(rt, ...args);
}

export function call(rt: Runtime, className: string, key: string, self: unknown, ...args: unknown[]): unknown {
    const member = catalog.find(className)?.methods?.[key];
    if (member === undefined) throw new Error(`${className} has no method ${key}`);
    return member(rt, self, ...args);
}

/** Type and message of the Apex exception that `work` throws. */
export function thrownBy(work: () => unknown): string {
    try {
        work();
    } catch (error) {
        if (error instanceof ApexException) return error.toString();
        throw error;
    }
    return 'nothing';
}
