import type { SObject } from '../../values/index.ts';
import type { Org } from '../../org/org.ts';
import type { LibraryCatalog } from '../library/catalog.ts';
import { copyValue } from '../library/cache/copy-value.ts';
import { ApexList } from '../library/collections/apex-list.ts';
import { enqueueFuture } from '../library/async/queueable.ts';
import { sObjectField, sObjectType } from '../library/schema/tokens.ts';
import { typeObject } from '../library/system/type.ts';
import { TestState } from '../library/test/test-state.ts';
import { isSubtype } from '../semantics/hierarchy.ts';
import type { World } from '../semantics/world.ts';
import { userType } from '../types/apex-types.ts';
import type { ApexType, PlatformType } from '../types/types.ts';
import { cast } from './cast.ts';
import { createRuntimeData } from './data.ts';
import type { EnumValue } from './enum-value.ts';
import { platformEnum, platformEnumValue } from './enum-value.ts';
import { equals, hashCode, hashKey } from './equality.ts';
import { instantiate, invoke, hasMethod } from './invocation.ts';
import type { LinkedProgram } from './linked-program.ts';
import { resolveTypeName } from './resolve-type.ts';
import { RunningCode } from './running-code.ts';
import { runtimeClassOf, type RuntimeClass } from './runtime-class.ts';
import { annotation } from '../semantics/symbols.ts';
import type { InvocableMethod, LaterOptions, Runtime, RuntimeData, RuntimeField, StubHandler } from './runtime.ts';
import { createStub } from './stubs.ts';
import { toText } from './text.ts';
import { isInstance, typeOf } from './type-of.ts';

/** The runtime of one org: the contract of `Runtime`, and what only generated code and the program call. */
export class ApexRuntime extends RunningCode implements Runtime {
    readonly library: LibraryCatalog;
    readonly data: RuntimeData;
    program: LinkedProgram;
    /** Variables that a dynamic query may name; undefined for a name that means none. */
    queryVariables: ((name: string) => unknown) | undefined;
    readonly #org: () => Org;

    constructor(org: () => Org, library: LibraryCatalog, program: LinkedProgram) {
        super();
        this.#org = org;
        this.library = library;
        this.program = program;
        this.data = createRuntimeData(this);
    }

    get org(): Org {
        return this.#org();
    }

    get world(): World {
        return this.program.world;
    }

    /** First use of a class in a transaction: its static fields, then its static initialisers in text order. */
    initialize(index: number): unknown {
        const state = this.program.statics[index];
        if (state === undefined) throw new Error(`No class has the number ${index}.`);
        const statics = state.allocate();
        this.statics[index] = statics;
        state.initialize(statics);
        return statics;
    }

    // Objects

    invoke(target: object, method: string, args: readonly unknown[]): unknown {
        return invoke(this, target, method, args);
    }

    /** A call on an interface of the platform: objects of the org answer themselves, others through the library. */
    callInterface(target: object, name: string, native: Native | undefined, ...args: unknown[]): unknown {
        if (native === undefined || runtimeClassOf(target) !== undefined) return this.invoke(target, name, args);
        return native(this, target, ...args);
    }

    hasMethod(target: object, method: string, argumentCount: number): boolean {
        return hasMethod(target, method, argumentCount);
    }

    instantiate(type: ApexType): unknown {
        return instantiate(this, type);
    }

    invocableMethod(className: string): InvocableMethod | undefined {
        const type = this.resolveType(className);
        const { constructor_, methods } = (type && this.classOf(type)) ?? {};
        const found = [...(methods?.values() ?? [])]
            .flat()
            .find(({ symbol }) => annotation(symbol.annotations, 'invocablemethod') !== undefined);
        const generated = constructor_ as unknown as Record<string, (...args: unknown[]) => unknown> | undefined;
        if (found === undefined || generated === undefined) return undefined;
        const { key, parameters, symbol } = found;
        return {
            parameter: parameters[0],
            returns: symbol.returns,
            call: (args) => generated[key]?.(...args) ?? null
        };
    }

    allocate(type: ApexType): object {
        const { construct, constructor_ } = this.classOf(type) ?? {};
        if (construct === undefined && constructor_ !== undefined) return new constructor_().$initializeAll();
        return this.instantiate(type) as object;
    }

    typeOf(value: unknown): ApexType {
        return typeOf(this.world, value);
    }

    isInstance(value: unknown, type: ApexType): boolean {
        return isInstance(this.world, value, type);
    }

    isAssignable(type: ApexType, base: ApexType): boolean {
        return isSubtype(this.world, type, base);
    }

    fieldsOf(target: object): readonly RuntimeField[] {
        return runtimeClassOf(target)?.fields ?? [];
    }

    resolveType(name: string): ApexType | undefined {
        return resolveTypeName(this.world, name);
    }

    /** The runtime class of a type of the org. */
    classOf(type: ApexType): RuntimeClass | undefined {
        return type.kind === 'user' ? this.program.classes.get(type.key) : undefined;
    }

    // Asynchronous Apex and stubs

