import type { Schema } from '../../schema/types.ts';
import { platformTypes } from '../../platform/signatures.ts';
import type { ApexSource, CompileOutcome, CompileProblem, CompiledProgram, UnsupportedApex } from '../engine.ts';
import { emitModule, type EmittedModule } from '../emit/emit-module.ts';
import type { BoundClass, BoundStatement } from '../semantics/bound.ts';
import { checkAnnotations } from '../semantics/annotation-rules.ts';
import { bindClass, bindUnitBody } from '../semantics/bind-class.ts';
import { declareTypes } from '../semantics/declare.ts';
import { checkCircular, declareMembers, declareSupertypes } from '../semantics/declare-members.ts';
import { checkModifierRules } from '../semantics/modifier-rules.ts';
import { checkClassRules } from '../semantics/class-rules.ts';
import { diagnostics } from '../semantics/diagnostics.ts';
import type { NativeCatalog } from '../semantics/native-catalog.ts';
import { report } from '../semantics/reporter.ts';
import type { ClassSymbol, Unit } from '../semantics/symbols.ts';
import { checkTrigger } from '../semantics/trigger-rules.ts';
import { World, type OrgNames } from '../semantics/world.ts';
import type { AnonymousUnit, TriggerDeclaration, TypeDeclaration } from '../syntax/ast.ts';
import { isStackOverflow, tooDeep } from '../syntax/nesting.ts';
import { parseAnonymousCached, parseCached } from '../syntax/parse-cache.ts';
import type { Parsed } from '../syntax/parse.ts';
import type { CompileCache, CompiledFile } from './compile-cache.ts';
import { decodeModule, encodeModule } from './module-codec.ts';
import { hostClass, newUnit, syntaxProblem } from './units.ts';

/** One file that compiled. */
export interface CompiledUnit {
    readonly unit: Unit;
    readonly module: EmittedModule;
    readonly trigger: TriggerDeclaration | undefined;
}

export interface ApexProgram extends CompiledProgram {
    readonly world: World;
    readonly units: readonly CompiledUnit[];
}

interface Draft {
    readonly unit: Unit;
    readonly declaration: TypeDeclaration | TriggerDeclaration | AnonymousUnit;
}

interface BoundUnit extends Draft {
    readonly bound: BoundClass;
    /** Body of a trigger or of anonymous code. */
    readonly statement: BoundStatement | undefined;
}

/** What code can name besides itself and the platform. */
export interface CompileContext {
    readonly schema: Schema;
    readonly natives: NativeCatalog;
    readonly names: OrgNames;
    readonly unsupported?: UnsupportedApex | undefined;
    /** Results to use again, and a text that changes with schema and labels. */
    readonly cache?: { readonly results: CompileCache; readonly schemaKey: string } | undefined;
}

/** A file on its way through the compiler. */
interface Job {
    readonly source: ApexSource;
    readonly unit: Unit;
    /** Under which its result is kept; undefined without a cache. */
    readonly key: string | undefined;
    /** Its result, when nothing that it was made from has changed. */
    readonly known: CompiledFile | undefined;
}

