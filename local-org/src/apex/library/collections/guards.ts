import type { Runtime } from '../../runtime/runtime.ts';

/** Refuses structural changes of a set while a for-each loop runs over it. */
export function guardChange(rt: Runtime, collection: { readonly iterations: number }): void {
    if (collection.iterations !== 0) changedInLoop(rt);
}

export function changedInLoop(rt: Runtime): never {
    return rt.throwNew('System.FinalException', 'Cannot modify a collection while it is being iterated.');
}
