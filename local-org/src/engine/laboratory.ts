import { OrgCrashed } from '../http/org-crashed.ts';
import { fieldFromJson } from '../surfaces/rest/field-json.ts';
import { createFaultPlan, type FaultPlan } from '../lab/fault-plan.ts';
import { setAppBlocked } from '../org/block-app.ts';
import type { OrgFaults } from '../org/org-faults.ts';
import type { LocalOrg } from '../org/local-org.ts';
import type { FieldValue } from '../values/index.ts';
import type { OrgCommand, EngineSettings, EngineState, FromEngine, PlatformRow } from './channel.ts';
import type { JobHost } from './job-host.ts';
import type { OpenOrg } from './open-org.ts';

/** Faults inside an org: those that no one outside of it could cause. */
export interface EngineFaults extends OrgFaults {
    readonly plan: () => FaultPlan | undefined;
    use(settings: EngineSettings['faults']): void;
}

export function createEngineFaults(name: string, post: (message: FromEngine) => void): EngineFaults {
    let plan: FaultPlan | undefined;
    return {
        plan: () => plan,
        use(settings) {
            plan = settings && createFaultPlan(settings, (fault) => post({ kind: 'fault', fault }));
        },
        isLocked: (object) => plan?.decide(name, 'dml', object) !== undefined
    };
}

/** Throws for an object or a field that the org does not have. */
function writeRow({ schema, database }: LocalOrg, object: string, row: PlatformRow): string {
    const fields = Object.entries(row).map(([name, value]): [string, FieldValue] => {
        const field = schema.object(object)?.fields.get(name.toLowerCase());
        if (field === undefined) throw new RangeError(`No such field in this org: ${object}.${name}`);
        return [field.name, fieldFromJson(value, field)];
    });
    return database.writeRow(object, Object.fromEntries(fields)).value;
}

/** Obeys the laboratory. `nested`: other work of the org waits for a callout. */
export function createCommands(
    { org, clock, snapshot }: OpenOrg,
    jobs: JobHost,
    faults: EngineFaults,
    recover: () => void
): (command: OrgCommand, nested: boolean) => unknown {
    const state = (): EngineState => {
        const due = org.jobs.nextDue();
        return {
            now: new Date(clock.now()).toISOString(),
            waitingJobs: org.jobs.size,
            nextDue: due === undefined ? undefined : new Date(due).toISOString(),
            held: jobs.held
        };
    };
    return (command, nested) => {
        switch (command.kind) {
            case 'advance-clock':
                clock.advance(command.ms);
                jobs.wake();
                return state();
            case 'set-api':
                org.apiUsage.enabled = command.enabled ?? org.apiUsage.enabled;
                org.apiUsage.used = command.used ?? org.apiUsage.used;
                return undefined;
            case 'block-app':
                setAppBlocked(org, command.app, command.blocked);
                return undefined;
            case 'hold-jobs':
                jobs.held = command.hold;
                return state();
            case 'run-jobs':
                // Asynchronous work does not start while other work of the org waits.
                return nested ? 0 : jobs.run(command.most);
            case 'crash':
                if (nested) throw new OrgCrashed();
                recover();
                return undefined;
            case 'end-session':
                return org.sessions.revoke(command.token);
            case 'faults':
                faults.use(command.settings);
                return undefined;
            case 'state':
                return state();
            case 'write-rows':
                return command.rows.map((row) => writeRow(org, command.object, row));
            case 'snapshot':
                return snapshot();
        }
    };
}
