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
    /** Line that the frame shows all through the loop that is being written; 0 when there is none. */
    #standing = 0;
    /** Lines that the innermost loop notes in its frame. */
    #notes = new Set<number>();
    #loops = 0;
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
        const all = this.hasLoops ? ['$t = R.ticksPerLook | 0', '$s = 0', ...names] : names;
        return all.length === 0 ? '' : `let ${all.join(', ')};\n`;
    }

    /** What runs where a value is null that may not be. */
    nullPointer(): string {
        return this.leafFrame === undefined ? 'R.nullPointer()' : `R.nullPointerIn(${this.leafFrame}, ${this.line})`;
    }

    /** Shows a line in the frame, before what follows; nothing when the loop around does so for all its turns. */
    note(line: number, end: ', ' | '; '): string {
        this.#notes.add(line);
        return line === this.#standing ? '' : `${NOTE}${line}${end}`;
    }

    /** Whether a text shows lines in the frame. */
    isMoving(text: string): boolean {
        return text.includes(NOTE);
    }

    /**
     * A loop. When there is one line only that it shows in the frame and no loop in it, the line is shown once before the
     * first turn: then it is written a second time without.
     */
    loop(write: () => string): string {
        const outer = { notes: this.#notes, loops: this.#loops, line: this.line, temporaries: this.#temporaries };
        this.#notes = new Set();
        let text = write();
        const [line, ...others] = this.#notes;
        if (line !== undefined && others.length === 0 && this.#loops === outer.loops) {
            this.line = outer.line;
            this.#temporaries = outer.temporaries;
            this.#standing = line;
            text = `${NOTE}${line};\n${write()}`;
            this.#standing = 0;
        }
        this.#notes = new Set([...outer.notes, ...this.#notes]);
        this.#loops = outer.loops + 1;
        return text;
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

/** What shows a line in the frame starts like this. */
const NOTE = 'L[$d] = ';

function within<T>(stack: string[], text: string, work: () => T): T {
    stack.push(text);
    try {
        return work();
    } finally {
        stack.pop();
    }
}
