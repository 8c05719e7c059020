import { setFlagsFromString, getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ApexTransaction } from './apex-transaction.ts';

/** Loop turns and calls between two looks at the clock: few when turns are slow, many when they are fast. */
const FEWEST_TURNS = 1;
const MOST_TURNS = 10_000;
const FIRST_TURNS = 16;

/** Milliseconds that should pass between two looks. */
const QUICK = 1;
const SLOW = 5;

/** Bytes of JavaScript's heap for a byte of Apex's: a value takes more room here, and the engine's own are among them. */
const HEAP_RATIO = 16;

/** Stops a transaction that runs away: looks at its CPU time and heap now and then. */
export class Governor {
    #turns = FIRST_TURNS;
    #lookedAt = performance.now();
    readonly #heapAtStart = getHeapStatistics().used_heap_size;
    /** Use of the heap from which on garbage is collected to see what is really in use. */
    #heapToCollect = 0;

    /** Turns until the next look. */
    get turns(): number {
        return this.#turns;
    }

    /** Text of the LimitException that is due; undefined when all is well. */
    look(tx: ApexTransaction): string | undefined {
        const now = performance.now();
        const passed = now - this.#lookedAt;
        this.#lookedAt = now;
        if (passed > SLOW) this.#turns = Math.max(FEWEST_TURNS, this.#turns >> 3);
        if (passed < QUICK) this.#turns = Math.min(MOST_TURNS, this.#turns << 1);
        tx.limits.cpuTime = tx.cpuMilliseconds();
        if (tx.limits.cpuTime > tx.maximum.cpuTime) return 'Apex CPU time limit exceeded';
        return this.#lookAtHeap(tx);
    }

    #lookAtHeap(tx: ApexTransaction): string | undefined {
        const allowed = tx.maximum.heapSize * HEAP_RATIO;
        const used = getHeapStatistics().used_heap_size;
        if (used < Math.max(this.#heapToCollect, this.#heapAtStart + allowed)) return undefined;
        collectGarbage();
        const inUse = getHeapStatistics().used_heap_size;
        this.#heapToCollect = inUse + allowed;
        tx.limits.heapSize = Math.max(0, Math.floor((inUse - this.#heapAtStart) / HEAP_RATIO));
        return tx.limits.heapSize <= tx.maximum.heapSize ? undefined : heapMessage(tx.limits.heapSize);
    }
}

function heapMessage(bytes: number): string {
    return `Apex heap size too large: ${bytes}`;
}

let collector: (() => void) | undefined;

function collectGarbage(): void {
    if (collector === undefined) {
        setFlagsFromString('--expose-gc');
        collector = runInNewContext('gc') as () => void;
        setFlagsFromString('--no-expose-gc');
    }
    collector();
}

/** Matching was given up: the expression goes back over the text too often (Apex Developer Guide, Using Regular Expressions). */
export class RegexTooComplicated extends Error {
    constructor() {
        super('Regex too complicated');
    }
}

/**
 * Text of the LimitException that stands for a fault of the JavaScript engine: it ran out of stack, or a text, list or
 * number outgrew what it can hold. Undefined for every other error.
 */
export function limitBehind(error: unknown, tx: ApexTransaction): string | undefined {
    if (error instanceof RegexTooComplicated) return error.message;
    if (!(error instanceof RangeError)) return undefined;
    if (error.message === 'Maximum call stack size exceeded') return 'Maximum stack depth reached: 1001';
    const isTooLarge =
        /^(?:Invalid (?:string|array|typed array) length|.*(?:allocation failed|BigInt.* size exceeded))/;
    return isTooLarge.test(error.message) ? heapMessage(tx.maximum.heapSize + 1) : undefined;
}
