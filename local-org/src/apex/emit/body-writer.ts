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
        const all = this.hasLoops ? ['$t = R.ticksPerLook', ...names] : names;
        return all.length === 0 ? '' : `let ${all.join(', ')};\n`;
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
