import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/facts.ts';
import { mend } from '../doctor/mend.ts';
import type { Finding } from '../doctor/rule.ts';
import { RULES } from '../doctor/rules.ts';
import { startLinkedPair, type LinkedPair } from './support/linked-pair.ts';
import { SEEDS, type Seed } from './support/doctor-seeds.ts';

/** Rules that no seed plants, each with its reason. */
const UNSEEDED: Readonly<Record<string, string>> = {};

/** Every how many-th pair of causes a run plants; 1 with BRIDGE_ALL_PAIRS set, for all of them. */
const PAIR_STEP = process.env['BRIDGE_ALL_PAIRS'] === undefined ? 11 : 1;

let linked: LinkedPair;

async function examine(): Promise<Finding[]> {
    return diagnose(await gatherFacts(linked.orgs, linked.plan));
}

const named = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule).toSorted();

/** Plants the seeds, runs the check and puts everything back, also when the check fails. */
async function withSeeds(seeds: readonly Seed[], check: () => Promise<void>): Promise<void> {
    const undos: (() => Promise<void>)[] = [];
    try {
        for (const seed of seeds) {
            undos.unshift(await seed.plant(linked));
        }
        await check();
    } finally {
        for (const undo of undos) {
            await undo();
        }
    }
}

const ruleOf = (id: string): (typeof RULES)[number] => {
    const rule = RULES.find((candidate) => candidate.id === id);
    assert.ok(rule, `there is no rule ${id}`);
    return rule;
};

before(async () => {
    linked = await startLinkedPair();
});

after(() => linked.pair.stop());

describe('bridge doctor', () => {
    test('finds nothing in a healthy link', async () => {
        assert.deepEqual(await examine(), []);
    });

    test('has at least 35 causes, each with a seed', () => {
        const seeded = new Set(SEEDS.map(({ rule }) => rule));
        const missing = RULES.filter(({ id }) => !seeded.has(id) && UNSEEDED[id] === undefined).map(({ id }) => id);
        assert.deepEqual(missing, []);
        assert.ok(seeded.size >= 35, `${seeded.size} causes`);
    });

    for (const seed of SEEDS) {
        test(`names ${seed.rule}, with evidence`, async () => {
            await withSeeds([seed], async () => {
                const findings = await examine();
                assert.deepEqual(
                    named(findings),
                    [seed.rule, ...(seed.also ?? [])].toSorted(),
                    JSON.stringify(findings, undefined, 2)
                );
                assert.ok(findings[0]?.evidence, 'there is no evidence');
            });
        });
    }

    test('is healthy again after all of that', async () => {
        assert.deepEqual(await examine(), []);
    });

    test('names both of two causes, or the one that hides the other', async (context) => {
        const pairs = SEEDS.flatMap((left, index) => SEEDS.slice(index + 1).map((right) => [left, right] as const));
        const compatible = pairs.filter(([left, right]) => canMeet(left, right));
        const chosen = compatible.filter((_pair, index) => index % PAIR_STEP === 0);
        for (const [left, right] of chosen) {
            await withSeeds([left, right], async () => {
                const both = [left.rule, right.rule];
                const expected = both.filter((rule) => !ruleOf(rule).hiddenBy?.some((id) => both.includes(id)));
                assert.deepEqual(named(await examine()), expected.toSorted(), both.join(' + '));
            });
        }
        context.diagnostic(`${chosen.length} of ${compatible.length} pairs of causes planted, all named`);
    });
});

/** Not what changes the same thing, nor what shuts an org before the other can be planted. */
function canMeet(left: Seed, right: Seed): boolean {
    const shut = (seed: Seed): boolean =>
        /-(api-disabled|request-limit)$/.test(seed.rule) && seed.touches[0]?.startsWith('api ') === true;
    const whole = (seed: Seed): boolean => seed.touches.includes('everything');
    return (
        !left.touches.some((place) => right.touches.includes(place)) &&
        !shut(left) &&
        !shut(right) &&
        !whole(left) &&
        !whole(right)
    );
}

/** As few groups as change nothing twice. */
function groupsOf(seeds: readonly Seed[]): Seed[][] {
    const groups: Seed[][] = [];
    for (const seed of seeds) {
        const group = groups.find((members) => members.every((member) => canMeet(member, seed)));
        if (group === undefined) {
            groups.push([seed]);
        } else {
            group.push(seed);
        }
    }
    return groups;
}

describe('bridge doctor --fix', () => {
    const fixable = SEEDS.filter(({ rule }) => RULES.find(({ id }) => id === rule)?.remedy !== undefined);

    for (const group of groupsOf(fixable)) {
        test(`mends ${group.map(({ rule }) => rule).join(', ')}`, async () => {
            await withSeeds(group, async () => {
                const facts = await gatherFacts(linked.orgs, linked.plan);
                const found = diagnose(facts);
                assert.notDeepEqual(found, []);
                assert.deepEqual(await mend(facts, found, linked.steps), []);
            });
        });
    }

    test('leaves alone what somebody may have done on purpose', () => {
        for (const id of ['app-blocked', 'run-as-inactive', 'ip-restricted', 'target-request-limit']) {
            assert.equal(ruleOf(id).remedy, undefined, id);
        }
    });
});
