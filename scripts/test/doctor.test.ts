import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/facts.ts';
import { mend } from '../doctor/mend.ts';
import { RULES } from '../doctor/rules.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { seedsFor, SEEDS, type Seed } from './support/doctor-seeds.ts';
import { assertNamed, assertPair, examine, withSeeds } from './support/examination.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { canMeet, chosenPairs, pairsOf, plantPairs } from './support/seed-pairs.ts';

/** Every how many-th pair of causes a run plants. */
const PAIR_STEP = 11;

const OWN_SEEDS = seedsFor(linkPlan());

let linked: LinkedPair;

before(async () => {
    linked = await startLinkedPair({ allowNewConnectedApps: true });
});

after(() => linked?.pair.stop());

describe('bridge doctor', () => {
    test('finds nothing in a healthy link', async () => {
        assert.deepEqual(await examine(linked), []);
    });

    test('has at least 35 causes, each with a seed', () => {
        const seeded = new Set(SEEDS.map(({ rule }) => rule));
        assert.deepEqual(
            RULES.filter(({ id }) => !seeded.has(id)).map(({ id }) => id),
            []
        );
        assert.ok(seeded.size >= 35, `${seeded.size} causes`);
    });

    for (const seed of OWN_SEEDS) {
        test(`names ${seed.rule}, with evidence`, () =>
            withSeeds(linked, [seed], async () => assertNamed(await examine(linked), seed)));
    }

    test('is healthy again after all of that', async () => {
        assert.deepEqual(await examine(linked), []);
    });

    test('names both of two causes, or the one that hides the other', async (context) => {
        const pairs = pairsOf(OWN_SEEDS);
        const chosen = chosenPairs(pairs, PAIR_STEP);
        const failures = await plantPairs(linked, chosen, async (pair) =>
            assertPair(await examine(linked), pair, linked.plan)
        );
        assert.deepEqual(failures, []);
        context.diagnostic(`${chosen.length} of ${pairs.length} pairs of causes planted, all named`);
    });
});

/** As few groups as change nothing twice; what is put back by setting up again is by itself. */
function groupsOf(seeds: readonly Seed[]): Seed[][] {
    const groups: Seed[][] = [];
    for (const seed of seeds) {
        const group = groups.find((members) =>
            members.every((member) => member.mendsAll !== true && seed.mendsAll !== true && canMeet(member, seed))
        );
        if (group === undefined) {
            groups.push([seed]);
        } else {
            group.push(seed);
        }
    }
    return groups;
}

describe('bridge doctor --fix', () => {
    const fixable = OWN_SEEDS.filter(({ rule }) => RULES.find(({ id }) => id === rule)?.remedy !== undefined);

    for (const group of groupsOf(fixable)) {
        test(`mends ${group.map(({ rule }) => rule).join(', ')}`, async () => {
            await withSeeds(linked, group, async () => {
                const facts = await gatherFacts(linked.orgs, linked.plan);
                const found = diagnose(facts);
                assert.notDeepEqual(found, []);
                assert.deepEqual(await mend(facts, found, linked.steps), []);
            });
        });
    }

    test('leaves alone what somebody may have done on purpose', () => {
        for (const id of ['app-blocked', 'run-as-inactive', 'ip-restricted', 'target-request-limit']) {
            assert.equal(RULES.find((rule) => rule.id === id)?.remedy, undefined, id);
        }
    });
});
