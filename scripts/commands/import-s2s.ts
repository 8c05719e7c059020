import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { BridgeError } from '../lib/errors.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { openOrgsFor, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import type { Steps } from '../lib/steps.ts';
import { GENERATED_FOLDER } from '../sync/generate/generated-folder.ts';
import { writeMappings } from '../sync/generate/write-files.ts';
import { readFieldList } from '../sync/s2s/field-list.ts';
import { linkTwins, planImport, type ImportPlan, type Linked } from '../sync/s2s/import.ts';
import type { Dropped } from '../sync/s2s/pair-up.ts';
import { deployGenerated, isInStep } from '../sync/set-up.ts';
import { describePlan, policyFlags, type PolicyFlags } from './mapping-policies.ts';

interface ImportFlags extends OrgFlags, LinkFlags, JsonFlag, ChangeFlags, PolicyFlags {
    readonly connection?: string;
    readonly fields?: string;
    readonly outputDir: string;
    readonly write?: boolean;
    readonly force?: boolean;
}

export function importS2sCommand(): Command {
    const command = new Command('import-s2s')
        .description('take over a native Salesforce-to-Salesforce connection: its mappings, and a link for each record')
        .option('--connection <name>', 'name or id of the connection in the source org; the accepted one when absent')
        .option('--fields <file>', 'published and subscribed fields, as CSV or JSON: object, source, target')
        .option('--output-dir <folder>', 'where mappings go that are not there yet', GENERATED_FOLDER)
        .option('--force', 'write over files that differ, and remove those of an earlier generation')
        .option('--write', 'write, deploy and link; without it the command only says what it would do');
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(policyFlags(command))))).action((flags: ImportFlags) =>
        runCommand(flags, (steps) => importS2s(flags, steps))
    );
}

async function importS2s(flags: ImportFlags, steps: Steps): Promise<CommandResult> {
    const folder = resolve(flags.outputDir);
    const fields = flags.fields === undefined ? undefined : readFieldList(flags.fields);
    const orgs = await openOrgsFor(flags, flags.write === true);
    if (flags.write === true && !(await isInStep(orgs))) {
        throw new BridgeError('user', 'NOT_IN_STEP', 'The orgs lack the sync engine, which keeps the links.', [
            'Link the orgs and put them in step first: npm run bridge -- up --sync, with the same orgs'
        ]);
    }
    const { connection, direction, conflictPolicy, deletePolicy, people = false } = flags;
    const policies = { direction, conflictPolicy, deletePolicy, people };
    const plan = await planImport(orgs, steps, { connection, fields, folder, ...policies });
    if (flags.write !== true) {
        return { data: { status: 'planned', ...dataOf(plan) }, lines: linesOf(plan, folder, undefined) };
    }
    if (plan.planned.length > 0) {
        await steps.step('Write the mappings', async (report) => {
            const { written, removed } = await writeMappings(folder, plan.planned, flags.force === true);
            report.detail([`${written.length} files`, ...removed.map((path) => `${path} removed`)].join(', '));
        });
        await deployGenerated(orgs, steps, linkPlan(flags), folder);
    }
    const linked = await linkTwins(orgs, steps, plan);
    return { data: { status: 'linked', ...dataOf(plan), ...linked }, lines: linesOf(plan, folder, linked) };
}

function dataOf({ connection, dead, groups, planned, dropped }: ImportPlan): object {
    const counts = groups.map(({ mapping, source, target, twins }) => ({
        mapping,
        source,
        target,
        pairs: twins.length
    }));
    return { connection, dead, groups: counts, dropped, planned: describePlan(planned) };
}

const SHOWN = 20;

function linesOf(plan: ImportPlan, folder: string, linked: Linked | undefined): string[] {
    const dropped = [...plan.dropped, ...(linked?.refused ?? [])];
    const lines = [
        `Connection "${plan.connection.name}" (${plan.connection.status})`,
        ...plan.groups.map(({ mapping, source, target, twins }) => {
            const objects = source === target ? source : `${source} and ${target}`;
            return `  ${objects}: ${twins.length} pairs, mapping ${mapping}`;
        }),
        ...plan.planned.map(({ name, fields, leftOut }) => {
            return `  new mapping ${name}: ${fields.length} fields, ${leftOut.length} left out, in ${relative('.', folder)}`;
        }),
        ...plan.dead.map(({ name, status, org }) => `  not in use: connection "${name}" of the ${org} org (${status})`),
        ...dropped.slice(0, SHOWN).map(droppedLine),
        ...(dropped.length > SHOWN ? [`  and ${dropped.length - SHOWN} more; --json lists all`] : [])
    ];
    if (linked === undefined)
        return [...lines, 'Nothing was changed. To write, deploy and link: the same with --write'];
    return [
        ...lines,
        `${linked.linked} pairs linked, ${linked.already} were linked before.`,
        'The target org sends what it holds; values that differ follow the policy: npm run bridge -- sync status',
        'Then end the native connection in Setup of both orgs: two bridges would both carry each change.'
    ];
}

function droppedLine({ source, target, code, reason }: Dropped): string {
    return `  not linked: ${source ?? '?'} and ${target ?? '?'}: ${code} ${reason}`;
}
