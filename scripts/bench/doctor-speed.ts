import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/facts.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { verifyLink } from '../lib/link.ts';
import { Steps } from '../lib/steps.ts';
import { bestOf, ratioRow, secondsRow, type BenchRow } from './measure.ts';

/** Seconds that `bridge doctor` may take on the local pair. */
const GOAL_S = 5;

/** Looking at a healthy link, and judging it. Throws when the doctor finds something: then it would be another figure. */
export async function measureDoctor(orgs: LinkedOrgs): Promise<BenchRow[]> {
    const plan = linkPlan();
    const quiet = new Steps({ quiet: true });
    const doctorMs = await bestOf(3, async () => {
        const started = performance.now();
        const findings = diagnose(await gatherFacts(orgs, plan));
        if (findings.length > 0) {
            throw new Error(`The doctor finds ${findings.map(({ rule }) => rule).join(', ')} in a new link`);
        }
        return performance.now() - started;
    });
    const verifyMs = await bestOf(3, async () => {
        const started = performance.now();
        await verifyLink(orgs, quiet, plan);
        return performance.now() - started;
    });
    return [
        secondsRow('doctor on a healthy link', doctorMs, GOAL_S),
        ratioRow('doctor on a healthy link', doctorMs, 'one verify', verifyMs)
    ];
}
