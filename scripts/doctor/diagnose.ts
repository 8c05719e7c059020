import type { LinkPlan } from '../lib/link-plan.ts';
import type { Facts } from './facts.ts';
import type { DoctorRule, Finding } from './rule.ts';
import { RULES } from './rules.ts';
import { UNEXPLAINED } from './rules/unexplained.ts';

/** Whether the cause can break a link of the plan. */
export function isAbout({ flows, apps }: DoctorRule, plan: Pick<LinkPlan, 'app' | 'flow'>): boolean {
    return (flows?.includes(plan.flow) ?? true) && (apps?.includes(plan.app) ?? true);
}

/** Causes that keep the rule from telling, or of which what it finds is a consequence, in a link of the plan. */
export function hidersOf({ hiddenBy = [], hiddenInFlow = {} }: DoctorRule, { flow }: Pick<LinkPlan, 'flow'>): string[] {
    return [...hiddenBy, ...(hiddenInFlow[flow] ?? [])];
}

/** The causes, without what is only a consequence of another. Nothing for a link that works. */
export function diagnose(facts: Facts, rules: readonly DoctorRule[] = RULES): Finding[] {
    const found = rules
        .filter((rule) => isAbout(rule, facts.plan))
        .flatMap((rule) => {
            const evidence = rule.find(facts);
            return evidence === undefined ? [] : [{ rule, evidence }];
        });
    const ids = new Set(found.map(({ rule }) => rule.id));
    const causes = found.filter(({ rule }) => !hidersOf(rule, facts.plan).some((id) => ids.has(id)));
    const explained = causes.some(({ rule }) => rule.severity === 'error');
    const evidence = explained ? undefined : UNEXPLAINED.find(facts);
    const all = evidence === undefined ? causes : [...causes, { rule: UNEXPLAINED, evidence }];
    return all.map(({ rule, evidence: shown }) => ({
        rule: rule.id,
        severity: rule.severity,
        org: rule.org,
        title: rule.title,
        evidence: shown,
        fix: rule.fix,
        fixable: rule.remedy !== undefined,
        ...(rule.remedy !== undefined && { remedy: rule.remedy })
    }));
}
