import type { FieldValue, Id, SObject } from '../../values/index.ts';
import type { Job, JobBatch } from '../../org/job-queue.ts';
import type { Org } from '../../org/org.ts';
import type { ApexType } from '../types/types.ts';
import type { EnumValue } from './enum-value.ts';
import type { Transaction } from './transaction.ts';

/** When and as what a job runs that a transaction leaves behind. */
export interface LaterOptions {
    /** `job` when absent. */
    readonly kind?: Job['kind'];
    /** The moment from which it may run; at once when absent. */
    readonly dueAt?: number;
    /** What it may do together with the jobs behind it. */
    readonly batch?: JobBatch;
}

/**
 * What generated code and the class library call. One per org; the transaction that runs is `tx`. Everything here is
 * synchronous: the engine runs one transaction at a time, and a request that arrives during a callout runs nested.
 */
export interface Runtime {
    readonly org: Org;
    readonly tx: Transaction;

    // Exceptions. `throwNew` throws an Apex exception of the named type ("System.DmlException").
    throwNew(typeName: string, message: string, details?: object): never;
    nullPointer(): never;
    /** Counts work that takes time and room in proportion to `amount` (elements of a list) against CPU time and heap. */
    charge(amount: number): void;

    // Objects of deployed classes.
    /** Virtual call by name and number of arguments, for the interfaces the library calls: `respond`, `compareTo`. */
    invoke(target: object, method: string, args: readonly unknown[]): unknown;
    hasMethod(target: object, method: string, argumentCount: number): boolean;
    instantiate(type: ApexType): unknown;
    /** Type of a value: exact for objects and collections, from the representation for primitives. */
    typeOf(value: unknown): ApexType;
    isInstance(value: unknown, type: ApexType): boolean;
    /** Whether values of `type` can stand where `base` is expected. */
    isAssignable(type: ApexType, base: ApexType): boolean;
    /** Fields of an object of a deployed class in declaration order, base class first, for JSON and `toString`. */
    fieldsOf(target: object): readonly RuntimeField[];
    /** Values of an enum type in order, of the platform or of the org; undefined for a type that is no enum. */
    enumValues(type: ApexType): readonly EnumValue[] | undefined;
    /** Case-insensitive; undefined when neither the org nor the platform has the type. */
    resolveType(name: string): ApexType | undefined;

    // Values. Used by operators, collections and conversions.
    equals(left: unknown, right: unknown): boolean;
    /** The method of a deployed class that flows and actions call; undefined when it has none. */
    invocableMethod(className: string): InvocableMethod | undefined;
    /** An object of a class of the org as JSON makes it: through its constructor without parameters if it has one. */
    allocate(type: ApexType): object;
    hashCode(value: unknown): number;
    /** Key under which a value is held in Map and Set; undefined when only `hashCode` and `equals` can tell. */
    hashKey(value: unknown): unknown;
    /** As `String.valueOf` and string concatenation print it. */
    toText(value: unknown): string;
    /** Assignment of a dynamic value to a type: a cast, a JSON value, `SObject.put`. Throws System.TypeException. */
    cast(value: unknown, type: ApexType): unknown;

    // Asynchronous Apex. A job runs as an asynchronous transaction of its own, as the same user: with its own limits, and
    // its own statics except in a test.
    /**
     * Runs the job now, as another user if one is given; what it throws comes out. Used for the jobs of a test, at
     * `Test.stopTest()`.
     */
    runAsync(job: () => void, userId?: string): void;
    /** Forgets the jobs that the transaction has put off. */
    dropLater(): void;
    /** Puts the job into the org's queue once the transaction that runs now has committed. Never used in tests. */
    runLater(job: () => void, options?: LaterOptions): void;
    /** An object of a deployed class whose instance methods all go to `handle` (`Test.createStub`). */
    createStub(type: ApexType, handle: StubHandler): object;

    /** Variables of the caller by lower-case name, while a dynamic query runs; undefined for a name that means none. */
    readonly queryVariables?: ((name: string) => unknown) | undefined;

    // Data, through org.database with the transaction's access context.
    readonly data: RuntimeData;
}

/** Answers one call of a stubbed method. */
export type StubHandler = (stub: object, method: StubbedMethod, args: readonly unknown[]) => unknown;

/** A static method with @InvocableMethod. */
export interface InvocableMethod {
    /** A list type; undefined when it takes nothing. */
    readonly parameter: ApexType | undefined;
    readonly returns: ApexType;
    call(args: readonly unknown[]): unknown;
}

export interface StubbedMethod {
    readonly name: string;
    readonly returnType: ApexType;
    readonly parameterTypes: readonly ApexType[];
    readonly parameterNames: readonly string[];
}

export interface RuntimeField {
    readonly name: string;
    readonly type: ApexType;
    readonly isTransient: boolean;
    get(target: object): unknown;
    set(target: object, value: unknown): void;
}

/** User mode may have the permissions of a permission set besides those of the user. */
export type AccessMode = 'user' | 'system' | UserModeWithPermissionSet;

export interface UserModeWithPermissionSet {
    readonly permissionSetId: string;
}

export interface RuntimeData {
    /** Runs SOQL text with named binds (lower-case names). Counts queries and rows against the limits. */
    query(soql: string, binds: ReadonlyMap<string, unknown>, mode: AccessMode): QueryRows;
    count(soql: string, binds: ReadonlyMap<string, unknown>, mode: AccessMode): number;
    dml(operation: DmlOperation, records: readonly SObject[], options: DmlOptions): DmlRowResult[];
}

/** Rows of a query; they have a type even when there are none. */
export interface QueryRows {
    /** The object that was queried, or `AggregateResult`. */
    readonly object: string;
    readonly records: SObject[];
}

export type DmlOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

export interface DmlOptions {
    readonly allOrNone: boolean;
    readonly mode: AccessMode;
    /** Field that identifies records in an upsert; Id when absent. */
    readonly externalIdField?: string;
    /** Of an update: values of fields that only the platform writes, for every row. */
    readonly platformValues?: Readonly<Record<string, FieldValue>>;
    /** Of a delete: the record that those which are deleted are merged into. */
    readonly mergedInto?: Id;
    /** Part of a statement that counts as one. */
    readonly isPart?: boolean;
}

/** Result of one row, the source of SaveResult, UpsertResult, DmlException and the REST collections answer. */
export interface DmlRowResult {
    readonly id: string | null;
    readonly success: boolean;
    readonly created: boolean;
    readonly errors: readonly DmlRowError[];
    /** Of a duplicate: ids of the records that name its master now. */
    readonly moved?: readonly Id[];
}

export interface DmlRowError {
    /** A platform StatusCode: `REQUIRED_FIELD_MISSING`. */
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
}
