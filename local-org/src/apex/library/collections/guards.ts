import type { Runtime } from '../../runtime/runtime.ts';

/** Refuses structural changes of a collection while a for-each loop runs over it. */
export function guardChange(rt: Runtime, collection: { readonly iterations: number }): void {
    if (collection.iterations !== 0) {
        rt.throwNew('System.FinalException', 'Cannot modify a collection while it is being iterated.');
    }
}
