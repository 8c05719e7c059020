import type { AppKind, Flow } from '../lib/config.ts';
import type { Facts } from './facts.ts';
import type { RemedyId } from './remedies.ts';

/** `error`: the link is down, or will be with the next token. `warning`: it works, on borrowed time. */
export type Severity = 'error' | 'warning';

/** One cause of a broken link. */
export interface DoctorRule {
    /** In kebab-case; names the cause. */
    readonly id: string;
    readonly severity: Severity;
    readonly org: 'source' | 'target';
    readonly title: string;
    /** The flows that it can break; all when absent. */
    readonly flows?: readonly Flow[];
    /** The kinds of app that it is about; all when absent. */
    readonly apps?: readonly AppKind[];
    /** Causes that must be mended before this one can be told: with them it is a consequence, or out of sight. */
    readonly hiddenBy?: readonly string[];
    /** More such causes in links of a flow. */
    readonly hiddenInFlow?: Readonly<Partial<Record<Flow, readonly string[]>>>;
    /** What to do, in one line. */
    readonly fix: string;
    /** What `--fix` does about it; absent where only a person can decide. */
    readonly remedy?: RemedyId;
    /** The evidence: the exact answer of an org, or the setting as the org has it. undefined when this is not the cause. */
    find(facts: Facts): string | undefined;
}

export interface Finding {
    readonly rule: string;
    readonly severity: Severity;
    readonly org: 'source' | 'target';
    readonly title: string;
    readonly evidence: string;
    readonly fix: string;
    /** `--fix` can do it. */
    readonly fixable: boolean;
    /** What it then does. */
    readonly remedy?: RemedyId;
}
