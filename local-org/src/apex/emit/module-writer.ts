import type { ClassSymbol } from '../semantics/symbols.ts';
import { outermost } from '../semantics/symbols.ts';
import type { ApexType } from '../types/types.ts';
import { positionMark } from './positions.ts';

/** A function of the library that a module calls. */
export interface NativeRef {
    readonly className: string;
    readonly part: 'static' | 'method' | 'constructor' | 'get' | 'set' | 'staticGet' | 'staticSet';
    readonly key: string;
}

/** What a stack frame is: what it prints as and whose sharing rules it runs under. */
export interface FrameInfo {
    readonly where: string;
    readonly owner: ClassSymbol;
}

/** A number that is no JavaScript number. */
export interface PooledConstant {
    readonly kind: 'decimal' | 'double';
    readonly text: string;
}

/** What the text of a module refers to by index; the linker supplies it. */
export interface ModulePools {
    readonly types: readonly ApexType[];
    readonly natives: readonly NativeRef[];
    readonly constants: readonly PooledConstant[];
    /** Classes of the program by key, other modules' included. */
    readonly classes: readonly string[];
    readonly frames: readonly FrameInfo[];
    /** Outer classes whose static state the module reaches. */
    readonly statics: readonly string[];
    /** Executable lines. */
    readonly lines: readonly number[];
}

/** Collects what the text of one module needs. */
export class ModuleWriter {
    readonly #types = new Pool<ApexType>();
    readonly #natives = new Map<string, { readonly index: number; readonly ref: NativeRef }>();
    readonly #constants = new Map<string, { readonly index: number; readonly constant: PooledConstant }>();
    readonly #classes = new Pool<string>();
    readonly #statics = new Pool<string>();
    readonly #frames: FrameInfo[] = [];
    readonly #lines = new Set<number>();

    type(type: ApexType): string {
        return `T${this.#types.index(type)}`;
    }

    native(className: string, part: NativeRef['part'], key: string): string {
        const id = `${className} ${part} ${key}`;
        let entry = this.#natives.get(id);
        if (entry === undefined) {
            entry = { index: this.#natives.size, ref: { className, part, key } };
            this.#natives.set(id, entry);
        }
        return `N${entry.index}`;
    }

    constant(kind: PooledConstant['kind'], text: string): string {
        const id = `${kind} ${text}`;
        let entry = this.#constants.get(id);
        if (entry === undefined) {
            entry = { index: this.#constants.size, constant: { kind, text } };
            this.#constants.set(id, entry);
        }
        return `K${entry.index}`;
    }

    class(symbol: ClassSymbol): string {
        return `C${this.#classes.index(symbol.key)}`;
    }

    /** The object that holds the static fields of a class in this transaction. */
    statics(owner: ClassSymbol): string {
        const index = this.#statics.index(outermost(owner).key);
        return `(R.statics[X${index}] ?? R.initialize(X${index}))`;
    }

    frame(info: FrameInfo): string {
        this.#frames.push(info);
        return `(F + ${this.#frames.length - 1})`;
    }

    /** Notes in the text that what follows stands on a line of the source; see `withoutPositions`. */
    position(line: number, name?: string): string {
        return positionMark(line, name);
    }

    line(line: number): void {
        this.#lines.add(line);
    }

    pools(): ModulePools {
        return {
            types: this.#types.values(),
            natives: [...this.#natives.values()].map(({ ref }) => ref),
            constants: [...this.#constants.values()].map(({ constant }) => constant),
            classes: this.#classes.values(),
            frames: this.#frames,
            statics: this.#statics.values(),
            lines: [...this.#lines].sort((left, right) => left - right)
        };
    }
}

class Pool<T> {
    readonly #indexes = new Map<T, number>();

    index(value: T): number {
        let index = this.#indexes.get(value);
        if (index === undefined) {
            index = this.#indexes.size;
            this.#indexes.set(value, index);
        }
        return index;
    }

    values(): T[] {
        return [...this.#indexes.keys()];
    }
}
