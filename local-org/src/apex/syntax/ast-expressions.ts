import type { Node, TypeRef } from './ast.ts';

/** Expressions of the syntax tree; see ast.ts. */
export type Expression =
    | LiteralExpression
    | NameExpression
    | MemberExpression
    | CallExpression
    | MethodCallExpression
    | ConstructorCallExpression
    | IndexExpression
    | NewExpression
    | NewArrayExpression
    | NewCollectionExpression
    | CastExpression
    | UnaryExpression
    | StepExpression
    | BinaryExpression
    | InstanceOfExpression
    | ConditionalExpression
    | AssignExpression
    | SelfExpression
    | ClassLiteralExpression
    | SoqlExpression
    | SoslExpression;

export interface LiteralExpression extends Node {
    readonly kind: 'literal';
    readonly type: 'integer' | 'long' | 'decimal' | 'double' | 'string' | 'boolean' | 'null';
    /** Digits without suffix, the string's characters, `true`; empty for null. */
    readonly text: string;
}

export interface NameExpression extends Node {
    readonly kind: 'name';
    readonly name: string;
}

export interface MemberExpression extends Node {
    readonly kind: 'member';
    readonly target: Expression;
    readonly name: string;
    /** `?.` */
    readonly safe: boolean;
}

/** `run(1)`: a method of this class, its bases or the outer class. */
export interface CallExpression extends Node {
    readonly kind: 'call';
    readonly name: string;
    readonly args: readonly Expression[];
}

export interface MethodCallExpression extends Node {
    readonly kind: 'methodCall';
    readonly target: Expression;
    readonly name: string;
    readonly args: readonly Expression[];
    readonly safe: boolean;
}

/** `this(…)` and `super(…)` as the first statement of a constructor. */
export interface ConstructorCallExpression extends Node {
    readonly kind: 'constructorCall';
    readonly target: 'this' | 'super';
    readonly args: readonly Expression[];
}

export interface IndexExpression extends Node {
    readonly kind: 'index';
    readonly target: Expression;
    readonly index: Expression;
}

/** Arguments of an SObject creation are assignments: `new Account(Name = 'x')`. */
export interface NewExpression extends Node {
    readonly kind: 'new';
    readonly type: TypeRef;
    readonly args: readonly Expression[];
}

/** `new String[3]`, `new String[]{'a'}`. */
export interface NewArrayExpression extends Node {
    readonly kind: 'newArray';
    readonly element: TypeRef;
    readonly size: Expression | undefined;
    readonly values: readonly Expression[] | undefined;
}

/** `new List<String>{'a'}`, `new Set<Id>{}`, `new Map<String, Integer>{'a' => 1}`. */
export interface NewCollectionExpression extends Node {
    readonly kind: 'newCollection';
    readonly type: TypeRef;
    readonly values: readonly Expression[];
    readonly entries: readonly { readonly key: Expression; readonly value: Expression }[] | undefined;
}

export interface CastExpression extends Node {
    readonly kind: 'cast';
    readonly type: TypeRef;
    readonly value: Expression;
}

export interface UnaryExpression extends Node {
    readonly kind: 'unary';
    readonly operator: '+' | '-' | '!' | '~';
    readonly operand: Expression;
}

export interface StepExpression extends Node {
    readonly kind: 'step';
    readonly operator: '++' | '--';
    readonly prefix: boolean;
    readonly operand: Expression;
}

/** `<>` is written `!=`. */
export type BinaryOperator =
    | '*' | '/' | '+' | '-' | '<<' | '>>' | '>>>' | '<' | '>' | '<=' | '>='
    | '==' | '!=' | '===' | '!==' | '&' | '^' | '|' | '&&' | '||' | '??'; // prettier-ignore

export interface BinaryExpression extends Node {
    readonly kind: 'binary';
    readonly operator: BinaryOperator;
    readonly left: Expression;
    readonly right: Expression;
}

export interface InstanceOfExpression extends Node {
    readonly kind: 'instanceOf';
    readonly value: Expression;
    readonly type: TypeRef;
}

export interface ConditionalExpression extends Node {
    readonly kind: 'conditional';
    readonly condition: Expression;
    readonly then: Expression;
    readonly otherwise: Expression;
}

export interface AssignExpression extends Node {
    readonly kind: 'assign';
    /** `=` or the binary operator of `+=`, `>>>=`. */
    readonly operator: '=' | BinaryOperator;
    readonly target: Expression;
    readonly value: Expression;
}

export interface SelfExpression extends Node {
    readonly kind: 'this' | 'super';
}

export interface ClassLiteralExpression extends Node {
    readonly kind: 'classLiteral';
    /** undefined for `void.class`. */
    readonly type: TypeRef | undefined;
}

/** `[SELECT … WHERE Id = :x]`; bind expressions are `:b0`, `:b1` in the text. */
export interface SoqlExpression extends Node {
    readonly kind: 'soql';
    readonly text: string;
    readonly binds: readonly Expression[];
}

export interface SoslExpression extends Node {
    readonly kind: 'sosl';
    readonly text: string;
    readonly binds: readonly Expression[];
}
