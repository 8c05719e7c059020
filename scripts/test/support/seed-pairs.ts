import { withSeeds } from './examination.ts';
import type { LinkedPair } from './linked-pair.ts';
import type { Seed } from './seed.ts';

export type SeedPair = readonly [first: Seed, second: Seed];

/** With BRIDGE_ALL_PAIRS every pair is planted; without, every so many-th. */
export const ALL_PAIRS = process.env['BRIDGE_ALL_PAIRS'] !== undefined;

/**
 * Pairs in the order of planting. Not what changes the same place. What mends everything when it is put back is planted
 * first, so that it goes last; what shuts an org is planted last.
 */
export function pairsOf(seeds: readonly Seed[]): SeedPair[] {
    const rank = ({ mendsAll, shuts }: Seed): number => (mendsAll === true ? 0 : shuts === true ? 2 : 1);
    const ordered = seeds.toSorted((left, right) => rank(left) - rank(right));
    return ordered.flatMap((first, index) =>
        ordered
            .slice(index + 1)
            .filter((second) => canMeet(first, second))
            .map((second): SeedPair => [first, second])
    );
}

export function canMeet(left: Seed, right: Seed): boolean {
    return !left.touches.some((place) => right.touches.includes(place));
}

/** Pairs that were named wrongly once: every run plants them. */
const PITFALLS: readonly (readonly [one: string, other: string])[] = [
    ['app-blocked', 'assertions-out-of-time'],
    ['connected-app-blocked', 'redirect-mismatch'],
    ['external-credential-missing', 'provider-key-wrong'],
    ['principal-missing', 'provider-key-wrong'],
    ['run-as-unknown', 'source-request-limit']
];

/** Which of the pairs a run plants: all, or every `step`-th and the pitfalls. */
export function chosenPairs(pairs: readonly SeedPair[], step: number): SeedPair[] {
    return pairs.filter((pair, index) => ALL_PAIRS || index % step === 0 || isPitfall(pair));
}

function isPitfall(pair: SeedPair): boolean {
    const rules = pair.map(({ rule }) => rule);
    return PITFALLS.some((pitfall) => pitfall.every((rule) => rules.includes(rule)));
}

/**
 * Plants the pairs and runs the check with each; what is planted first stays while the second one changes. Answers the pairs
 * that failed, each with its reason.
 */
export async function plantPairs(
    linked: LinkedPair,
    pairs: readonly SeedPair[],
    check: (pair: SeedPair) => Promise<void>
): Promise<string[]> {
    const failures: string[] = [];
    const attempt = async ([first, second]: SeedPair, work: () => Promise<void>): Promise<void> => {
        try {
            await work();
        } catch (cause) {
            failures.push(`${first.rule} + ${second.rule}: ${reasonOf(cause)}`);
        }
    };
    for (const [first, group] of Map.groupBy(pairs, ([seed]) => seed)) {
        for (const pair of group.filter(([, second]) => second.mendsAll === true)) {
            await attempt(pair, () => withSeeds(linked, pair, () => check(pair)));
        }
        const nested = group.filter(([, second]) => second.mendsAll !== true);
        if (nested.length > 0) {
            await withSeeds(linked, [first], async () => {
                for (const pair of nested) {
                    await attempt(pair, () => withSeeds(linked, [pair[1]], () => check(pair)));
                }
            });
        }
    }
    return failures;
}

function reasonOf(thrown: unknown): string {
    if (thrown instanceof SuppressedError) {
        return `${reasonOf(thrown.suppressed)}; and not put back: ${reasonOf(thrown.error)}`;
    }
    const { message, cause } = thrown as Error;
    return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
