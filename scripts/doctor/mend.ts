import type { Steps } from '../lib/steps.ts';
import { diagnose } from './diagnose.ts';
import { gatherFacts, type Facts } from './facts.ts';
import { REMEDIES, type RemedyId } from './remedies.ts';
import type { Finding } from './rule.ts';

/** What is mended may uncover what it hid; a cause that stays after its remedy is not tried again. */
const ROUNDS = 3;

/** Runs the remedies of the findings, each once a round, and answers what is left. */
export async function mend(before: Facts, found: readonly Finding[], steps: Steps): Promise<readonly Finding[]> {
    let facts = before;
    let findings = found;
    const tried = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
        const wanted = remediesOf(findings.filter(({ rule }) => !tried.has(rule)));
        if (wanted.length === 0) {
            break;
        }
        findings.forEach(({ rule }) => tried.add(rule));
        for (const remedy of wanted) {
            await REMEDIES[remedy].run(facts.orgs, planOf(facts), steps, facts);
        }
        facts = await steps.step('Look again', () => gatherFacts(before.orgs, before.plan));
        findings = diagnose(facts);
    }
    return findings;
}

/** In the order of the remedies; a deploy connects as well. */
function remediesOf(findings: readonly Finding[]): RemedyId[] {
    const ids = new Set(findings.flatMap(({ remedy }) => remedy ?? []));
    const ordered = (Object.keys(REMEDIES) as RemedyId[]).filter((id) => ids.has(id));
    return ordered.filter((id) => !(ordered.includes('deploy') && (id === 'connect' || id === 'assign-access')));
}

/** The user as whom the source acts stays the one that it is, where that one exists. */
function planOf({ plan, target: { user } }: Facts): Facts['plan'] {
    const keeps = plan.runAs === undefined && user?.user?.active === true;
    return keeps ? { ...plan, runAs: user.named } : plan;
}
