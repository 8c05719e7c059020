import type { ApexType } from '../types/types.ts';
import type { Conversion } from './conversions.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from './symbols.ts';

/**
 * The typed tree: every name resolved, every overload chosen, every conversion a node of its own. What the emitter needs
 * to know is said here; it looks nothing up.
 */
export interface Local {
    readonly name: string;
    readonly type: ApexType;
    /** Unique within its method; 0 for the first of a name. */
    readonly id: number;
    /** Everything ever assigned to it; undefined stands for a value that is not known: a parameter, a loop variable. */
    readonly values: (BoundExpression | undefined)[];
}

export type BoundExpression =
    | { readonly kind: 'error'; readonly type: ApexType; readonly line: number }
    /** Throws the message; of the type that the member it stands for has. */
    | { readonly kind: 'unsupported'; readonly message: string; readonly type: ApexType; readonly line: number }
    | ConstantExpression
    | { readonly kind: 'local'; readonly local: Local; readonly type: ApexType; readonly line: number }
    | {
          readonly kind: 'this';
          readonly type: ApexType;
          readonly line: number;
          /** The source names a member of the object without `this`. */
          readonly isImplied?: boolean;
      }
    | FieldExpression
    | PropertyExpression
    | {
          readonly kind: 'enumValue';
          readonly owner: ClassSymbol;
          readonly ordinal: number;
          readonly type: ApexType;
          readonly line: number;
      }
    | { readonly kind: 'platformEnum'; readonly name: string; readonly type: ApexType; readonly line: number }
    | SObjectFieldExpression
    | NativePropertyExpression
    | UserCallExpression
    | NativeCallExpression
    | UniversalCallExpression
    | EnumMethodExpression
    | NewUserExpression
    | NewNativeExpression
    | NewExceptionExpression
    | NewSObjectExpression
    | NewListExpression
    | NewMapExpression
    | IndexExpression
    | ArithmeticExpression
    | ConcatenationExpression
    | ComparisonExpression
    | EqualityExpression
    | {
          readonly kind: 'logical';
          readonly operator: '&&' | '||';
          readonly left: BoundExpression;
          readonly right: BoundExpression;
          readonly type: ApexType;
          readonly line: number;
      }
    | { readonly kind: 'not'; readonly operand: BoundExpression; readonly type: ApexType; readonly line: number }
    | BitwiseExpression
    | {
          readonly kind: 'negate' | 'complement';
          readonly operand: BoundExpression;
          readonly type: ApexType;
          readonly line: number;
      }
    | {
          readonly kind: 'conditional';
          readonly condition: BoundExpression;
          readonly then: BoundExpression;
          readonly otherwise: BoundExpression;
          readonly type: ApexType;
          readonly line: number;
      }
    | {
          readonly kind: 'coalesce';
          readonly left: BoundExpression;
          readonly right: BoundExpression;
          readonly type: ApexType;
          readonly line: number;
      }
    | {
          readonly kind: 'assign';
          readonly target: BoundTarget;
          readonly value: BoundExpression;
          readonly type: ApexType;
          readonly line: number;
      }
    | CompoundExpression
    | OldValueExpression
    | {
          readonly kind: 'convert';
          readonly conversion: Conversion;
          readonly value: BoundExpression;
          readonly type: ApexType;
          readonly line: number;
      }
    | { readonly kind: 'cast'; readonly value: BoundExpression; readonly type: ApexType; readonly line: number }
    | {
          readonly kind: 'instanceOf';
          readonly value: BoundExpression;
          readonly tested: ApexType;
          readonly type: ApexType;
          readonly line: number;
      }
    | SafeExpression
    | { readonly kind: 'safeReceiver'; readonly type: ApexType; readonly line: number }
    | QueryExpression
    | { readonly kind: 'label'; readonly name: string; readonly type: ApexType; readonly line: number }
    /** One row of a list of rows, with the platform's complaints about none and many. */
    | { readonly kind: 'rowOfQuery'; readonly value: BoundExpression; readonly type: ApexType; readonly line: number }
    | { readonly kind: 'typeLiteral'; readonly named: ApexType; readonly type: ApexType; readonly line: number }
    | { readonly kind: 'objectToken'; readonly object: string; readonly type: ApexType; readonly line: number }
    | {
          readonly kind: 'fieldToken';
          readonly object: string;
          readonly field: string;
          readonly type: ApexType;
          readonly line: number;
      };

