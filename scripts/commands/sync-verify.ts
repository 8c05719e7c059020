import { Command, InvalidArgumentError } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import type { LinkedOrgs, OrgFlags } from '../lib/context.ts';
import { EXIT_CODES } from '../lib/errors.ts';
import { openOrgsFor, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import type { Steps } from '../lib/steps.ts';
import { readMappings } from '../sync/mappings.ts';
import type { Mended } from '../sync/mend.ts';
import { apisOf, routesOf } from '../sync/route.ts';
import { verifyRoutes } from '../sync/verify-routes.ts';
import { disagreeing, type Agreement } from '../sync/verify.ts';

type VerifyFlags = OrgFlags &
    JsonFlag &
    ChangeFlags & { readonly repair?: boolean; readonly mapping?: readonly string[]; readonly wait: number };

const SHOWN = 20;
const WAIT_SECONDS = 60;

export function verifyRecordsCommand(): Command {
    const command = new Command('verify')
        .description('prove that both orgs hold the same records with the same values')
        .option('--mapping <names...>', 'mappings to compare; all when absent')
        .option(
            '--repair',
            'let the engine send again what differs, by the policies of the mappings; then compare again'
        )
        .option('--wait <seconds>', 'how long changes that are under way may take to arrive', secondsOf, WAIT_SECONDS);
    return withJsonFlag(withYesFlag(withOrgFlags(command))).action((flags: VerifyFlags) =>
        runCommand(flags, async (steps) => run(flags, steps, await openOrgsFor(flags, flags.repair === true)))
    );
}

function secondsOf(text: string): number {
    const seconds = Number(text);
    if (!Number.isInteger(seconds) || seconds < 0) throw new InvalidArgumentError('It has to be a whole number.');
    return seconds;
}

async function run(flags: VerifyFlags, steps: Steps, orgs: LinkedOrgs): Promise<CommandResult> {
    const apis = apisOf(orgs);
    const repair = flags.repair === true;
    const { agreements, mended, underWay } = await verifyRoutes(steps, {
        apis,
        routes: routesOf(apis, await readMappings(orgs.source), ['source', 'target'], flags.mapping),
        repair,
        waitSeconds: flags.wait
    });
    const differing = agreements.reduce((sum, agreement) => sum + disagreeing(agreement).length, 0);
    return {
        data: {
            status: differing === 0 ? 'equal' : 'different',
            underWay,
            repaired: mended.sent,
            mappings: agreements,
            steps: steps.records
        },
        lines: linesOf(agreements, underWay, mended, repair),
        exitCode: differing === 0 ? EXIT_CODES.ok : EXIT_CODES.checksFailed
    };
}

function linesOf(
    agreements: readonly Agreement[],
    underWay: number,
    { sent, left }: Mended,
    isRepair: boolean
): string[] {
    const differing = agreements.some((agreement) => disagreeing(agreement).length > 0);
    return [
        ...agreements.flatMap(describe),
        ...(underWay > 0 ? [`${underWay} changes are under way; compare again when both orgs rest.`] : []),
        ...(sent > 0 ? [`${sent} records were sent again.`] : []),
        ...(left > 0
            ? [
                  `${left} records were never sent and may have twins in the other org: ` +
                      'npm run bridge -- sync plan, then sync load, with --twins.'
              ]
            : []),
        ...(differing && !isRepair ? ['Mend it: npm run bridge -- sync verify --repair'] : [])
    ];
}

function describe(agreement: Agreement): string[] {
    const { mapping, from, records, receiverRecords, equal, different, missing, neverSent } = agreement;
    const more = (count: number): string[] => (count > SHOWN ? [`  and ${count - SHOWN} more; --json lists them`] : []);
    return [
        `${mapping} of the ${from} org: ${records} records, ${receiverRecords} in the other org, ${equal} equal, ` +
            `${different.length} different, ${missing.length} missing there, ${neverSent.length} never sent`,
        ...different
            .slice(0, SHOWN)
            .flatMap(({ id, remoteId, fields }) => [
                `  ${id} and ${remoteId}:`,
                ...fields.map(({ field, here, there }) => `    ${field}: ${shown(here)}, there ${shown(there)}`)
            ]),
        ...more(different.length),
        ...missing.slice(0, SHOWN).map((id) => `  ${id}: its record in the other org is gone`),
        ...more(missing.length),
        ...neverSent.slice(0, SHOWN).map((id) => `  ${id}: never sent`),
        ...more(neverSent.length)
    ];
}

function shown(value: string | null): string {
    return value === null ? 'empty' : JSON.stringify(value);
}