/** Compiles files together. A file with problems, and each that depends on it, is left out; the rest is the program. */
export function compileProgram(
    sources: readonly ApexSource[],
    { schema, natives, names, unsupported, cache }: CompileContext
): CompileOutcome & { readonly program: ApexProgram } {
    const world = new World(platformTypes(), schema, natives, names, unsupported);
    const keys = cache?.results.keysOf(sources, cache.schemaKey);
    const jobs = sources.map((source, index): Job => {
        const key = keys?.[index];
        return { source, unit: newUnit(source), key, known: key === undefined ? undefined : cache?.results.read(key) };
    });
    const units = jobs.map(({ unit }) => unit);
    units.forEach((unit) => world.addUnit(unit));
    const drafts = jobs.flatMap(({ source, unit, known }) =>
        known?.parses === false ? [] : draft(unit, parseSource(source))
    );
    declareDrafts(world, drafts);
    const fresh = jobs.filter(({ known }) => known === undefined).map(({ unit }) => unit);
    const bound = bindDrafts(
        world,
        drafts.filter(({ unit }) => fresh.includes(unit))
    );
    jobs.forEach(({ unit, known }) => known !== undefined && recall(unit, known));
    const own = new Map(fresh.map((unit) => [unit, [...unit.problems]]));
    spreadProblems(units);
    const emitted = new Map(
        bound
            .filter(({ unit }) => unit.problems.length === 0)
            .flatMap(emitUnlessTooDeep)
            .map((compiled) => [compiled.unit, compiled])
    );
    for (const { unit, key } of jobs) {
        const problems = own.get(unit);
        if (key !== undefined && problems !== undefined && !isTooDeep(unit)) {
            cache?.results.write(key, resultOf(unit, problems, emitted.get(unit)));
        }
    }
    const triggers = new Map(drafts.map(({ unit, declaration }) => [unit, triggerOf(declaration)]));
    const good = jobs.flatMap(({ unit, known }): CompiledUnit[] => {
        const compiled = emitted.get(unit);
        if (compiled !== undefined) return [compiled];
        if (known?.module === undefined || unit.problems.length > 0) return [];
        return [{ unit, module: decodeModule(known.module, world), trigger: triggers.get(unit) }];
    });
    return {
        problems: units.flatMap(({ problems }) => problems),
        unsupported: units.flatMap((unit) => (unit.problems.length === 0 ? unit.unsupported : [])),
        program: { names: good.map(({ unit }) => unit.name), world, units: good },
        compiled: fresh.map(({ name }) => name)
    };
}

/** Puts a unit in the state that compiling it had left it in. */
function recall(unit: Unit, { problems, unsupported, dependencies }: CompiledFile): void {
    unit.problems.splice(0, unit.problems.length, ...problems);
    unit.unsupported.splice(0, unit.unsupported.length, ...unsupported);
    unit.dependencies.clear();
    dependencies.forEach(([key, line, column]) => unit.dependencies.set(key, { line, column }));
}

function resultOf(unit: Unit, problems: readonly CompileProblem[], compiled: CompiledUnit | undefined): CompiledFile {
    return {
        parses: unit.root !== undefined,
        problems,
        unsupported: unit.unsupported,
        dependencies: [...unit.dependencies].map(([key, { line, column }]) => [key, line, column]),
        ...(compiled !== undefined && { module: encodeModule(compiled.module) })
    };
}

/** How deep code may nest depends on how much stack is left, which is no property of the code. */
function isTooDeep(unit: Unit): boolean {
    return unit.problems.some(({ message }) => message === tooDeep(1, 1).message);
}

/** Compiles anonymous code against a program; the world is given back as it was by `release`. */
export function compileAnonymous(
    world: World,
    code: string,
    apiVersion: number
): { readonly problems: readonly CompileProblem[]; readonly compiled: CompiledUnit | undefined; release(): void } {
    const unit = newUnit({ kind: 'anonymous', name: 'AnonymousBlock', fileName: 'AnonymousBlock', apiVersion });
    const drafts = draft(unit, parseAnonymousCached(code));
    declareDrafts(world, drafts);
    const [bound] = bindDrafts(world, drafts);
    if (unit.problems.length === 0) reportBrokenDependency(unit, (key) => world.unit(key));
    const { problems } = unit;
    const [compiled] = bound === undefined || problems.length > 0 ? [] : emitUnlessTooDeep(bound);
    return {
        problems,
        compiled,
        release: () => world.removeUnit(unit)
    };
}

function parseSource(source: ApexSource): Parsed<Draft['declaration']> {
    return parseCached(source.kind, source.body);
}

function draft(unit: Unit, parsed: Parsed<Draft['declaration']>): Draft[] {
    if (parsed.ok) return [{ unit, declaration: parsed.unit }];
    const [first] = parsed.problems;
    if (first !== undefined) unit.problems.push(syntaxProblem(unit, first));
    return [];
}

