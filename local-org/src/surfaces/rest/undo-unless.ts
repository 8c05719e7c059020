import type { Database } from '../../org/database.ts';

class Undo<T> extends Error {
    readonly value: T;

    constructor(value: T) {
        super('undone on purpose');
        this.value = value;
    }
}

/** Runs `work`; what it wrote is undone unless its result is accepted. */
export function undoUnless<T>(
    database: Database,
    work: () => T,
    accepts: (value: T) => boolean
): { readonly value: T; readonly kept: boolean } {
    try {
        const value = database.atomic(() => {
            const result = work();
            if (!accepts(result)) {
                throw new Undo(result);
            }
            return result;
        });
        return { value, kept: true };
    } catch (error) {
        if (error instanceof Undo) {
            return { value: error.value as T, kept: false };
        }
        throw error;
    }
}
