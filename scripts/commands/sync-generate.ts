import { relative, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { BridgeError } from '../lib/errors.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { openOrgsFor, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import type { Steps } from '../lib/steps.ts';
import { planMappings } from '../sync/generate/generate.ts';
import { GENERATED_FOLDER } from '../sync/generate/generated-folder.ts';
import type { ObjectRequest, PlannedObject } from '../sync/generate/plan-types.ts';
import { writeMappings, type Written } from '../sync/generate/write-files.ts';
import { deployGenerated } from '../sync/set-up.ts';
import { describePlan, policyFlags, type PolicyFlags } from './mapping-policies.ts';

interface Names {
    readonly source: string;
    readonly target: string;
}

interface GenerateFlags extends OrgFlags, LinkFlags, JsonFlag, ChangeFlags, PolicyFlags {
    readonly object: readonly Names[];
    readonly field?: readonly (Names & { readonly object: string })[];
    readonly outputDir: string;
    readonly force?: boolean;
    readonly deploy?: boolean;
}

export function syncGenerateCommand(): Command {
    const command = new Command('generate')
        .description('make the mapping, trigger and permission sets of objects from what both orgs say about them')
        .requiredOption('--object <name>', 'API name, or Source__c=Target__c; may be repeated', collectObject)
        .option('--field <name>', 'fields of other names, Object__c.Source__c=Target__c; may be repeated', collectField)
        .option('--output-dir <folder>', 'where the files go', GENERATED_FOLDER)
        .option('--force', 'write over files that differ, and remove those of an earlier generation')
        .option('--deploy', 'deploy to both orgs, and give access to the objects');
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(policyFlags(command))))).action((flags: GenerateFlags) =>
        runCommand(flags, (steps) => generate(flags, steps))
    );
}

async function generate(flags: GenerateFlags, steps: Steps): Promise<CommandResult> {
    const folder = resolve(flags.outputDir);
    const requested = requests(flags);
    const orgs = await openOrgsFor(flags, flags.deploy === true);
    const { direction, conflictPolicy, deletePolicy, people = false } = flags;
    const objects = await steps.step('Plan the mappings', (report) =>
        planMappings(orgs, {
            objects: requested,
            folder,
            direction,
            conflictPolicy,
            deletePolicy,
            people,
            onProgress: (text) => report.progress(text)
        })
    );
    const files = await steps.step('Write the files', async (report) => {
        const outcome = await writeMappings(folder, objects, flags.force === true);
        if (outcome.written.length + outcome.removed.length === 0) report.already('all are as they were');
        return outcome;
    });
    if (flags.deploy === true) {
        await deployGenerated(orgs, steps, linkPlan(flags), folder);
    }
    return {
        data: { status: flags.deploy === true ? 'deployed' : 'written', folder, ...files, ...describePlan(objects) },
        lines: linesOf(objects, folder, files, flags.deploy === true)
    };
}

function requests({ object, field = [] }: GenerateFlags): ObjectRequest[] {
    const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
    const stray = field.find((names) => !object.some(({ source }) => same(source, names.object)));
    if (stray !== undefined) {
        throw new BridgeError('user', 'FIELD_OF_NO_OBJECT', `--field names ${stray.object}, which no --object names.`, [
            `Pass --object ${stray.object} too, or correct the name.`
        ]);
    }
    return object.map((names) => ({ ...names, renamed: field.filter((one) => same(one.object, names.source)) }));
}

function linesOf(
    objects: readonly PlannedObject[],
    folder: string,
    { written, removed }: Written,
    deployed: boolean
): string[] {
    const place = relative(process.cwd(), folder) || '.';
    const lines = objects.flatMap(({ name, source, target, fields, leftOut, warnings }) => [
        `${name}: ${source === target ? source : `${source} and ${target}`}, ${fields.length} fields`,
        ...leftOut.map(({ field, reason }) => `  left out  ${field}: ${reason}`),
        ...warnings.map((warning) => `  note      ${warning}`)
    ]);
    const next = deployed
        ? 'Both orgs keep these objects in step. Check: npm run bridge -- sync check'
        : folder === GENERATED_FOLDER
          ? 'Next: npm run bridge -- sync up'
          : 'Next: the same command with --deploy';
    const gone =
        removed.length === 0
            ? []
            : [
                  `${removed.length} files of an earlier generation removed:`,
                  ...removed.map((path) => `  ${path}`),
                  'What they have deployed stays in the orgs until it is deleted there: sf project delete source'
              ];
    return [...lines, `${written.length} files written to ${place}.`, ...gone, next];
}

const NAME = /^[A-Za-z]\w*$/;

function collectObject(text: string, before: readonly Names[] = []): readonly Names[] {
    const [source = '', target = source, ...more] = text.split('=');
    if (more.length > 0 || !NAME.test(source) || !NAME.test(target)) {
        throw new InvalidArgumentError('An object is an API name such as Invoice__c, or Invoice__c=Bill__c.');
    }
    return [...before, { source, target }];
}

type FieldPair = Names & { readonly object: string };

function collectField(text: string, before: readonly FieldPair[] = []): readonly FieldPair[] {
    const [, object, source, target] = /^(\w+)\.(\w+)=(\w+)$/.exec(text) ?? [];
    if (object === undefined) {
        throw new InvalidArgumentError('Fields are given as Invoice__c.Total__c=Amount__c.');
    }
    return [...before, { object, source, target }];
}