/** Gives every type its symbol, and every symbol its members. */
function declareDrafts(world: World, drafts: readonly Draft[]): void {
    for (const { unit, declaration } of drafts) {
        declareTypes(world, unit, typeOf(declaration));
        if (declaration.kind === 'trigger') checkTrigger(world, unit, declaration);
    }
    const roots = rootsOf(drafts);
    roots.forEach((root) => declareSupertypes(world, root));
    checkCircular(world, roots);
    roots.forEach((root) => declareMembers(world, root));
}

function rootsOf(drafts: readonly Draft[]): ClassSymbol[] {
    return drafts.flatMap(({ unit }) => (unit.root === undefined ? [] : [unit.root]));
}

/** Checks declarations and binds bodies. */
function bindDrafts(world: World, drafts: readonly Draft[]): BoundUnit[] {
    const roots = rootsOf(drafts);
    roots.forEach((root) => checkClassRules(world, root));
    roots.forEach((root) => checkModifierRules(world, root));
    roots.forEach((root) => checkAnnotations(world, root));
    return drafts.flatMap((one) => unlessTooDeep(one.unit, () => bindDraft(world, one)) ?? []);
}

function typeOf(declaration: Draft['declaration']): TypeDeclaration {
    switch (declaration.kind) {
        case 'trigger':
            return hostClass(declaration.name, declaration.members, declaration.body);
        case 'anonymous':
            return hostClass('AnonymousBlock', declaration.members, declaration.body);
        default:
            return declaration;
    }
}

function bindDraft(world: World, { unit, declaration }: Draft): BoundUnit[] {
    const { root } = unit;
    if (root === undefined) return [];
    const bound = bindClass(world, root);
    const body = declaration.kind === 'trigger' || declaration.kind === 'anonymous' ? declaration.body : undefined;
    const statement = body === undefined ? undefined : bindUnitBody(world, root, body);
    return [{ unit, declaration, bound, statement }];
}

function emitUnlessTooDeep(bound: BoundUnit): CompiledUnit[] {
    const compiled = unlessTooDeep(bound.unit, () => emitUnit(bound));
    return compiled === undefined ? [] : [compiled];
}

function unlessTooDeep<T>(unit: Unit, work: () => T): T | undefined {
    try {
        return work();
    } catch (error) {
        if (!isStackOverflow(error)) throw error;
        unit.problems.push(syntaxProblem(unit, tooDeep(1, 1)));
        return undefined;
    }
}

function triggerOf(declaration: Draft['declaration']): TriggerDeclaration | undefined {
    return declaration.kind === 'trigger' ? declaration : undefined;
}

/** Code of a unit that has no problems, and names none that has: what it names is known then. */
function emitUnit({ unit, declaration, bound, statement }: BoundUnit): CompiledUnit {
    const trigger = triggerOf(declaration);
    const where = trigger === undefined ? 'AnonymousBlock' : `Trigger.${trigger.name}`;
    const body = statement === undefined ? undefined : { symbol: bound.symbol, statement, where };
    return { unit, module: emitModule(bound, body), trigger };
}

/** A file that names one with problems has one too, at the place where it names it. */
function spreadProblems(units: readonly Unit[]): void {
    const byKey = new Map(units.filter(({ kind }) => kind === 'class').map((unit) => [unit.key, unit]));
    let isSettled = false;
    while (!isSettled) {
        isSettled = true;
        for (const unit of units.filter(({ problems }) => problems.length === 0)) {
            if (reportBrokenDependency(unit, (key) => byKey.get(key))) isSettled = false;
        }
    }
}

/** Reports the first class a unit names that has problems; false when there is none. */
function reportBrokenDependency(unit: Unit, find: (key: string) => Unit | undefined): boolean {
    for (const [key, at] of unit.dependencies) {
        const [reason] = find(key)?.problems ?? [];
        if (reason === undefined) continue;
        report(unit, at, diagnostics.dependentInvalid(reason.name, rootCause(reason.message)));
        return true;
    }
    return false;
}

/** Of a chain of dependent classes the last reason is told. */
function rootCause(message: string): string {
    const mark = ' : ';
    return message.startsWith('Dependent class is invalid')
        ? message.slice(message.indexOf(mark) + mark.length)
        : message;
}
