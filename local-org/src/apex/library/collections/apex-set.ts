import type { Runtime } from '../../runtime/runtime.ts';
import type { ApexType } from '../../types/types.ts';
import { GuardedIterator } from './apex-list.ts';
import { KeyIndex } from './key-index.ts';

/** An Apex Set in insertion order. `for (x of set)` is the for-each statement. */
export class ApexSet {
    readonly elementType: ApexType;
    /** For-each loops that run over the set now. */
    iterations = 0;
    readonly #values = new Map<unknown, unknown>();
    readonly #index = new KeyIndex();

    constructor(elementType: ApexType) {
        this.elementType = elementType;
    }

    static of(rt: Runtime, elementType: ApexType, values: Iterable<unknown>): ApexSet {
        const set = new ApexSet(elementType);
        for (const value of values) {
            set.add(rt, value);
        }
        return set;
    }

    get size(): number {
        return this.#values.size;
    }

    /** True when the value was not there. */
    add(rt: Runtime, value: unknown): boolean {
        const slot = this.#index.findOrAdd(rt, value);
        if (this.#values.has(slot)) {
            return false;
        }
        this.#values.set(slot, value);
        return true;
    }

    has(rt: Runtime, value: unknown): boolean {
        const slot = this.#index.find(rt, value);
        return slot !== undefined && this.#values.has(slot);
    }

    /** True when the value was there. */
    delete(rt: Runtime, value: unknown): boolean {
        const slot = this.#index.find(rt, value);
        if (slot === undefined || !this.#values.delete(slot)) {
            return false;
        }
        this.#index.remove(rt, value, slot);
        return true;
    }

    clear(): void {
        this.#values.clear();
        this.#index.clear();
    }

    /** The elements without the guard of for-each. */
    values(): IterableIterator<unknown> {
        return this.#values.values();
    }

    [Symbol.iterator](): IterableIterator<unknown> {
        return new GuardedIterator(this, this.#values.values());
    }
}
