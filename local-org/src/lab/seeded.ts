import { createHash } from 'node:crypto';

/** A number from 0 (included) to 1 that depends on nothing but its arguments. */
export function uniform(seed: string, what: string, index: number): number {
    const digest = createHash('sha256')
        .update(JSON.stringify([seed, what, index]))
        .digest();
    return digest.readUIntBE(0, 6) / 2 ** 48;
}
