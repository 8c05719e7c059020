import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Rows in one block: what is unpacked at a time. */
const BLOCK = 1000;

/** Rows of text that wait to be fetched, packed, so that a job of 100,000 rows holds no 100,000 rows of strings. */
export class PackedRows {
    readonly #blocks: Buffer[] = [];
    #open: (readonly string[])[] = [];

    get count(): number {
        return this.#blocks.length * BLOCK + this.#open.length;
    }

    add(row: readonly string[]): void {
        this.#open.push(row);
        if (this.#open.length === BLOCK) {
            // The fastest level halves the time and packs text nearly as well.
            this.#blocks.push(deflateRawSync(JSON.stringify(this.#open), { level: 1 }));
            this.#open = [];
        }
    }

    /** At most `count` rows from `offset` on, unpacked block by block. */
    *slice(offset: number, count: number): Generator<readonly string[]> {
        const end = Math.min(offset + count, this.count);
        for (let at = offset; at < end;) {
            const block = Math.floor(at / BLOCK);
            const rows = this.#block(block);
            const last = Math.min(end, (block + 1) * BLOCK);
            for (; at < last; at += 1) yield rows[at - block * BLOCK];
        }
    }

    all(): Generator<readonly string[]> {
        return this.slice(0, this.count);
    }

    #block(index: number): readonly (readonly string[])[] {
        return index < this.#blocks.length
            ? (JSON.parse(inflateRawSync(this.#blocks[index]).toString()) as string[][])
            : this.#open;
    }
}
