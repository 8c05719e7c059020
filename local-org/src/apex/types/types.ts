/**
 * Apex types as the checker and the runtime both see them. Types are interned: two types are the same exactly when they
 * are the same object, and `name` is their canonical spelling (`List<Account>`, `System.HttpRequest`, `Outer.Inner`).
 */
export type ApexType = PrimitiveType | SObjectTypeRef | PlatformType | UserType;

export type PrimitiveName =
    | 'Boolean'
    | 'Integer'
    | 'Long'
    | 'Double'
    | 'Decimal'
    | 'String'
    | 'Id'
    | 'Date'
    | 'Datetime'
    | 'Time'
    | 'Blob'
    | 'Object'
    | 'void'
    /** The type of the literal `null`. */
    | 'null';

export interface PrimitiveType {
    readonly kind: 'primitive';
    readonly name: PrimitiveName;
}

export interface SObjectTypeRef {
    readonly kind: 'sobject';
    /** `SObject` for the generic type, else the object's API name. */
    readonly name: string;
}

/** A class, interface or enum of the platform, with its type arguments: `List<T>`, `Iterator<T>`, `System.Http`. */
export interface PlatformType {
    readonly kind: 'platform';
    readonly name: string;
    /** Lower-case qualified name without arguments, the key into the signature table: `system.list`. */
    readonly key: string;
    readonly args: readonly ApexType[];
}

/** A class, interface or enum deployed to the org. The program resolves `key` to its symbol and its runtime class. */
export interface UserType {
    readonly kind: 'user';
    readonly name: string;
    /** Lower-case qualified name: `outer.inner`. */
    readonly key: string;
}
