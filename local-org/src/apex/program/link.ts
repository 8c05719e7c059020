import { compileFunction } from 'node:vm';
import type { ApexDebugging } from '../engine.ts';
import type { ModulePools, NativeRef } from '../emit/module-writer.ts';
import { Decimal, Double } from '../../values/index.ts';
import type { LibraryCatalog } from '../library/catalog.ts';
import { ApexException } from '../runtime/apex-exception.ts';
import type { ApexRuntime } from '../runtime/create-runtime.ts';
import type { LinkedProgram, StaticState } from '../runtime/linked-program.ts';
import { UserObject, type RuntimeClass } from '../runtime/runtime-class.ts';
import * as records from '../runtime/records.ts';
import * as statements from '../runtime/statements.ts';
import * as numbers from '../runtime/support-numbers.ts';
import * as objects from '../runtime/support-objects.ts';
import { isException } from '../semantics/hierarchy.ts';
import type { ClassSymbol } from '../semantics/symbols.ts';
import type { World } from '../semantics/world.ts';
import type { ApexProgram, CompiledUnit } from './compile.ts';
import { debugComments } from './source-map.ts';
import { enumClass, interfaceClass, userClass, type GeneratedClass } from './runtime-classes.ts';

/** The functions that generated code calls, in one object. */
const SUPPORT = { ...numbers, ...objects, ...records, ...statements };

interface InstantiatedModule {
    readonly define: Readonly<Record<string, (base: unknown) => GeneratedClass>>;
    readonly run: (() => void) | undefined;
    bind(classes: readonly unknown[]): void;
}

export interface LinkedUnit {
    readonly compiled: CompiledUnit;
    /** Body of a trigger or of anonymous code. */
    readonly run: (() => void) | undefined;
    /** By line: 1 when it has run since the array was cleared. */
    readonly covered: Uint8Array;
}

/** A program that can run. More units can be linked to it, which is how anonymous code comes in. */
export class Linker implements LinkedProgram {
    readonly world: World;
    readonly classes = new Map<string, RuntimeClass>();
    readonly statics: StaticState[] = [];
    readonly units: LinkedUnit[] = [];
    readonly #runtime: ApexRuntime;
    readonly #debugging: ApexDebugging | undefined;
    readonly #references = new Map<string, unknown>();
    readonly #staticIndexes = new Map<string, number>();

    constructor(program: ApexProgram, runtime: ApexRuntime, debugging?: ApexDebugging) {
        this.world = program.world;
        this.#runtime = runtime;
        this.#debugging = debugging;
        this.units.push(...this.link(program.units));
    }

