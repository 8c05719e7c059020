/** Numbers that follow from a seed alone (mulberry32). */
export class Random {
    #state: number;

    constructor(seed: number) {
        this.#state = seed >>> 0;
    }

    /** From 0 (included) to 1. */
    next(): number {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = this.#state;
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    }

    /** From 0 to `limit - 1`. */
    below(limit: number): number {
        return Math.floor(this.next() * limit);
    }

    pick<T>(items: readonly T[]): T {
        return items[this.below(items.length)];
    }

    chance(probability: number): boolean {
        return this.next() < probability;
    }
}
