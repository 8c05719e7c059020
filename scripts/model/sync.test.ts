import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { deployOrThrow } from '../lib/deployment.ts';
import { ACCOUNTS_ASK, withMapping } from '../test/support/sync-metadata.ts';
import { fightByAsking, fightByTime } from './conflicts.ts';
import { startModelPair, wipe, type ModelPair } from './model-pair.ts';
import { testOrders } from './orders.ts';
import { healthy, MUTATIONS, mutated } from './mutations.ts';
import { Oracle, SIDES } from './oracle.ts';
import { runSchedule } from './schedule.ts';
import type { AuthSource } from '../lib/auth-source.ts';

/**
 * The promise of the sync engine under faults, on a pair of local orgs. A run is reproduced by its first seed:
 * `MODEL_SEED=1 MODEL_SCHEDULES=1000 npm run test:model`.
 */
const FIRST_SEED = Number(process.env['MODEL_SEED'] ?? 1);
const SCHEDULES = Number(process.env['MODEL_SCHEDULES'] ?? 1000);
/** Schedules that start from orgs without records: what has to be run again to see a failure. */
const GROUP = 50;
/** In so many schedules a planted defect has to show. */
const MUTATION_PATIENCE = 60;

interface Counts {
    schedules: number;
    operations: number;
    faults: number;
    /** What the oracle said. */
    readonly problems: string[];
}

const noCounts = (): Counts => ({ schedules: 0, operations: 0, faults: 0, problems: [] });

/** `0 lost, 0 duplicated, ...`: the kinds of problems that the promise rules out. */
function summary({ problems }: Counts): string {
    return ['lost', 'duplicated', 'out of order', 'not equal', 'invented', 'not delivered']
        .map((kind) => `${problems.filter((text) => text.startsWith(`${kind}:`)).length} ${kind}`)
        .join(', ');
}

/** Runs schedules until one fails. Gives what is wrong; undefined when nothing is. */
async function runSchedules(
    model: ModelPair,
    first: number,
    count: number,
    counts: Counts
): Promise<string | undefined> {
    let oracle = new Oracle();
    for (let seed = first; seed < first + count; seed += 1) {
        const start = seed - ((seed - first) % GROUP);
        if (seed === start) {
            await wipe(model);
            oracle = new Oracle();
        }
        const outcome = await runSchedule(model, oracle, seed);
        counts.schedules += 1;
        counts.operations += outcome.operations;
        counts.faults += outcome.faults;
        counts.problems.push(...outcome.problems);
        if (outcome.problems.length > 0) {
            const again = `MODEL_SEED=${start} MODEL_SCHEDULES=${seed - start + 1} npm run test:model`;
            return `seed ${seed} (again: ${again})\n${outcome.problems.join('\n')}`;
        }
    }
    return undefined;
}

async function deployToBoth(model: ModelPair, files: AuthSource): Promise<void> {
    for (const side of SIDES) await deployOrThrow(model[side], { files });
}

describe('records in step under faults', () => {
    let model: ModelPair;

    before(async () => {
        model = await startModelPair();
    });

    after(() => model?.pair.stop());

    test(`${SCHEDULES} schedules: nothing lost, nothing twice, nothing out of order`, async (context) => {
        const counts = noCounts();
        const problem = await runSchedules(model, FIRST_SEED, SCHEDULES, counts);
        const { schedules, operations, faults } = counts;
        context.diagnostic(`${schedules} schedules, ${operations} operations, ${faults} faults; ${summary(counts)}`);
        assert.equal(problem, undefined);
        assert.ok(counts.faults > counts.schedules, `only ${counts.faults} faults struck`);
    });

    testOrders(() => model);

    for (const mutation of MUTATIONS) {
        test(`a planted defect is caught: ${mutation.name}`, async (context) => {
            const counts = noCounts();
            await wipe(model);
            await deployToBoth(model, mutated(mutation));
            try {
                const problem = await runSchedules(model, FIRST_SEED, MUTATION_PATIENCE, counts);
                assert.match(problem ?? '', /^seed \d+/, `${MUTATION_PATIENCE} schedules do not show it`);
                context.diagnostic(`caught by schedule ${counts.schedules}: ${problem?.split('\n')[1]}`);
            } finally {
                await deployToBoth(model, healthy(mutation));
                await wipe(model);
            }
        });
    }

    test('two writers: 1,000 conflicts, no silent overwrite', async (context) => {
        await wipe(model);
        const byTime = await fightByTime(model, 5, FIRST_SEED);
        const byAsking = await withMapping([model.source, model.target], ACCOUNTS_ASK, () =>
            fightByAsking(model, 5, FIRST_SEED)
        );
        const silent = [...byTime.silentOverwrites, ...byAsking.silentOverwrites];
        const conflicts = byTime.conflicts + byAsking.conflicts;
        context.diagnostic(`${conflicts} conflicts, ${silent.length} silent overwrites`);
        assert.deepEqual(silent.slice(0, 10), []);
        assert.equal(conflicts, 1000);
    });
});
