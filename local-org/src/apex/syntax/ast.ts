/**
 * Our own syntax tree of Apex: plain data, so that it can be kept on disk as JSON. Names keep the spelling of the source;
 * lines and columns are 1-based, as the platform reports them.
 */
export interface Node {
    readonly line: number;
    readonly column: number;
}

export interface TypeRef extends Node {
    readonly kind: 'typeRef';
    /** `Map<Id, Account>` is one part with two arguments; `Outer.Inner` is two parts. */
    readonly parts: readonly TypeRefPart[];
    /** `String[][]` has 2. */
    readonly arrayDepth: number;
}

export interface TypeRefPart {
    readonly name: string;
    readonly args: readonly TypeRef[];
}

// Declarations

export interface Modifiers {
    /** Lower case: `public`, `static`, `with sharing`, `testmethod`. */
    readonly words: readonly string[];
    readonly annotations: readonly Annotation[];
}

export interface Annotation extends Node {
    /** Lower case, without `@`. */
    readonly name: string;
    /** Lower-case parameter names to literal values; a lone value is under the empty name. */
    readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

export interface TypeDeclaration extends Node {
    readonly kind: 'class' | 'interface' | 'enum';
    readonly name: string;
    readonly modifiers: Modifiers;
    readonly extends: TypeRef | undefined;
    /** Of a class what it implements, of an interface what it extends. */
    readonly interfaces: readonly TypeRef[];
    readonly members: readonly Member[];
    readonly enumValues: readonly Identifier[];
    readonly endLine: number;
}

export interface Identifier extends Node {
    readonly name: string;
}

export type Member =
    MethodDeclaration | FieldDeclaration | PropertyDeclaration | InitializerDeclaration | NestedDeclaration;

export interface NestedDeclaration extends Node {
    readonly kind: 'nested';
    readonly declaration: TypeDeclaration;
}

export interface MethodDeclaration extends Node {
    readonly kind: 'method' | 'constructor';
    readonly name: string;
    readonly modifiers: Modifiers;
    /** undefined for `void` and for constructors. */
    readonly returns: TypeRef | undefined;
    readonly parameters: readonly Parameter[];
    readonly body: Block | undefined;
}

export interface Parameter extends Node {
    readonly name: string;
    readonly type: TypeRef;
    readonly isFinal: boolean;
}

export interface FieldDeclaration extends Node {
    readonly kind: 'field';
    readonly modifiers: Modifiers;
    readonly type: TypeRef;
    readonly variables: readonly VariableDeclarator[];
}

export interface VariableDeclarator extends Node {
    readonly name: string;
    readonly initializer: Expression | undefined;
}

export interface PropertyDeclaration extends Node {
    readonly kind: 'property';
    readonly name: string;
    readonly modifiers: Modifiers;
    readonly type: TypeRef;
    readonly getter: Accessor | undefined;
    readonly setter: Accessor | undefined;
}

export interface Accessor extends Node {
    readonly modifiers: Modifiers;
    /** undefined for `get;` and `set;`. */
    readonly body: Block | undefined;
}

export interface InitializerDeclaration extends Node {
    readonly kind: 'initializer';
    readonly isStatic: boolean;
    readonly body: Block;
}

export interface TriggerDeclaration extends Node {
    readonly kind: 'trigger';
    readonly name: string;
    readonly object: string;
    readonly objectAt: Node;
    /** `before insert`, `after undelete`. */
    readonly events: readonly string[];
    readonly members: readonly Member[];
    readonly body: Block;
}

/** Code of executeAnonymous: statements, with the methods and classes declared among them. */
export interface AnonymousUnit extends Node {
    readonly kind: 'anonymous';
    readonly members: readonly Member[];
    readonly body: Block;
}

export type CompilationUnit = TypeDeclaration | TriggerDeclaration | AnonymousUnit;

// Statements

export interface Block extends Node {
    readonly kind: 'block';
    readonly statements: readonly Statement[];
    readonly endLine: number;
    readonly endColumn: number;
}

export type Statement =
    | Block
    | IfStatement
    | SwitchStatement
    | ForStatement
    | ForEachStatement
    | WhileStatement
    | TryStatement
    | ReturnStatement
    | ThrowStatement
    | JumpStatement
    | DmlStatement
    | MergeStatement
    | RunAsStatement
    | LocalStatement
    | ExpressionStatement;

export interface IfStatement extends Node {
    readonly kind: 'if';
    readonly condition: Expression;
    readonly then: Statement;
    readonly otherwise: Statement | undefined;
}

export interface SwitchStatement extends Node {
    readonly kind: 'switch';
    readonly value: Expression;
    readonly branches: readonly SwitchBranch[];
}

export interface SwitchBranch extends Node {
    readonly when:
        'else' | { readonly values: readonly Expression[] } | { readonly type: TypeRef; readonly name: string };
    readonly body: Block;
}

export interface ForStatement extends Node {
    readonly kind: 'for';
    readonly init: LocalStatement | undefined;
    readonly initExpressions: readonly Expression[];
    readonly condition: Expression | undefined;
    readonly update: readonly Expression[];
    readonly body: Statement | undefined;
}

export interface ForEachStatement extends Node {
    readonly kind: 'forEach';
    readonly type: TypeRef;
    readonly name: string;
    readonly nameAt: Node;
    readonly iterable: Expression;
    readonly body: Statement | undefined;
}

export interface WhileStatement extends Node {
    readonly kind: 'while' | 'doWhile';
    readonly condition: Expression;
    readonly body: Statement | undefined;
}

export interface TryStatement extends Node {
    readonly kind: 'try';
    readonly body: Block;
    readonly catches: readonly CatchClause[];
    readonly finally: Block | undefined;
}

export interface CatchClause extends Node {
    readonly type: TypeRef;
    readonly name: string;
    readonly body: Block;
}

export interface ReturnStatement extends Node {
    readonly kind: 'return';
    readonly value: Expression | undefined;
}

export interface ThrowStatement extends Node {
    readonly kind: 'throw';
    readonly value: Expression;
}

export interface JumpStatement extends Node {
    readonly kind: 'break' | 'continue';
}

export interface DmlStatement extends Node {
    readonly kind: 'dml';
    readonly operation: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';
    readonly value: Expression;
    readonly access: 'user' | 'system' | undefined;
    /** `upsert records Key__c` and `upsert records Account.Key__c`. */
    readonly externalId: readonly Identifier[] | undefined;
}

export interface MergeStatement extends Node {
    readonly kind: 'merge';
    readonly master: Expression;
    readonly duplicates: Expression;
    readonly access: 'user' | 'system' | undefined;
}

export interface RunAsStatement extends Node {
    readonly kind: 'runAs';
    readonly args: readonly Expression[];
    readonly body: Block;
}

export interface LocalStatement extends Node {
    readonly kind: 'local';
    readonly isFinal: boolean;
    readonly type: TypeRef;
    readonly variables: readonly VariableDeclarator[];
}

export interface ExpressionStatement extends Node {
    readonly kind: 'expression';
    readonly value: Expression;
}

// Expressions

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
