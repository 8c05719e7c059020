import { createFaultPlan, type Fault, type FaultPlan } from '../lab/fault-plan.ts';
import { readFaultSettings, type FaultSettings } from '../lab/fault-settings.ts';
import type { EngineState } from '../engine/channel.ts';
import type { OrgThread } from './org-thread.ts';

export type PairOrg = 'source' | 'target';

/** Faults at the boundary of the two orgs, by seed. */
export interface Laboratory {
    /** Starts a run of faults: a seed, or settings as a fault file has them; undefined ends it. Throws FaultSettingsError. */
    use(faults: unknown): Promise<void>;
    report(): Promise<LaboratoryReport>;
    /** What struck since the run began, oldest first. */
    readonly struck: readonly Fault[];
    /** Lets requests arrive that faults hold back. */
    flush(): Promise<void>;
}

export interface LaboratoryReport {
    /** undefined when no faults are wanted. */
    readonly settings: FaultSettings | undefined;
    readonly struck: readonly Fault[];
    readonly orgs: Readonly<Record<PairOrg, EngineState>>;
}

export interface PairLaboratory extends Laboratory {
    readonly plan: () => FaultPlan | undefined;
    readonly note: (fault: Fault) => void;
}

const REMEMBERED = 1000;

/** `orgs` is asked for when the orgs are there: they are started with the laboratory around them. */
export function createLaboratory(
    initial: FaultSettings | undefined,
    orgs: () => Readonly<Record<PairOrg, OrgThread>>
): PairLaboratory {
    const struck: Fault[] = [];
    const note = (fault: Fault): void => {
        struck.push(fault);
        if (struck.length > REMEMBERED) struck.shift();
    };
    let plan = initial && createFaultPlan(initial, note);

    return {
        plan: () => plan,
        note,
        struck,
        async use(faults) {
            const settings = faults === undefined ? undefined : readFaultSettings(faults);
            const { source, target } = orgs();
            struck.length = 0;
            plan = settings && createFaultPlan(settings, note);
            await Promise.all([source, target].map((org) => org.control({ kind: 'faults', settings })));
        },
        async report() {
            const { source, target } = orgs();
            const [first, second] = await Promise.all([source, target].map((org) => org.control({ kind: 'state' })));
            return {
                settings: plan?.settings,
                struck: [...struck],
                orgs: { source: first as EngineState, target: second as EngineState }
            };
        },
        async flush() {
            const { source, target } = orgs();
            await source.flush();
            await target.flush();
        }
    };
}
