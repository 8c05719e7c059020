import { kindsAt, type FaultSettings } from './fault-settings.ts';
import { uniform } from './seeded.ts';
import type { FaultKind, Point } from './fault-kinds.ts';

/** One decision that struck. */
export interface Fault {
    readonly kind: FaultKind;
    /** `source.callout` */
    readonly at: string;
    /** Which call of the point it was, from 1. */
    readonly call: number;
    /** From 0 to 1, for faults that have a size: how late, how far. */
    readonly size: number;
    /** What was struck: method and path, or the object. */
    readonly what: string;
}

/**
 * Decides for each call of a point whether and how it fails. A decision depends on the seed, the point and how many calls
 * the point had, and on nothing else: who makes the same calls in the same order meets the same faults.
 */
export interface FaultPlan {
    readonly settings: FaultSettings;
    /** The fault of the next call of the point; undefined when it goes well. */
    decide(org: string, point: Point, what: string): Fault | undefined;
    /** Calls of all points so far. */
    readonly calls: number;
    /** What struck, oldest first; the newest thousand. */
    readonly struck: readonly Fault[];
}

const REMEMBERED = 1000;

export function createFaultPlan(settings: FaultSettings, onFault?: (fault: Fault) => void): FaultPlan {
    const counts = new Map<string, number>();
    const struck: Fault[] = [];
    let calls = 0;

    function kindOf(org: string, point: Point, at: string, call: number): FaultKind | undefined {
        let rest = uniform(settings.seed, at, call);
        for (const kind of kindsAt(settings, org, point)) {
            rest -= settings.rates[kind] ?? 0;
            if (rest < 0) return kind;
        }
        return undefined;
    }

    return {
        settings,
        decide(org, point, what) {
            const at = `${org}.${point}`;
            const call = (counts.get(at) ?? 0) + 1;
            counts.set(at, call);
            calls += 1;
            const kind = kindOf(org, point, at, call);
            if (kind === undefined) return undefined;
            const fault = { kind, at, call, size: uniform(settings.seed, `${at} size`, call), what };
            struck.push(fault);
            if (struck.length > REMEMBERED) struck.shift();
            onFault?.(fault);
            return fault;
        },
        get calls() {
            return calls;
        },
        struck
    };
}
