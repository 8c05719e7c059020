import type { ApexType } from '../../types/types.ts';

/** An Apex List or array. Generated code and natives work on `items` directly where nothing can fail. */
export class ApexList {
    readonly elementType: ApexType;
    items: unknown[];
    /** Structural changes so far: a for-each loop that goes on after one is a System.FinalException. */
    changes = 0;

    constructor(elementType: ApexType, items: unknown[] = []) {
        this.elementType = elementType;
        this.items = items;
    }

    get size(): number {
        return this.items.length;
    }

    [Symbol.iterator](): IterableIterator<unknown> {
        return this.items[Symbol.iterator]();
    }
}

interface Guarded {
    iterations: number;
}

/** Passes on the values of an iterator and marks the collection as being iterated until it ends or is left. */
export class GuardedIterator implements IterableIterator<unknown> {
    readonly #collection: Guarded;
    readonly #values: Iterator<unknown>;
    #open = true;

    constructor(collection: Guarded, values: Iterator<unknown>) {
        this.#collection = collection;
        this.#values = values;
        collection.iterations++;
    }

    next(): IteratorResult<unknown> {
        const result = this.#values.next();
        if (result.done === true) {
            this.#close();
        }
        return result;
    }

    return(): IteratorResult<unknown> {
        this.#close();
        return { done: true, value: undefined };
    }

    [Symbol.iterator](): IterableIterator<unknown> {
        return this;
    }

    #close(): void {
        if (this.#open) {
            this.#open = false;
            this.#collection.iterations--;
        }
    }
}
