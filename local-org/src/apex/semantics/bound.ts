import type { ApexType } from '../types/types.ts';
import type { BoundExpression, Local, NewExceptionExpression } from './bound-expressions.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from './symbols.ts';

export type * from './bound-expressions.ts';

/** Statements, members and classes of the typed tree; expressions are next door. */
export type BoundStatement =
    | { readonly kind: 'block'; readonly statements: readonly BoundStatement[]; readonly line: number }
    | { readonly kind: 'expression'; readonly value: BoundExpression; readonly line: number }
    | {
          readonly kind: 'local';
          readonly local: Local;
          readonly value: BoundExpression | undefined;
          readonly line: number;
      }
    | {
          readonly kind: 'if';
          readonly condition: BoundExpression;
          readonly then: BoundStatement;
          readonly otherwise: BoundStatement | undefined;
          readonly line: number;
      }
    | {
          readonly kind: 'while' | 'doWhile';
          readonly condition: BoundExpression;
          readonly body: BoundStatement;
          readonly line: number;
      }
    | {
          readonly kind: 'for';
          readonly init: readonly BoundStatement[];
          readonly condition: BoundExpression | undefined;
          readonly update: readonly BoundExpression[];
          readonly body: BoundStatement;
          readonly line: number;
      }
    | BoundForEach
    | {
          readonly kind: 'switch';
          readonly value: BoundExpression;
          readonly branches: readonly BoundBranch[];
          readonly line: number;
      }
    | { readonly kind: 'return'; readonly value: BoundExpression | undefined; readonly line: number }
    | { readonly kind: 'throw'; readonly value: BoundExpression; readonly line: number }
    | { readonly kind: 'break' | 'continue'; readonly line: number }
    | BoundTry
    | BoundDml
    | BoundMerge
    | { readonly kind: 'runAs'; readonly user: BoundExpression; readonly body: BoundStatement; readonly line: number }
    | {
          readonly kind: 'constructorCall';
          /** Class whose constructor this stands in. */
          readonly self: ClassSymbol;
          /** Class whose constructor is called; undefined for none of the org. */
          readonly owner: ClassSymbol | undefined;
          readonly constructor_: MethodSymbol | undefined;
          readonly exceptionArgs: NewExceptionExpression | undefined;
          readonly isThis: boolean;
          readonly args: readonly BoundExpression[];
          readonly line: number;
      };

export interface BoundForEach {
    readonly kind: 'forEach';
    readonly local: Local;
    readonly iterable: BoundExpression;
    /**
     * Lists and sets are JavaScript iterables, and a `copy` of a set is what it holds when the loop begins; others answer
     * `iterator()`; `batches` hands out lists of 200 rows.
     */
    readonly source: 'collection' | 'copy' | 'iterable' | 'iterator' | 'batches';
    /** Conversion of an element to the variable, as a `safeReceiver` in an expression. */
    readonly element: BoundExpression;
    readonly body: BoundStatement;
    readonly line: number;
}

export type BoundBranch = {
    readonly when:
        | { readonly kind: 'else' }
        | { readonly kind: 'values'; readonly values: readonly BoundExpression[] }
        | { readonly kind: 'type'; readonly type: ApexType; readonly local: Local };
    readonly body: BoundStatement;
    readonly line: number;
};

export interface BoundTry {
    readonly kind: 'try';
    readonly body: BoundStatement;
    readonly catches: readonly {
        readonly type: ApexType;
        readonly local: Local;
        readonly body: BoundStatement;
        readonly line: number;
    }[];
    readonly finally: BoundStatement | undefined;
    readonly line: number;
}

export interface BoundDml {
    readonly kind: 'dml';
    readonly operation: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';
    readonly value: BoundExpression;
    readonly mode: 'user' | 'system' | undefined;
    readonly externalIdField: string | undefined;
    readonly line: number;
}

export interface BoundMerge {
    readonly kind: 'merge';
    readonly master: BoundExpression;
    readonly duplicates: BoundExpression;
    readonly mode: 'user' | 'system' | undefined;
    readonly line: number;
}

export interface BoundMethod {
    readonly method: MethodSymbol;
    readonly parameters: readonly Local[];
    readonly body: BoundStatement | undefined;
}

export interface BoundAccessor {
    readonly field: FieldSymbol;
    readonly kind: 'get' | 'set';
    readonly value: Local | undefined;
    /** undefined for `get;` and `set;`. */
    readonly body: BoundStatement | undefined;
}

export interface BoundInitializer {
    readonly isStatic: boolean;
    readonly field: FieldSymbol | undefined;
    readonly value: BoundExpression | undefined;
    readonly block: BoundStatement | undefined;
    readonly line: number;
}

export interface BoundClass {
    readonly symbol: ClassSymbol;
    /** Class of the org it extends. */
    readonly base: ClassSymbol | undefined;
    readonly isException: boolean;
    readonly methods: readonly BoundMethod[];
    readonly constructors: readonly BoundMethod[];
    readonly accessors: readonly BoundAccessor[];
    /** Methods of interfaces that another method of the class stands for. */
    readonly stoodFor: readonly { readonly wanted: MethodSymbol; readonly method: MethodSymbol }[];
    readonly initializers: readonly BoundInitializer[];
    readonly inner: readonly BoundClass[];
}
