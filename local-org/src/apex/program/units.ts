import type { ApexSource, CompileProblem } from '../engine.ts';
import type { AnonymousUnit, Block, Member, TriggerDeclaration, TypeDeclaration } from '../syntax/ast.ts';
import type { Unit } from '../semantics/symbols.ts';
import type { Parsed, SyntaxProblem } from '../syntax/parse.ts';

export type ParsedUnit = Parsed<TypeDeclaration | TriggerDeclaration | AnonymousUnit>;

export function newUnit(source: Omit<ApexSource, 'body' | 'kind'> & { readonly kind: Unit['kind'] }): Unit {
    return {
        kind: source.kind,
        name: source.name,
        key: source.name.toLowerCase(),
        fileName: source.fileName,
        apiVersion: source.apiVersion,
        problems: [],
        unsupported: [],
        dependencies: new Map(),
        triggerObject: undefined,
        root: undefined
    };
}

export function syntaxProblem(unit: Unit, problem: SyntaxProblem): CompileProblem {
    return { kind: unit.kind, name: unit.name, fileName: unit.fileName, ...problem };
}

/** The class that stands for a trigger or for anonymous code: its methods and inner classes are members of it. */
export function hostClass(name: string, members: readonly Member[], body: Block): TypeDeclaration {
    return {
        kind: 'class',
        line: 1,
        column: 1,
        name,
        modifiers: { words: ['public'], annotations: [] },
        extends: undefined,
        interfaces: [],
        members,
        enumValues: [],
        endLine: body.endLine
    };
}
