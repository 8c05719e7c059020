import { Command } from 'commander';
import { print, runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import { namesRealOrgs, openLocalOrgs, openOrgs, type LinkedOrgs, type OrgFlags } from '../lib/context.ts';
import { describeDryRun, dryRun } from '../lib/dry-run.ts';
import { EXIT_CODES } from '../lib/errors.ts';
import { summary } from '../lib/org-status.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags, type LinkPlan } from '../lib/link-plan.ts';
import { connectOrgs, deployBoth, verifyLink } from '../lib/link.ts';
import { pageStep, startPairStep, withLocalPairFlags, type LocalPairFlags } from '../lib/local-pair-flags.ts';
import { buildComponents, buildStep } from '../lib/lwc-build.ts';
import { openOrgsToChange, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import { provideSampleAccounts } from '../lib/sample-accounts.ts';
import {
    provideScratchOrgs,
    scratchOrgFlags,
    usesScratchOrgs,
    withScratchFlags,
    type ScratchFlags
} from '../lib/scratch-orgs.ts';
import type { Steps } from '../lib/steps.ts';
import { untilInterrupted } from '../lib/interrupt.ts';

type UpFlags = OrgFlags &
    LinkFlags &
    JsonFlag &
    LocalPairFlags &
    ScratchFlags &
    ChangeFlags & { readonly exit?: boolean; readonly dryRun?: boolean; readonly sync?: boolean };

export function upCommand(): Command {
    const command = new Command('up')
        .description('everything: start the local pair (or take two orgs), deploy, connect, verify')
        .option('--dry-run', 'show what would change in both orgs, and change nothing')
        .option('--exit', 'stop the local pair and end when the link is verified')
        .option('--sync', 'keep records of both orgs in step: the link back, the sync engine in both');
    return withJsonFlag(withYesFlag(withScratchFlags(withLocalPairFlags(withLinkFlags(withOrgFlags(command)))))).action(
        (flags: UpFlags) => runCommand(flags, (steps) => up(flags, steps))
    );
}

async function up(flags: UpFlags, steps: Steps): Promise<CommandResult> {
    const plan = linkPlan(flags);
    if (flags.dryRun === true) {
        return showChanges(usesScratchOrgs(flags) ? scratchOrgFlags(plan) : flags, steps, plan);
    }
    if (usesScratchOrgs(flags)) {
        await provideScratchOrgs(flags, plan, steps);
        return upOnRealOrgs({ ...flags, ...scratchOrgFlags(plan) }, steps, plan);
    }
    return namesRealOrgs(flags) ? upOnRealOrgs(flags, steps, plan) : upOnLocalPair(flags, steps, plan);
}

async function showChanges(flags: OrgFlags, steps: Steps, plan: LinkPlan): Promise<CommandResult> {
    await buildStep(steps);
    const run = await dryRun(await openOrgs(flags), steps, plan);
    const isRefused = run.source.failures.length + run.target.failures.length > 0;
    return {
        data: { status: isRefused ? 'refused' : 'valid', ...run, steps: steps.records },
        lines: describeDryRun(run),
        exitCode: isRefused ? EXIT_CODES.checksFailed : EXIT_CODES.ok
    };
}

async function upOnRealOrgs(flags: UpFlags, steps: Steps, plan: LinkPlan): Promise<CommandResult> {
    await buildStep(steps);
    const orgs = await openOrgsToChange(flags);
    return link(orgs, steps, plan, flags);
}

/** The pair lives in this process: until Ctrl+C, or until the link is verified with --exit. */
async function upOnLocalPair(flags: UpFlags, steps: Steps, plan: LinkPlan): Promise<CommandResult> {
    // Both take a second or two and neither needs the other.
    const building = buildComponents();
    building.catch(() => undefined);
    const pair = await startPairStep(flags, steps, !flags.exit);
    try {
        await buildStep(steps, building);
        const orgs = await openLocalOrgs(pair.sessions);
        const result = await link(orgs, steps, plan, flags);
        if (flags.exit) {
            return result;
        }
        await pageStep(pair, steps);
        print(flags, { ...result, lines: [...result.lines, 'Press Ctrl+C to stop both orgs.'] });
        await Promise.race([untilInterrupted(), pair.stopRequested]);
        return { data: {}, lines: [], silent: true };
    } finally {
        await pair.stop();
    }
}

async function link(orgs: LinkedOrgs, steps: Steps, plan: LinkPlan, flags: UpFlags): Promise<CommandResult> {
    await deployBoth(orgs, steps, plan);
    await connectOrgs(orgs, steps, plan);
    const page = orgs.source.isLocal ? await samplePage(orgs, steps) : `${orgs.source.url}/lightning/o/Account/list`;
    const verify = await verifyLink(orgs, steps, plan);
    if (flags.sync === true) {
        const { setUpSync } = await import('../sync/set-up.ts');
        await setUpSync(orgs, steps, plan);
    }
    return {
        data: {
            status: 'connected',
            inStep: flags.sync === true,
            source: summary(orgs.source),
            target: summary(orgs.target),
            verify,
            page,
            steps: steps.records
        },
        lines: [
            '',
            `Source  ${orgs.source.url}  ${orgs.source.orgId}`,
            `Target  ${orgs.target.url}  ${orgs.target.orgId}`,
            `Open    ${page}`
        ]
    };
}

async function samplePage({ source, target }: LinkedOrgs, steps: Steps): Promise<string> {
    const recordId = await steps.step('Provide sample Accounts', async (report) => {
        const sample = await provideSampleAccounts({ source, target });
        if (!sample.created) {
            report.already('the source org has Accounts');
        }
        return sample.recordId;
    });
    return `${source.url}/lightning/r/Account/${recordId}/view`;
}
