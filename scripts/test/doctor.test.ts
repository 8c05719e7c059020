import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/facts.ts';
import { mend } from '../doctor/mend.ts';
import { RULES } from '../doctor/rules.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { seedsFor, SEEDS, type Seed } from './support/doctor-seeds.ts';
import { assertNamed, assertPair, examine, named, withSeeds } from './support/examination.ts';
import { refusingRetrieves } from './support/faults.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { canMeet, chosenPairs, pairsOf, plantPairs } from './support/seed-pairs.ts';

/** Rules that no seed plants, each with its reason. */
const UNSEEDED: Readonly<Record<string, string>> = {
    'app-kind-differs': 'it takes a plan that does not fit the link; see below',
    'connected-app-blocked': 'a connected app is blocked in Setup only; see below',
    'source-metadata-unreadable': 'it takes an org that refuses every retrieve; see below',
    'target-metadata-unreadable': 'it takes an org that refuses every retrieve; see below'
};

/** Every how many-th pair of causes a run plants. */
const PAIR_STEP = 11;

const OWN_SEEDS = seedsFor(linkPlan());

let linked: LinkedPair;

before(async () => {
    linked = await startLinkedPair();
});

after(() => linked?.pair.stop());

describe('bridge doctor', () => {
    test('finds nothing in a healthy link', async () => {
        assert.deepEqual(await examine(linked), []);
    });

    test('has at least 35 causes, each with a seed', () => {
        const seeded = new Set(SEEDS.map(({ rule }) => rule));
        const missing = RULES.filter(({ id }) => !seeded.has(id) && UNSEEDED[id] === undefined).map(({ id }) => id);
        assert.deepEqual(missing, []);
        assert.ok(seeded.size >= 35, `${seeded.size} causes`);
    });

    for (const seed of OWN_SEEDS) {
        test(`names ${seed.rule}, with evidence`, () =>
            withSeeds(linked, [seed], async () => assertNamed(await examine(linked), seed)));
    }

    test('names an app of the other kind', async () => {
        const findings = await examine({ ...linked, plan: linkPlan({ app: 'connected-app' }) });
        assert.deepEqual(
            findings.map(({ rule }) => rule),
            ['app-kind-differs']
        );
    });

    test('tells a blocked connected app by what the target org answers', async () => {
        const rule = RULES.find(({ id }) => id === 'connected-app-blocked') ?? assert.fail();
        const facts = await gatherFacts(linked.orgs, linked.plan);
        assert.equal(rule.find(facts), undefined);
        const refresh =
            'Unable to fetch the OAuth token. Error: app_blocked. Error description: this app is blocked by admin.';
        assert.equal(rule.find({ ...facts, refresh }), refresh);
        const authorize = 'OAUTH_APP_BLOCKED: this app is blocked by admin';
        const login = { ...facts.source.login, authorize };
        assert.equal(rule.find({ ...facts, source: { ...facts.source, login } }), authorize);
    });

    for (const role of ['source', 'target'] as const) {
        test(`says that the ${role} org does not show its metadata, and takes nothing for missing`, async () => {
            const orgs = { ...linked.orgs, [role]: refusingRetrieves(linked.orgs[role]) };
            const findings = await examine({ ...linked, orgs });
            assert.deepEqual(named(findings), [`${role}-metadata-unreadable`]);
            assert.equal(findings[0]?.evidence, 'SERVER_UNAVAILABLE: seeded fault');
        });
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
