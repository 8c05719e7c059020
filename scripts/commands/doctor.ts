import { Command } from 'commander';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/facts.ts';
import { mend } from '../doctor/mend.ts';
import type { Finding } from '../doctor/rule.ts';
import { runCommand, withJsonFlag, withOrgFlags, type CommandResult, type JsonFlag } from '../lib/command.ts';
import type { OrgFlags } from '../lib/context.ts';
import { EXIT_CODES } from '../lib/errors.ts';
import { withLinkFlags } from '../lib/link-flags.ts';
import { linkPlan, type LinkFlags } from '../lib/link-plan.ts';
import { buildStep } from '../lib/lwc-build.ts';
import { openOrgsFor, withYesFlag, type ChangeFlags } from '../lib/production.ts';
import type { Steps } from '../lib/steps.ts';

type DoctorFlags = OrgFlags & LinkFlags & JsonFlag & ChangeFlags & { readonly fix?: boolean };

export function doctorCommand(): Command {
    const command = new Command('doctor')
        .description('find what is broken in a link and name it, with the answer of the org and the fix')
        .option('--fix', 'mend what can be mended safely: deploy, connect, assign; then look again');
    return withJsonFlag(withYesFlag(withLinkFlags(withOrgFlags(command)))).action((flags: DoctorFlags) =>
        runCommand(flags, (steps) => examine(flags, steps))
    );
}

async function examine(flags: DoctorFlags, steps: Steps): Promise<CommandResult> {
    const plan = linkPlan(flags);
    const orgs = await openOrgsFor(flags, flags.fix === true);
    await buildStep(steps);
    const facts = await steps.step('Look at both orgs and at a call', () => gatherFacts(orgs, plan));
    const findings = diagnose(facts);
    if (!flags.fix || !findings.some(({ fixable }) => fixable)) {
        return report(findings, [], steps);
    }
    const left = await mend(facts, findings, steps);
    const fixed = findings.filter(({ rule }) => !left.some((finding) => finding.rule === rule));
    return report(left, fixed, steps);
}

function report(findings: readonly Finding[], fixed: readonly Finding[], steps: Steps): CommandResult {
    const isHealthy = findings.length === 0;
    return {
        data: {
            status: isHealthy
                ? 'healthy'
                : findings.some(({ severity }) => severity === 'error')
                  ? 'broken'
                  : 'at-risk',
            findings,
            fixed: fixed.map(({ rule }) => rule),
            steps: steps.records
        },
        lines: [
            ...fixed.map(({ title }) => `fixed  ${title}`),
            ...findings.flatMap(describe),
            isHealthy
                ? 'The link is healthy.'
                : `${findings.length} ${findings.length === 1 ? 'cause' : 'causes'} found.`
        ],
        exitCode: isHealthy ? EXIT_CODES.ok : EXIT_CODES.checksFailed
    };
}

function describe({ rule, severity, org, title, evidence, fix, fixable }: Finding): string[] {
    return [
        `${severity}  ${rule} (${org} org)  ${title}`,
        `    evidence  ${evidence}`,
        `    fix       ${fix}${fixable ? ' (or: npm run bridge -- doctor --fix)' : ''}`
    ];
}
