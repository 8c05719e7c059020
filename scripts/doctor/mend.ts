import type { Steps } from '../lib/steps.ts';
import { diagnose } from './diagnose.ts';
import { gatherFacts, type Facts } from './facts.ts';
import { REMEDIES, type RemedyId } from './remedies.ts';
import type { Finding } from './rule.ts';
import { RULES } from './rules.ts';

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
    const ids = new Set(findings.map(({ rule }) => RULES.find(({ id }) => id === rule)?.remedy));
    const ordered = (Object.keys(REMEDIES) as RemedyId[]).filter((id) => ids.has(id));
    return ordered.filter((id) => !(ordered.includes('deploy') && (id === 'connect' || id === 'assign-access')));
}

/** The run-as user stays the one that the app has, where that one exists. */
function planOf({ plan, target: { runAs } }: Facts): Facts['plan'] {
    const keeps = plan.runAs === undefined && runAs?.user?.active === true;
    return keeps ? { ...plan, runAs: runAs.named } : plan;
}
