import type { Runtime } from '../runtime/runtime.ts';
import type { ApexType } from '../types/types.ts';

/**
 * How a platform class is implemented here. The signature table (see `platform/`) says which members exist; a class
 * below says which of them run here. A member of the table that is missing here is a compile error that says so.
 *
 * Members are keyed by signature, `name(ParamType,…)`, with simple type names as in the Apex reference and without type
 * arguments: `split(String,Integer)`, `addAll(List)`. One implementation of all overloads with the same number of
 * parameters is keyed `name/count`. An exact key wins over a count. Case does not matter.
 */
export interface NativeClass {
    /** Qualified name: `System.String`, `Schema.DescribeSObjectResult`, `Database.SaveResult`. */
    readonly name: string;
    readonly statics?: Readonly<Record<string, NativeStatic>>;
    readonly methods?: Readonly<Record<string, NativeMethod>>;
    /** Keyed `(String,Integer)` or `/2`. */
    readonly constructors?: Readonly<Record<string, NativeConstructor>>;
    readonly staticProperties?: Readonly<Record<string, NativeStaticProperty>>;
    readonly properties?: Readonly<Record<string, NativeProperty>>;
    /** Signatures the platform has and the table lacks, in Apex: `Boolean equals(Object other)`. */
    readonly extraSignatures?: readonly string[];
    /** Keys of members that compile and only say, when they run, that they are not implemented. */
    readonly refused?: ReadonlySet<string>;
    /** Test of `value instanceof ThisClass`, for values that are not a NativeObject. */
    readonly isInstance?: (value: unknown) => boolean;
}

// Arguments arrive converted to the parameter types of the signature; null arrives as null. A value of an Apex type has
// the representation listed in values/index.ts; collections are ApexList, ApexSet and ApexMap (library/collections),
// enum values EnumValue, and other platform objects extend NativeObject (both in runtime/).
/* eslint-disable @typescript-eslint/no-explicit-any -- natives take the values of the signature they are keyed by */
export type NativeStatic = (rt: Runtime, ...args: any[]) => unknown;
export type NativeMethod = (rt: Runtime, self: any, ...args: any[]) => unknown;
/** `type` is the constructed type with its type arguments, for `new List<Account>()`. */
export type NativeConstructor = (rt: Runtime, type: ApexType, ...args: any[]) => unknown;
export interface NativeStaticProperty {
    readonly get?: (rt: Runtime) => unknown;
    readonly set?: (rt: Runtime, value: any) => void;
}
export interface NativeProperty {
    readonly get?: (rt: Runtime, self: any) => unknown;
    readonly set?: (rt: Runtime, self: any, value: any) => void;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** Declares a platform class; the one way to do so, so that the list of classes can be collected. */
export function nativeClass(definition: NativeClass): NativeClass {
    return definition;
}
