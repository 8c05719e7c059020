import type {
    Accessor,
    Annotation,
    Block,
    Expression,
    MethodDeclaration,
    Node,
    TypeDeclaration
} from '../syntax/ast.ts';
import type { ApexType, UserType } from '../types/types.ts';
import type { CompileProblem } from '../engine.ts';

/** Declared things of the org's code. Built by `declare`, completed by `declare-members`, read by everything after. */

export type Visibility = 'private' | 'protected' | 'public' | 'global';
export type Sharing = 'with' | 'without' | 'inherited' | 'none';

/** One source file: a top-level type, a trigger or a piece of anonymous code. */
export interface Unit {
    readonly kind: 'class' | 'trigger' | 'anonymous';
    readonly name: string;
    readonly key: string;
    readonly fileName: string;
    readonly apiVersion: number;
    readonly problems: CompileProblem[];
    /** What it uses that the local org lacks, where such code is compiled to throw when it is reached. */
    readonly unsupported: CompileProblem[];
    /** Keys of the units this one names anywhere, with the place of the first mention. */
    readonly dependencies: Map<string, Node>;
    /** Object of a trigger. */
    triggerObject: ApexType | undefined;
    /** The class that holds its code; undefined when the file does not parse. */
    root: ClassSymbol | undefined;
}

export interface ClassSymbol {
    readonly unit: Unit;
    readonly type: UserType;
    readonly name: string;
    readonly key: string;
    readonly kind: 'class' | 'interface' | 'enum';
    readonly declaration: TypeDeclaration;
    readonly outer: ClassSymbol | undefined;
    /** Lower-case simple names. */
    readonly inner: Map<string, ClassSymbol>;
    readonly visibility: Visibility;
    readonly isAbstract: boolean;
    readonly isVirtual: boolean;
    readonly isTest: boolean;
    readonly sharing: Sharing;
    readonly annotations: readonly Annotation[];
    /** A class of the org or a platform exception; undefined for none. */
    superclass: ApexType | undefined;
    interfaces: ApexType[];
    /** Lower-case names; properties are fields with accessors. */
    readonly fields: Map<string, FieldSymbol>;
    readonly methods: Map<string, MethodSymbol[]>;
    readonly constructors: MethodSymbol[];
    /** Field initialisers and initialiser blocks in text order. */
    readonly initializers: InitializerSymbol[];
    readonly enumValues: readonly string[];
    /** Some static field, property or initialiser needs a per-transaction object. */
    hasStaticState: boolean;
}

export interface FieldSymbol {
    readonly owner: ClassSymbol;
    readonly name: string;
    readonly type: ApexType;
    readonly at: Node;
    readonly isStatic: boolean;
    readonly isFinal: boolean;
    readonly isTransient: boolean;
    readonly isWebService: boolean;
    readonly visibility: Visibility;
    readonly annotations: readonly Annotation[];
    readonly property: PropertySymbol | undefined;
    readonly initializer: Expression | undefined;
}

export interface PropertySymbol {
    readonly getter: Accessor | undefined;
    readonly setter: Accessor | undefined;
    readonly getterVisibility: Visibility;
    readonly setterVisibility: Visibility;
    readonly isVirtual: boolean;
    readonly isOverride: boolean;
    readonly isAbstract: boolean;
}

export interface ParameterSymbol {
    readonly name: string;
    readonly type: ApexType;
    readonly at: Node;
}

export interface MethodSymbol {
    readonly owner: ClassSymbol;
    readonly name: string;
    readonly isStatic: boolean;
    readonly isConstructor: boolean;
    readonly visibility: Visibility;
    readonly isAbstract: boolean;
    readonly isVirtual: boolean;
    readonly isOverride: boolean;
    readonly isTest: boolean;
    readonly annotations: readonly Annotation[];
    readonly returns: ApexType;
    readonly parameters: readonly ParameterSymbol[];
    readonly declaration: MethodDeclaration;
}

export interface InitializerSymbol {
    readonly isStatic: boolean;
    /** A field with its initialiser, or a block. */
    readonly field: FieldSymbol | undefined;
    readonly block: Block | undefined;
}

export function annotation(annotations: readonly Annotation[], name: string): Annotation | undefined {
    return annotations.find((candidate) => candidate.name === name);
}

export function outermost(symbol: ClassSymbol): ClassSymbol {
    return symbol.outer === undefined ? symbol : outermost(symbol.outer);
}

/** `void Owner.run(String, Integer)`, as messages name methods; a constructor is `void <init>(String)`. */
export function describeMethod(method: {
    readonly name: string;
    readonly owner: { readonly name: string };
    readonly isConstructor: boolean;
    readonly returns: ApexType;
    readonly parameters: readonly { readonly type: ApexType }[];
}): string {
    const parameters = method.parameters.map((parameter) => parameter.type);
    if (method.isConstructor) return describeCall('void <init>', parameters);
    return `${method.returns.name} ${describeCall(`${method.owner.name}.${method.name}`, parameters)}`;
}

export function describeCall(name: string, args: readonly ApexType[]): string {
    return `${name}(${args.map((arg) => arg.name).join(', ')})`;
}

/** Name under which a method stands in generated code: one per signature, the same for an override. */
export function methodKey(name: string, parameters: readonly { readonly type: ApexType }[]): string {
    const types = parameters.map((parameter) => identifierPart(parameter.type.name));
    return ['m', name.toLowerCase(), String(parameters.length), ...types].join('$');
}

function identifierPart(typeName: string): string {
    let result = '';
    for (const character of typeName.toLowerCase()) {
        const code = character.charCodeAt(0);
        const isWord = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
        result += isWord ? character : '_';
    }
    return result;
}
