import { Command, InvalidArgumentError, Option } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import type { LinkedOrgs, OrgFlags } from '../lib/context.ts';
import { BridgeError, EXIT_CODES } from '../lib/errors.ts';
import { openOrgsFor, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import { projectPath } from '../lib/project.ts';
import type { Steps } from '../lib/steps.ts';
import { fileCheckpoint } from '../sync/checkpoint.ts';
import type { LoadCounts } from '../sync/load.ts';
import { loadRoutes, type LoadedRoute } from '../sync/load-routes.ts';
import { readMappings } from '../sync/mappings.ts';
import { plan, type RoutePlan } from '../sync/plan.ts';
import { apisOf, routesOf, type From, type Route } from '../sync/route.ts';
import { CHUNK } from '../sync/survey.ts';
import { readTwinRule, type TwinRule } from '../sync/twins.ts';
import { progress } from '../lib/progress.ts';

type PlanFlags = OrgFlags &
    JsonFlag & {
        readonly from: From | 'both';
        readonly mapping?: readonly string[];
        readonly twins?: readonly string[];
        readonly chunk: number;
    };
type LoadFlags = PlanFlags & ChangeFlags & { readonly checkpoint: string; readonly restart?: boolean };

const SHOWN = 20;
const MIN_CHUNK = 200;

export function planCommand(): Command {
    return withPlanFlags('plan', 'show what a load would do, and what it would cost; nothing is written').action(
        (flags: PlanFlags) => runCommand(flags, (steps) => runPlan(flags, steps))
    );
}

export function loadCommand(): Command {
    return withYesFlag(
        withPlanFlags('load', 'bring the records of each org to the other; goes on where it was stopped')
    )
        .option('--checkpoint <file>', 'where the progress is kept', projectPath('.cache', 'sync-load.json'))
        .option('--restart', 'start over instead of going on at the checkpoint; what is there already is skipped')
        .action((flags: LoadFlags) => runCommand(flags, (steps) => runLoad(flags, steps)));
}

function withPlanFlags(name: string, description: string): Command {
    const command = new Command(name)
        .description(description)
        .addOption(
            new Option('--from <org>', 'org that sends its records')
                .choices(['source', 'target', 'both'])
                .default('both')
        )
        .option('--mapping <names...>', 'mappings to load; all when absent')
        .option('--twins <rules...>', 'records that both orgs have: Account=Website+Name, fields of the source org')
        .option('--chunk <rows>', 'rows in memory at a time, and between two checkpoints', chunkOf, CHUNK);
    return withJsonFlag(withOrgFlags(command));
}

function chunkOf(text: string): number {
    const chunk = Number(text);
    if (!Number.isInteger(chunk) || chunk < MIN_CHUNK || chunk > CHUNK) {
        throw new InvalidArgumentError(`It has to be a whole number from ${MIN_CHUNK} to ${CHUNK}.`);
    }
    return chunk;
}

interface Wanted {
    readonly routes: readonly Route[];
    readonly rules: ReadonlyMap<string, TwinRule>;
}

async function wantedOf(orgs: LinkedOrgs, flags: PlanFlags): Promise<Wanted> {
    const sides: From[] = flags.from === 'both' ? ['source', 'target'] : [flags.from];
    const routes = routesOf(apisOf(orgs), await readMappings(orgs.source), sides, flags.mapping);
    const rules = new Map((flags.twins ?? []).map(readTwinRule).map((rule) => [rule.mapping, rule]));
    const stray = [...rules.keys()].find((name) => !routes.some(({ mapping }) => mapping.name === name));
    if (stray !== undefined) {
        throw new BridgeError('user', 'TWIN_MAPPING', `The rule for ${stray} fits no mapping of this load.`, [
            `Name one of ${[...new Set(routes.map(({ mapping }) => mapping.name))].join(', ')}.`
        ]);
    }
    return { routes, rules };
}

async function runPlan(flags: PlanFlags, steps: Steps): Promise<CommandResult> {
    const { routes, rules } = await wantedOf(await openOrgsFor(flags, false), flags);
    const plans: RoutePlan[] = [];
    for (const route of routes) {
        await steps.step(`Plan ${route.mapping.name} from the ${route.from} org`, async (report) => {
            const onProgress = progress(report);
            const rule = rules.get(route.mapping.name);
            plans.push(await plan({ route, rule, chunk: flags.chunk, onProgress }));
            report.detail(`${plans.at(-1)?.read} records`);
        });
    }
    const doubtful = plans.some(({ ambiguous, refused }) => ambiguous.length + refused.length > 0);
    return {
        data: { status: 'planned', mappings: plans, steps: steps.records },
        lines: plans.flatMap(describePlan),
        exitCode: doubtful ? EXIT_CODES.checksFailed : EXIT_CODES.ok
    };
}

async function runLoad(flags: LoadFlags, steps: Steps): Promise<CommandResult> {
    const { routes, rules } = await wantedOf(await openOrgsFor(flags, true), flags);
    const loaded = await loadRoutes({
        routes,
        rules,
        chunk: flags.chunk,
        checkpointOf: (route) => {
            const checkpoint = fileCheckpoint(flags.checkpoint, keyOf(route));
            if (flags.restart === true) checkpoint.clear();
            return checkpoint;
        },
        run: (title, work) =>
            steps.step(title, async (report) => {
                const counts = await work(progress(report));
                report.detail(describeCounts(counts));
                return counts;
            })
    });
    const isWhole = loaded.every(
        ({ refused, ambiguous, waiting }) => refused.length + ambiguous.length + waiting === 0
    );
    return {
        data: { status: isWhole ? 'loaded' : 'incomplete', mappings: loaded, steps: steps.records },
        lines: loaded.flatMap(describeLoad),
        exitCode: isWhole ? EXIT_CODES.ok : EXIT_CODES.checksFailed
    };
}

function keyOf({ sender, receiver, mapping }: Route): string {
    return `${sender.org.orgId}>${receiver.org.orgId}:${mapping.name}`;
}

function describePlan(planned: RoutePlan): string[] {
    const { mapping, from, read, create, link, rule, update, unchanged, queue, calls, links, ambiguous, refused } =
        planned;
    const linked = rule === undefined ? '' : `, ${link} to link by ${rule}`;
    return [
        `${mapping} from the ${from} org: ${read} records, ${create} to create${linked}, ${update} to update, ` +
            `${queue} for the engine, ${unchanged} unchanged, ${refused.length} refused, ${ambiguous.length} ambiguous; ` +
            `API requests: ${calls.sender} of the sender, ${calls.receiver} of the receiver`,
        ...links.slice(0, SHOWN).map(({ id, twin }) => `  ${id} is ${twin}`),
        ...describeDoubts(planned)
    ];
}

function describeLoad(loaded: LoadedRoute): string[] {
    const { mapping, from } = loaded;
    return [`${mapping} from the ${from} org: ${describeCounts(loaded)}`, ...describeDoubts(loaded)];
}

function describeCounts(counts: LoadCounts): string {
    const { read, created, linked, updated, unchanged, queued, waiting, ambiguous, refused, resumed } = counts;
    return (
        `${read} records, ${created} created, ${linked} linked, ${updated} updated, ${queued} for the engine, ` +
        `${unchanged} unchanged, ${waiting} waiting, ${refused.length} refused, ${ambiguous.length} ambiguous` +
        (resumed === 0 ? '' : ` (${resumed} were done before)`)
    );
}

function describeDoubts({ ambiguous, refused }: Pick<RoutePlan, 'ambiguous' | 'refused'>): string[] {
    return [
        ...ambiguous.map(({ id, candidates, reason }) => `  ${id}: ${reason} ${candidates.join(', ')}`),
        ...refused.map(({ id, code, message, remedy }) => `  ${id}: ${code} ${message} ${remedy}`)
    ];
}
