import assert from 'node:assert/strict';
import { diagnose, hidersOf } from '../../doctor/diagnose.ts';
import { gatherFacts } from '../../doctor/facts.ts';
import type { Finding } from '../../doctor/rule.ts';
import { RULES } from '../../doctor/rules.ts';
import { UNEXPLAINED } from '../../doctor/rules/unexplained.ts';
import type { LinkPlan } from '../../lib/link-plan.ts';
import type { LinkedPair } from './linked-pair.ts';
import type { Undo } from './org-edits.ts';
import { setUpAgain, type Seed } from './seed.ts';

export async function examine({ orgs, plan }: LinkedPair): Promise<Finding[]> {
    return diagnose(await gatherFacts(orgs, plan));
}

export function named(findings: readonly Finding[]): string[] {
    return findings.map(({ rule }) => rule).toSorted();
}

/**
 * Plants the seeds, runs the check and puts everything back, also when the check fails. When putting back fails too, both are
 * told (`SuppressedError`).
 */
export async function withSeeds(linked: LinkedPair, seeds: readonly Seed[], check: () => Promise<void>): Promise<void> {
    const mending = seeds.filter(({ mendsAll }) => mendsAll === true);
    // What sets the link up again goes last. Of several, none may get through what another one has broken: then it is all of it.
    await using last = new AsyncDisposableStack();
    await using first = new AsyncDisposableStack();
    if (mending.length > 1) {
        last.defer(() => setUpAgain(linked));
    }
    for (const seed of seeds) {
        const undo = await planted(linked, seed);
        if (seed.mendsAll !== true) {
            first.defer(undo);
        } else if (mending.length === 1) {
            last.defer(undo);
        }
    }
    await check();
}

/** The cause is named, and nothing else but what comes with it; with evidence and a fix of one line. */
export function assertNamed(findings: readonly Finding[], { rule, also = [], evidence: expected }: Seed): void {
    assert.deepEqual(named(findings), [rule, ...also].toSorted(), JSON.stringify(findings, undefined, 2));
    if (expected !== undefined) {
        assert.match(findings.find((finding) => finding.rule === rule)?.evidence ?? '', expected);
    }
    for (const { evidence, fix } of findings) {
        assert.ok(evidence !== '' && !fix.includes('\n'), JSON.stringify(findings, undefined, 2));
    }
}

/** Both are named, but for what one of them hides. A link that is down is told also when only a warning is left to explain it. */
export function assertPair(findings: readonly Finding[], pair: readonly Seed[], plan: LinkPlan): void {
    const causes = new Set(pair.flatMap(({ rule, also = [] }) => [rule, ...also]));
    const isHidden = (id: string): boolean =>
        RULES.some((rule) => rule.id === id && hidersOf(rule, plan).some((other) => causes.has(other)));
    const expected = [...causes].filter((id) => !isHidden(id)).toSorted();
    const hidden = pair.filter(({ rule }) => isHidden(rule));
    const isError = (id: string): boolean => RULES.some((rule) => rule.id === id && rule.severity === 'error');
    const unexplained = hidden.length > 0 && !expected.some(isError) ? [UNEXPLAINED.id] : [];
    const instead = [...unexplained, ...hidden.flatMap((seed) => seed.instead ?? [])];
    const what = `${pair.map(({ rule }) => rule).join(' + ')}\n${JSON.stringify(findings, undefined, 2)}`;
    const shown = named(findings).filter((id) => expected.includes(id) || !instead.includes(id));
    assert.deepEqual(shown, expected, what);
}

async function planted(linked: LinkedPair, seed: Seed): Promise<Undo> {
    try {
        return await seed.plant(linked);
    } catch (cause) {
        throw new Error(`${seed.rule} could not be planted`, { cause });
    }
}
