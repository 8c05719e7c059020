import type { ModuleWriter } from './module-writer.ts';

/** State of one generated function: its temporaries, and what stands for the placeholders of the tree. */
export class BodyWriter {
    readonly module: ModuleWriter;
    /** What `return;` gives back: an object from its constructor, the value from a setter. */
    readonly emptyReturn: 'return;' | 'return this;' | 'return arguments[0];';
    /** Text of the innermost `safeReceiver` and `oldValue`. */
    readonly receivers: string[] = [];
    readonly oldValues: string[] = [];
    /** Line of the statement that is being written. */
    line = 0;
    /** A loop counts its turns. */
    hasLoops = false;
    /** Number of the frame of a function that opens none: it calls nothing, so only a null can end it early. */
    leafFrame: string | undefined;
    /** Line that the frame shows for certain where the text is being written; 0 when that depends. */
    noted = 0;
    /** Lines that are marked on every way to where the text is being written. */
    #covered: Set<number> = new Set();
    #temporaries = 0;

    constructor(module: ModuleWriter, emptyReturn: BodyWriter['emptyReturn'] = 'return;') {
        this.module = module;
        this.emptyReturn = emptyReturn;
    }

    /** A variable of the function, for a value that is used twice. */
    temporary(): string {
        this.#temporaries += 1;
        return `$${this.#temporaries}`;
    }

    /** Declaration of the temporaries, to stand at the start of the function. */
    declarations(): string {
        const names = Array.from({ length: this.#temporaries }, (_, index) => `$${index + 1}`);
        const all = this.hasLoops ? ['$t = R.ticksPerLook', '$s = 0', ...names] : names;
        return all.length === 0 ? '' : `let ${all.join(', ')};\n`;
    }

    /** What runs where a value is null that may not be. */
    nullPointer(): string {
        return this.leafFrame === undefined ? 'R.nullPointer()' : `R.nullPointerIn(${this.leafFrame}, ${this.line})`;
    }

    /** Marks a line as covered; nothing when that is done on every way to here. */
    mark(line: number): string {
        if (this.#covered.has(line)) return '';
        this.#covered.add(line);
        return `c[${line}] = 1; `;
    }

    isMarked(line: number): boolean {
        return this.#covered.has(line);
    }

    /** Writes code that does not run every time, or not once: what it notes and marks holds within it only. */
    branch<T>(work: () => T, marked: readonly number[] = []): T {
        const outer = this.#covered;
        this.#covered = new Set([...outer, ...marked]);
        try {
            return work();
        } finally {
            this.#covered = outer;
            this.noted = 0;
        }
    }

    withReceiver<T>(text: string, work: () => T): T {
        return within(this.receivers, text, work);
    }

    withOldValue<T>(text: string, work: () => T): T {
        return within(this.oldValues, text, work);
    }
}

function within<T>(stack: string[], text: string, work: () => T): T {
    stack.push(text);
    try {
        return work();
    } finally {
        stack.pop();
    }
}