    /** Links units with each other and with what is linked already. */
    link(units: readonly CompiledUnit[]): LinkedUnit[] {
        const modules = units.map((compiled) => ({ compiled, ...this.#instantiate(compiled) }));
        units.forEach(({ unit }) => unit.root !== undefined && this.#declarePlain(unit.root));
        const pending = modules.flatMap(({ compiled, module }) =>
            compiled.module.classes.map(({ symbol, base }) => ({ symbol, base, module }))
        );
        this.#defineInOrder(pending);
        for (const { compiled, module } of modules) {
            module.bind(compiled.module.pools.classes.map((key) => this.#references.get(key)));
        }
        return modules.map(({ compiled, module, covered }) => ({ compiled, run: module.run, covered }));
    }

    /** Calls a static method by its name in the generated class. */
    callStatic(symbol: ClassSymbol, name: string, args: readonly unknown[]): unknown {
        const generated = this.#references.get(symbol.key) as Record<string, (...values: unknown[]) => unknown>;
        const method = generated[name];
        if (method === undefined) throw new Error(`The generated class of ${symbol.name} lacks ${name}.`);
        return method.apply(generated, [...args]) ?? null;
    }

    /** Takes the classes of a unit out again. */
    unlink({ unit }: CompiledUnit): void {
        const { root } = unit;
        if (root === undefined) return;
        for (const symbol of [root, ...root.inner.values()]) {
            this.classes.delete(symbol.key);
            this.#references.delete(symbol.key);
            this.#staticIndexes.delete(symbol.key);
        }
    }

    /** Interfaces and enums have no generated code. */
    #declarePlain(symbol: ClassSymbol): void {
        if (symbol.kind === 'enum') {
            const runtimeClass = enumClass(symbol);
            this.classes.set(symbol.key, runtimeClass);
            this.#references.set(symbol.key, runtimeClass);
        } else if (symbol.kind === 'interface') {
            this.classes.set(symbol.key, interfaceClass(this.world, symbol));
        }
        symbol.inner.forEach((inner) => this.#declarePlain(inner));
    }

    /** Bases first: a class expression needs what it extends. */
    #defineInOrder(
        pending: readonly {
            readonly symbol: ClassSymbol;
            readonly base: string | undefined;
            readonly module: InstantiatedModule;
        }[]
    ): void {
        const waiting = new Map(pending.map((one) => [one.symbol.key, one]));
        const define = (one: (typeof pending)[number]): void => {
            const { symbol, base, module } = one;
            if (!waiting.delete(symbol.key)) return;
            const needed = base === undefined ? undefined : waiting.get(base);
            if (needed !== undefined) define(needed);
            const generated = module.define[symbol.key]?.(
                base === undefined ? this.#root(symbol) : this.#references.get(base)
            );
            if (generated === undefined) throw new Error(`The module of ${symbol.name} does not define it.`);
            const superclass = base === undefined ? undefined : this.classes.get(base);
            this.classes.set(symbol.key, userClass(this.world, symbol, generated, superclass));
            this.#references.set(symbol.key, generated);
            if (symbol.outer === undefined) this.#addStatics(symbol, generated);
        };
        pending.forEach(define);
    }

    #root(symbol: ClassSymbol): unknown {
        return isException(this.world, symbol.type) ? ApexException : UserObject;
    }

    #addStatics(symbol: ClassSymbol, generated: GeneratedClass): void {
        this.statics[this.#staticIndex(symbol.key)] = {
            allocate: () => generated.$statics(),
            initialize: (state) => generated.$initialize(state)
        };
    }

    #staticIndex(key: string): number {
        let index = this.#staticIndexes.get(key);
        if (index === undefined) {
            index = Math.max(this.statics.length, ...[...this.#staticIndexes.values()].map((used) => used + 1));
            this.#staticIndexes.set(key, index);
            this.statics.length = Math.max(this.statics.length, index + 1);
        }
        return index;
    }

    #instantiate({ unit, module: emitted }: CompiledUnit): {
        readonly module: InstantiatedModule;
        readonly covered: Uint8Array;
    } {
        const { text, pools } = emitted;
        const comments =
            this.#debugging === undefined ? '' : debugComments(emitted, this.#debugging.sourceUrl(unit.fileName));
        // With a buffer of its own its place never changes, which compiled code makes use of; short arrays have none.
        const covered = new Uint8Array(new ArrayBuffer((pools.lines.at(-1) ?? 0) + 1));
        const runtime = this.#runtime;
        const module = evaluate(text + comments)(
            runtime,
            SUPPORT,
            runtime.frames.lines,
            covered,
            runtime.frames.register(pools.frames),
            pools.types,
            pools.natives.map((ref) => nativeFunction(runtime.library, ref)),
            pools.constants.map(constantValue),
            pools.statics.map((key) => this.#staticIndex(key))
        );
        return { module, covered };
    }
}

type ModuleFunction = (...parameters: readonly unknown[]) => InstantiatedModule;

const PARAMETERS = ['R', 'S', 'L', 'c', 'F', 'T', 'N', 'K', 'X'];

/**
 * The text is our own emitter's; Apex source only reaches it as escaped literals and checked identifiers. Unlike
 * `new Function`, this compiles a text that was compiled before anew: functions that share what V8 learns about a text are
 * not optimised for the objects they are bound to.
 */
function evaluate(text: string): ModuleFunction {
    return compileFunction(text, PARAMETERS) as ModuleFunction;
}

function constantValue({ kind, text }: ModulePools['constants'][number]): unknown {
    return kind === 'decimal' ? Decimal.parse(text) : Double.of(Number(text));
}

function nativeFunction(library: LibraryCatalog, { className, part, key }: NativeRef): unknown {
    const native = library.find(className);
    const found = {
        static: native?.statics?.[key],
        method: native?.methods?.[key],
        constructor: native?.constructors?.[key],
        get: native?.properties?.[key]?.get,
        set: native?.properties?.[key]?.set,
        staticGet: native?.staticProperties?.[key]?.get,
        staticSet: native?.staticProperties?.[key]?.set
    }[part];
    if (found === undefined) throw new Error(`The library has no ${part} ${className}.${key}.`);
    return found;
}
