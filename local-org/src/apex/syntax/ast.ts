import type { Expression } from './ast-expressions.ts';

export type * from './ast-expressions.ts';

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
    /** The name as it is written. */
    readonly spelling: string;
    /** Lower-case parameter names to literal values; a lone value is under the empty name. */
    readonly values: Readonly<Record<string, AnnotationValue>>;
    /** The parameters as they are written; the name of a lone value is empty. */
    readonly properties: readonly AnnotationProperty[];
    /** The first comma between parameters: the parser of the platform takes none. */
    readonly comma: Node | undefined;
}

export type AnnotationValue = string | number | boolean | null;

export interface AnnotationProperty extends Node {
    readonly name: string;
    readonly value: AnnotationValue;
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
    readonly modifiers: Modifiers;
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
    readonly modifiers: Modifiers;
    readonly type: TypeRef;
    readonly variables: readonly VariableDeclarator[];
}

export interface ExpressionStatement extends Node {
    readonly kind: 'expression';
    readonly value: Expression;
}
