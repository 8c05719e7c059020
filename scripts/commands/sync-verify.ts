import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import { openOrgs, type LinkedOrgs, type OrgFlags } from '../lib/context.ts';
import { EXIT_CODES } from '../lib/errors.ts';
import type { Steps } from '../lib/steps.ts';
import { readMappings } from '../sync/mappings.ts';
import { mend } from '../sync/mend.ts';
import { apisOf, routesOf, type Route } from '../sync/route.ts';
import { readSyncStatus } from '../sync/status.ts';
import { disagreeing, verify, type Agreement } from '../sync/verify.ts';
import { progress } from './progress.ts';

type VerifyFlags = OrgFlags &
    JsonFlag & { readonly repair?: boolean; readonly mapping?: readonly string[]; readonly wait: number };

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
    return withJsonFlag(withOrgFlags(command)).action((flags: VerifyFlags) =>
        runCommand(flags, async (steps) => run(flags, steps, await openOrgs(flags)))
    );
}

function secondsOf(text: string): number {
    const seconds = Number(text);
    if (!Number.isInteger(seconds) || seconds < 0) throw new InvalidArgumentError('It has to be a whole number.');
    return seconds;
}

async function run(flags: VerifyFlags, steps: Steps, orgs: LinkedOrgs): Promise<CommandResult> {
    const apis = apisOf(orgs);
    const routes = routesOf(apis, await readMappings(orgs.source), ['source', 'target'], flags.mapping);
    await settled(orgs, steps, flags.wait);
    let agreements = await verifyAll(routes, steps);
    let mended = { sent: 0, left: 0 };
    if (flags.repair === true && agreements.some((agreement) => disagreeing(agreement).length > 0)) {
        mended = await steps.step('Send what differs', async (report) => {
            let [sent, left] = [0, 0];
            for (const [index, route] of routes.entries()) {
                const one = await mend(apis, route, openOf(agreements, index));
                [sent, left] = [sent + one.sent, left + one.left];
                report.progress(`${sent} records`);
            }
            report.detail(`${sent} records`);
            return { sent, left };
        });
        await settled(orgs, steps, flags.wait);
        agreements = await verifyAll(routes, steps);
    }
    const underWay = await countUnderWay(orgs);
    const differing = agreements.reduce((sum, agreement) => sum + disagreeing(agreement).length, 0);
    return {
        data: {
            status: differing === 0 ? 'equal' : 'different',
            underWay,
            repaired: mended.sent,
            mappings: agreements,
            steps: steps.records
        },
        lines: linesOf(agreements, underWay, mended, flags.repair === true),
        exitCode: differing === 0 ? EXIT_CODES.ok : EXIT_CODES.checksFailed
    };
}

/** A pair of records that differs is seen from both orgs and mended once. */
function openOf(agreements: readonly Agreement[], index: number): Agreement {
    const agreement = agreements[index];
    const seen = agreements
        .slice(0, index)
        .filter(({ mapping }) => mapping === agreement.mapping)
        .flatMap(({ different }) => different.map(({ remoteId }) => remoteId));
    return { ...agreement, different: agreement.different.filter(({ id }) => !seen.includes(id)) };
}

async function verifyAll(routes: readonly Route[], steps: Steps): Promise<Agreement[]> {
    const agreements: Agreement[] = [];
    for (const route of routes) {
        await steps.step(`Compare ${route.mapping.name} from the ${route.from} org`, async (report) => {
            const agreement = await verify({ route, onProgress: progress(report) });
            agreements.push(agreement);
            report.detail(`${agreement.records} compared, ${disagreeing(agreement).length} differ`);
        });
    }
    return agreements;
}

async function countUnderWay(orgs: LinkedOrgs): Promise<number> {
    const both = await readSyncStatus(orgs);
    return both.reduce((sum, { pending, waiting, paused }) => sum + (paused ? 0 : pending) + waiting, 0);
}

/** Waits until nothing is under way; what takes longer is compared as it is. */
async function settled(orgs: LinkedOrgs, steps: Steps, seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    await steps.step('Wait for changes that are under way', async (report) => {
        let open = await countUnderWay(orgs);
        if (open === 0) report.already('none are');
        while (open > 0 && Date.now() < end) {
            report.progress(`${open} left`);
            await sleep(orgs.source.pollMs * 5);
            open = await countUnderWay(orgs);
        }
        if (open > 0) report.detail(`${open} are still under way`);
    });
}

function linesOf(
    agreements: readonly Agreement[],
    underWay: number,
    { sent, left }: { sent: number; left: number },
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
