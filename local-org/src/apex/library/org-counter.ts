import type { Org } from '../../org/org.ts';

/** Counts from 1 in each org. */
export function orgCounter(): (org: Org) => number {
    const counts = new WeakMap<Org, number>();
    return (org) => {
        const next = (counts.get(org) ?? 0) + 1;
        counts.set(org, next);
        return next;
    };
}