    runAsync(job: () => void, userId: string = this.tx.userId): void {
        const { tx } = this;
        const parent = tx.isTest ? tx : undefined;
        this.transaction({ userId, isTest: tx.isTest, isAsync: true, parent }, (inner) => {
            // Mocks and what is still to run belong to the test, not to one of its transactions.
            if (parent !== undefined) inner.adopt(TestState, parent.state(TestState));
            job();
            // What it leaves behind runs after the transaction around it; a job that fails leaves nothing.
            tx.later.push(...inner.later);
        });
    }

    runLater(job: () => void, { kind = 'job', dueAt = this.org.clock.now(), batch }: LaterOptions = {}): void {
        this.tx.later.push({ kind, dueAt, run: job, ...(batch !== undefined && { batch }) });
    }

    dropLater(): void {
        this.tx.later.length = 0;
    }

    /** A call of an @future method, with its arguments as they are now. */
    future(call: (...args: unknown[]) => void, args: readonly unknown[]): void {
        const copies = args.map((arg) => copyValue(this, arg));
        enqueueFuture(this, () => call(...copies));
    }

    createStub(type: ApexType, handle: StubHandler): object {
        const target = this.classOf(type);
        const stubType = target === undefined ? userType(type.name) : this.world.stubType(target.type);
        return createStub(this, type, target, stubType, handle);
    }

    // Values

    equals(left: unknown, right: unknown): boolean {
        return equals(this, left, right);
    }

    /** `value.equals(other)`, which a class of the org may have declared. */
    equalsMethod(value: object, other: unknown): unknown {
        return hasMethod(value, 'equals', 1) ? this.invoke(value, 'equals', [other]) : equals(this, value, other);
    }

    hashCode(value: unknown): number {
        return hashCode(this, value);
    }

    hashKey(value: unknown): unknown {
        return hashKey(this, value);
    }

    /** `object.clone()` of a class of the org: a copy with the same values in its fields. */
    clone(target: object): object {
        return Object.assign(Object.create(Object.getPrototypeOf(target) as object) as object, target);
    }

    toText(value: unknown): string {
        return toText(this, value);
    }

    cast(value: unknown, type: ApexType): unknown {
        return cast(this, value, type);
    }

    // Enums, types and tokens

    platformEnum(typeName: string, name: string): EnumValue {
        return platformEnumValue(typeName, name);
    }

    enumValues(type: ApexType): readonly EnumValue[] | undefined {
        const isEnum = this.classOf(type)?.symbol.kind === 'enum' || this.#platformKind(type) === 'enum';
        return isEnum ? this.#valuesOf(type) : undefined;
    }

    #platformKind(type: ApexType): string | undefined {
        return type.kind === 'platform' ? this.world.members.info(type.key)?.kind : undefined;
    }

    /** `Color.values()`. */
    enumList(type: ApexType): ApexList {
        return new ApexList(type, [...this.#valuesOf(type)]);
    }

    enumValueOf(type: ApexType, name: string | null): EnumValue {
        const lower = (name ?? this.nullPointer()).toLowerCase();
        const found = this.#valuesOf(type).find((value) => value.name.toLowerCase() === lower);
        return found ?? this.throwNew('System.NoSuchElementException', `No enum constant ${type.name}.${name}`);
    }

    #valuesOf(type: ApexType): readonly EnumValue[] {
        return this.classOf(type)?.values ?? platformEnum((type as PlatformType).name);
    }

    /** Text of a custom label. */
    label(name: string): string {
        const value = this.org.metadata.get('CustomLabel', name)?.document?.value;
        return typeof value === 'string' ? value : '';
    }

    typeObject(type: ApexType): object {
        return typeObject(type);
    }

    objectToken(object: string): object {
        return sObjectType(this, object);
    }

    fieldToken(object: string, field: string): object {
        return sObjectField(this, object, field);
    }

    // Iteration

    readonly iteratorOf: Native = (rt, target) => {
        const native = this.library.find('System.Iterable')?.methods?.['iterator()'];
        return native === undefined ? rt.invoke(target as object, 'iterator', []) : native(rt, target);
    };

    /** The values of an Apex Iterator. */
    *iterate(iterator: object | null): Generator<unknown> {
        const source = iterator ?? this.nullPointer();
        const methods = this.library.find('System.Iterator')?.methods;
        while (this.callInterface(source, 'hasNext', methods?.['hasNext()']) === true) {
            yield this.callInterface(source, 'next', methods?.['next()']);
        }
    }

    /** Runs a dynamic query whose text may name variables of its caller. */
    withVariables<T>(read: (name: string) => unknown, query: () => T): T {
        const outer = this.queryVariables;
        this.queryVariables = read;
        try {
            return query();
        } finally {
            this.queryVariables = outer;
        }
    }

    /** Starts a `System.runAs` block; gives what ends it. */
    enterRunAs(user: SObject): string {
        const { tx } = this;
        if (!tx.isTest) {
            this.throwNew('System.TypeException', 'System.runAs can only be called from test methods');
        }
        const previous = tx.userId;
        // A user that is not in the org yet is put there (Apex Developer Guide, "Using the runAs Method").
        if (user.id === null) this.data.dml('insert', [user], { allOrNone: true, mode: 'system' });
        tx.userId = user.id?.value ?? this.nullPointer();
        return previous;
    }

    leaveRunAs(previous: string): void {
        this.tx.userId = previous;
    }
}

type Native = (rt: Runtime, target: unknown, ...args: unknown[]) => unknown;
