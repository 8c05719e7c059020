import type { Runtime } from '../../runtime/runtime.ts';
import type { ApexType } from '../../types/types.ts';
import { KeyIndex } from './key-index.ts';

interface Entry {
    readonly key: unknown;
    value: unknown;
}

/** An Apex Map in insertion order of its keys. */
export class ApexMap {
    readonly keyType: ApexType;
    readonly valueType: ApexType;
    readonly #entries = new Map<unknown, Entry>();
    readonly #index = new KeyIndex();

    constructor(keyType: ApexType, valueType: ApexType) {
        this.keyType = keyType;
        this.valueType = valueType;
    }

    /** A map of the same kind, with nothing in it. */
    empty(): ApexMap {
        return new ApexMap(this.keyType, this.valueType);
    }

    get size(): number {
        return this.#entries.size;
    }

    /** null when the key is not there. */
    get(rt: Runtime, key: unknown): unknown {
        return this.#find(rt, key)?.value ?? null;
    }

    has(rt: Runtime, key: unknown): boolean {
        return this.#find(rt, key) !== undefined;
    }

    /** The value that was there, else null. */
    put(rt: Runtime, key: unknown, value: unknown): unknown {
        const slot = this.#index.findOrAdd(rt, key);
        const entry = this.#entries.get(slot);
        if (entry === undefined) {
            this.#entries.set(slot, { key, value });
            return null;
        }
        const previous = entry.value;
        entry.value = value;
        return previous;
    }

    /** The value that was there, else null. */
    remove(rt: Runtime, key: unknown): unknown {
        const slot = this.#index.find(rt, key);
        const entry = slot === undefined ? undefined : this.#entries.get(slot);
        if (entry === undefined) {
            return null;
        }
        this.#entries.delete(slot);
        this.#index.remove(rt, key, slot);
        return entry.value;
    }

    clear(): void {
        this.#entries.clear();
        this.#index.clear();
    }

    entries(): IterableIterator<{ readonly key: unknown; readonly value: unknown }> {
        return this.#entries.values();
    }

    keys(): unknown[] {
        return Array.from(this.#entries.values(), (entry) => entry.key);
    }

    values(): unknown[] {
        return Array.from(this.#entries.values(), (entry) => entry.value);
    }

    #find(rt: Runtime, key: unknown): Entry | undefined {
        const slot = this.#index.find(rt, key);
        return slot === undefined ? undefined : this.#entries.get(slot);
    }
}
