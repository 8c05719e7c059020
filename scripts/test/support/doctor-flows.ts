import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { RULES } from '../../doctor/rules.ts';
import type { AppKind } from '../../lib/config.ts';
import { linkPlan, type LinkFlags, type LinkPlan } from '../../lib/link-plan.ts';
import { seedsFor, type Seed } from './doctor-seeds.ts';
import { assertNamed, assertPair, examine, withSeeds } from './examination.ts';
import { startLinkedPair, type LinkedPair } from './linked-pair.ts';
import { forgetApp } from './seed.ts';
import { ALL_PAIRS, chosenPairs, pairsOf, plantPairs } from './seed-pairs.ts';

/** Every way to link two orgs, as in the matrix of links. */
const WAYS = [
    ['client-credentials', 'auth-provider', 'named'],
    ['jwt-bearer', 'auth-provider', 'named'],
    ['jwt-bearer', 'auth-provider', 'per-user'],
    ['browser', 'auth-provider', 'named'],
    ['browser', 'auth-provider', 'per-user'],
    ['browser', 'external', 'named'],
    ['browser', 'external', 'per-user']
] as const;

/** Every how many-th pair of causes a run plants. */
const PAIR_STEP = 160;

/**
 * The doctor on links by one kind of app. Causes of the way itself are planted in each; those that every link can have in
 * one of the ways each, in all with BRIDGE_ALL_PAIRS.
 */
export function describeDoctor(app: AppKind, ways: readonly (typeof WAYS)[number][]): void {
    void describe(`bridge doctor, ${app}`, () => {
        let linked: LinkedPair;

        before(async () => {
            const [first] = ways;
            linked = await startLinkedPair({ allowNewConnectedApps: true }, flagsOf(app, first));
        });

        after(() => linked?.pair.stop());

        for (const [number, way] of ways.entries()) {
            const plan = linkPlan(flagsOf(app, way));
            const seeds = seedsFor(plan);

            void describe(nameOf(plan), () => {
                before(async () => {
                    if (number > 0) {
                        await forgetApp(linked);
                        await linked.setUp(plan);
                    }
                });

                void test('finds nothing in a healthy link', async () => {
                    assert.deepEqual(await examine(linked), []);
                });

                for (const seed of seeds.filter(
                    (candidate) => ALL_PAIRS || isDue(candidate, seeds, number, ways.length)
                )) {
                    void test(`names ${seed.rule}`, () =>
                        withSeeds(linked, [seed], async () => assertNamed(await examine(linked), seed)));
                }

                void test('names both of two causes, or the one that hides the other', async (context) => {
                    const pairs = pairsOf(seeds);
                    const chosen = chosenPairs(pairs, PAIR_STEP);
                    const failures = await plantPairs(linked, chosen, async (pair) =>
                        assertPair(await examine(linked), pair, linked.plan)
                    );
                    assert.deepEqual(failures, []);
                    context.diagnostic(`${chosen.length} of ${pairs.length} pairs of causes planted, all named`);
                });
            });
        }
    });
}

export const ALL_WAYS = WAYS;

function flagsOf(app: AppKind, [flow, identityProvider, principal]: (typeof WAYS)[number]): LinkFlags {
    return { app, flow, identityProvider, principal };
}

/** What is about a flow or a kind of app is due in each way, the rest in turn. */
function isDue({ rule, links }: Seed, seeds: readonly Seed[], number: number, ways: number): boolean {
    const { flows, apps } = RULES.find(({ id }) => id === rule) ?? {};
    const isGeneral = flows === undefined && apps === undefined && links === undefined;
    return !isGeneral || seeds.findIndex((seed) => seed.rule === rule) % ways === number;
}

function nameOf({ flow, identityProvider, principal }: LinkPlan): string {
    return [flow, ...(flow === 'browser' ? [identityProvider] : []), principal].join(', ');
}
