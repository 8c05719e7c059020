import type { LinkPlan } from './link-plan.ts';

/*
 * A rotation that cannot change a component makes its successor: `TargetOrg_EC`, `TargetOrg_EC_2`, `TargetOrg_EC_3`. Which of
 * them is in use the org says, so nothing has to be remembered.
 */

const NUMBER = /_(\d+)$/;

/** 1 for the first, whose name has no number. */
export function numberOf(name: string): number {
    return Number(NUMBER.exec(name)?.[1] ?? 1);
}

export function withNumber(name: string, number: number): string {
    const base = name.replace(NUMBER, '');
    return number === 1 ? base : `${base}_${number}`;
}

/** Whether one is the other, its successor or its predecessor. */
export function isOfFamily(name: string, other: string): boolean {
    return withNumber(name, 1).toLowerCase() === withNumber(other, 1).toLowerCase();
}

/** The plan with another app of the family, whose label has the number of its name. */
export function withApp(plan: LinkPlan, appName: string): LinkPlan {
    const number = numberOf(appName);
    const label = plan.appLabel.replace(/ \d+$/, '');
    return { ...plan, appName, appLabel: number === 1 ? label : `${label} ${number}` };
}
