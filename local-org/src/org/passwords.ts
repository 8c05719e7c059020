import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/** Passwords that were set over the API. Their hashes live in memory only, so that a restart forgets them. */
export interface Passwords {
    set(userId: string, password: string): void;
    /** True for a user without a password: whoever reaches the loopback interface could read the process as well. */
    accepts(userId: string, password: string): boolean;
}

const KEY_BYTES = 32;

export function createPasswords(): Passwords {
    const hashes = new Map<string, { readonly salt: Buffer; readonly hash: Buffer }>();
    return {
        set(userId, password) {
            const salt = randomBytes(16);
            hashes.set(userId, { salt, hash: scryptSync(password, salt, KEY_BYTES) });
        },
        accepts(userId, password) {
            const known = hashes.get(userId);
            return known === undefined || timingSafeEqual(scryptSync(password, known.salt, KEY_BYTES), known.hash);
        }
    };
}