export interface ConstantExpression {
    readonly kind: 'constant';
    /** Digits for numbers, characters for strings, `true`, empty for null. */
    readonly text: string;
    readonly type: ApexType;
    readonly line: number;
}

/** A field's storage: of an object, of the class (target undefined), or the backing field inside an accessor. */
export interface FieldExpression {
    readonly kind: 'field';
    readonly target: BoundExpression | undefined;
    readonly field: FieldSymbol;
    readonly type: ApexType;
    readonly line: number;
}

/** A property with an accessor body of its own, or one that may be overridden. */
export interface PropertyExpression {
    readonly kind: 'property';
    readonly target: BoundExpression | undefined;
    readonly field: FieldSymbol;
    readonly viaSuper: boolean;
    readonly type: ApexType;
    readonly line: number;
}

export interface SObjectFieldExpression {
    readonly kind: 'sobjectField';
    readonly target: BoundExpression;
    readonly role: 'field' | 'parent' | 'children';
    /** In the schema's spelling. */
    readonly name: string;
    readonly type: ApexType;
    readonly line: number;
}

export interface NativePropertyExpression {
    readonly kind: 'nativeProperty';
    readonly target: BoundExpression | undefined;
    readonly className: string;
    readonly key: string;
    readonly type: ApexType;
    readonly line: number;
}

export interface UserCallExpression {
    readonly kind: 'userCall';
    /** A `future` call is put off until the transaction has ended. */
    readonly dispatch: 'static' | 'virtual' | 'super' | 'future';
    readonly target: BoundExpression | undefined;
    readonly method: MethodSymbol;
    readonly args: readonly BoundExpression[];
    readonly type: ApexType;
    readonly line: number;
}

export interface NativeCallExpression {
    readonly kind: 'nativeCall';
    /** On an interface the object's own class decides. */
    readonly dispatch: 'class' | 'interface';
    readonly target: BoundExpression | undefined;
    readonly className: string;
    /** Key of the implementation; undefined for a call on an interface, which any class may answer. */
    readonly key: string | undefined;
    readonly name: string;
    readonly args: readonly BoundExpression[];
    /** What the text of a dynamic query may name. */
    readonly variables?: readonly NamedVariable[] | undefined;
    readonly type: ApexType;
    readonly line: number;
}

/** A variable by its lower-case name. */
export interface NamedVariable {
    readonly name: string;
    readonly value: BoundExpression;
}

/** `equals`, `hashCode`, `toString` of any value, `clone` of an object of the org's classes. */
export interface UniversalCallExpression {
    readonly kind: 'universalCall';
    readonly name: 'equals' | 'hashCode' | 'toString' | 'clone';
    readonly target: BoundExpression;
    readonly args: readonly BoundExpression[];
    readonly type: ApexType;
    readonly line: number;
}

export interface EnumMethodExpression {
    readonly kind: 'enumMethod';
    readonly method: 'values' | 'valueOf' | 'name' | 'ordinal';
    readonly enumType: ApexType;
    readonly target: BoundExpression | undefined;
    readonly args: readonly BoundExpression[];
    readonly type: ApexType;
    readonly line: number;
}

export interface NewUserExpression {
    readonly kind: 'newUser';
    readonly symbol: ClassSymbol;
    /** undefined for the constructor that every class without one has. */
    readonly constructor_: MethodSymbol | undefined;
    readonly args: readonly BoundExpression[];
    readonly isException: boolean;
    readonly type: ApexType;
    readonly line: number;
}

export interface NewNativeExpression {
    readonly kind: 'newNative';
    readonly className: string;
    readonly key: string;
    readonly args: readonly BoundExpression[];
    /** The place where it is created belongs to it. */
    readonly isException: boolean;
    readonly type: ApexType;
    readonly line: number;
}

/** An exception of the org, through the constructors that every exception has. */
export interface NewExceptionExpression {
    readonly kind: 'newException';
    readonly symbol: ClassSymbol;
    readonly message: BoundExpression | undefined;
    readonly cause: BoundExpression | undefined;
    readonly type: ApexType;
    readonly line: number;
}

