import type { Runtime } from '../../runtime/runtime.ts';

/**
 * Finds the slot that a key has in a Map or Set. Values with a primitive hash key use it. The others (SObjects,
 * collections, objects with their own `equals` and `hashCode`) go by hash code and equality to the first equal value
 * that was stored, which then stands for all of them.
 */
export class KeyIndex {
    #byHash: Map<number, unknown[]> | undefined;

    /** The slot of an equal key that is stored, else undefined for a key without a primitive hash key. */
    find(rt: Runtime, key: unknown): unknown {
        const slot = rt.hashKey(key);
        if (slot !== undefined || this.#byHash === undefined) {
            return slot;
        }
        return this.#byHash.get(rt.hashCode(key))?.find((stored) => rt.equals(stored, key));
    }

    findOrAdd(rt: Runtime, key: unknown): unknown {
        const slot = rt.hashKey(key);
        if (slot !== undefined) {
            return slot;
        }
        const hash = rt.hashCode(key);
        this.#byHash ??= new Map();
        const bucket = this.#byHash.get(hash);
        if (bucket === undefined) {
            this.#byHash.set(hash, [key]);
            return key;
        }
        const stored = bucket.find((candidate) => rt.equals(candidate, key));
        if (stored === undefined) {
            bucket.push(key);
        }
        return stored ?? key;
    }

    /** Forgets a slot that `find` gave. */
    remove(rt: Runtime, key: unknown, slot: unknown): void {
        const bucket = this.#byHash?.get(rt.hashCode(key));
        const position = bucket?.indexOf(slot) ?? -1;
        if (position >= 0) {
            bucket?.splice(position, 1);
        }
    }

    clear(): void {
        this.#byHash = undefined;
    }
}
