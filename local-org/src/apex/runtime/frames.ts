import type { ClassSymbol } from '../semantics/symbols.ts';
import type { StackLine } from './apex-exception.ts';

/** What a frame number stands for. */
export interface Frame {
    /** `Class.Foo.bar`, `Trigger.Foo`, `AnonymousBlock`. */
    readonly where: string;
    readonly owner: ClassSymbol;
}

/** Open calls that Apex allows (Apex Developer Guide, Execution Governors). */
export const MAXIMUM_DEPTH = 1000;

/** Room for transactions that run nested during callouts. */
const CAPACITY = 16 * MAXIMUM_DEPTH;

/**
 * The open calls of the engine, innermost last. Generated code writes the current line of its frame to `lines`; a frame
 * is left by lowering the depth, so what lies above it is garbage.
 */
export class FrameStack {
    readonly lines = new Int32Array(CAPACITY);
    readonly ids = new Int32Array(CAPACITY);
    readonly #frames: Frame[] = [];

    /** Registers frames; their numbers follow each other from the one that is given back. */
    register(frames: readonly Frame[]): number {
        const first = this.#frames.length;
        this.#frames.push(...frames);
        return first;
    }

    frame(id: number): Frame {
        return this.#frames[id];
    }

    /** Open frames between two depths, innermost first. */
    trace(depth: number, base: number): StackLine[] {
        const trace: StackLine[] = [];
        for (let at = depth; at > base; at -= 1) {
            trace.push({ where: this.frame(this.ids[at]).where, line: this.lines[at] });
        }
        return trace;
    }

    /** Owners of the open frames, innermost first. */
    *owners(depth: number, base: number): Generator<ClassSymbol> {
        for (let at = depth; at > base; at -= 1) {
            yield this.frame(this.ids[at]).owner;
        }
    }
}