export interface NewSObjectExpression {
    readonly kind: 'newSObject';
    readonly fields: readonly {
        readonly role: 'field' | 'parent';
        readonly name: string;
        readonly value: BoundExpression;
    }[];
    readonly type: ApexType;
    readonly line: number;
}

export interface NewListExpression {
    readonly kind: 'newList' | 'newSet';
    readonly values: readonly BoundExpression[];
    /** `new String[3]`: so many nulls. */
    readonly size: BoundExpression | undefined;
    readonly type: ApexType;
    readonly line: number;
}

export interface NewMapExpression {
    readonly kind: 'newMap';
    readonly entries: readonly { readonly key: BoundExpression; readonly value: BoundExpression }[];
    readonly type: ApexType;
    readonly line: number;
}

export interface IndexExpression {
    readonly kind: 'index';
    readonly target: BoundExpression;
    readonly index: BoundExpression;
    readonly type: ApexType;
    readonly line: number;
}

export type ArithmeticDomain = 'integer' | 'long' | 'double' | 'decimal' | 'date' | 'datetime' | 'time';

/** Both operands are of the domain; for dates and times the right one is a number of days or milliseconds. */
export interface ArithmeticExpression {
    readonly kind: 'arithmetic';
    readonly operator: '+' | '-' | '*' | '/';
    readonly domain: ArithmeticDomain;
    readonly left: BoundExpression;
    readonly right: BoundExpression;
    readonly type: ApexType;
    readonly line: number;
}

export interface ConcatenationExpression {
    readonly kind: 'concatenation';
    readonly parts: readonly BoundExpression[];
    readonly type: ApexType;
    readonly line: number;
}

export interface ComparisonExpression {
    readonly kind: 'comparison';
    readonly operator: '<' | '>' | '<=' | '>=';
    readonly domain: 'number' | 'value' | 'string';
    readonly left: BoundExpression;
    readonly right: BoundExpression;
    readonly type: ApexType;
    readonly line: number;
}

/** `primitive` compares with JavaScript's `===`, `string` ignores case, `value` asks the runtime, `exact` is `===`. */
export interface EqualityExpression {
    readonly kind: 'equality';
    readonly negated: boolean;
    readonly domain: 'primitive' | 'string' | 'value' | 'exact';
    readonly left: BoundExpression;
    readonly right: BoundExpression;
    readonly type: ApexType;
    readonly line: number;
}

export interface BitwiseExpression {
    readonly kind: 'bitwise';
    readonly operator: '&' | '|' | '^' | '<<' | '>>' | '>>>';
    readonly domain: 'boolean' | 'integer' | 'long';
    readonly left: BoundExpression;
    readonly right: BoundExpression;
    readonly type: ApexType;
    readonly line: number;
}

export type BoundTarget = Extract<
    BoundExpression,
    { kind: 'local' | 'field' | 'property' | 'sobjectField' | 'nativeProperty' | 'index' | 'error' }
>;

/** What the target of a compound assignment held before. */
export interface OldValueExpression {
    readonly kind: 'oldValue';
    readonly target: BoundTarget;
    readonly type: ApexType;
    readonly line: number;
}

/** `target = value` where `value` holds one `oldValue`; the target's own parts are evaluated once. */
export interface CompoundExpression {
    readonly kind: 'compound';
    readonly target: BoundTarget;
    readonly value: BoundExpression;
    /** `i++`: the old value is the result. */
    readonly givesOld: boolean;
    readonly type: ApexType;
    readonly line: number;
}

/** `receiver?.access`: null when the receiver is; `access` holds one `safeReceiver`. */
export interface SafeExpression {
    readonly kind: 'safe';
    readonly receiver: BoundExpression;
    readonly access: BoundExpression;
    readonly type: ApexType;
    readonly line: number;
}

export interface QueryExpression {
    readonly kind: 'query';
    readonly text: string;
    readonly binds: readonly BoundExpression[];
    /** What the place wants: rows, one row (or null for none, behind `?.`), or the number of `SELECT COUNT()`. */
    readonly shape: 'list' | 'single' | 'singleOrNull' | 'count';
    /** `WITH USER_MODE` and the like say it in the text; undefined leaves it to the running code. */
    readonly mode: 'user' | 'system' | undefined;
    readonly type: ApexType;
    readonly line: number;
}
