import { compileDeployedApex } from '../deploy/apex-compilation.ts';
import { fixedClock, movableClock, systemClock, type MovableClock } from '../org/clock.ts';
import { createOrg } from '../org/create-org.ts';
import { applySandboxRefresh, newSandboxId } from '../org/sandbox-refresh.ts';
import { readSnapshot, writeSnapshot, type OrgSnapshot } from '../org/snapshot.ts';
import type { ApexDebugging } from '../apex/engine.ts';
import type { EngineSettings } from './channel.ts';
import type { CalloutTransport } from '../http/types.ts';
import type { LocalOrg } from '../org/local-org.ts';
import type { OrgFaults } from '../org/org-faults.ts';

export interface OpenOrg {
    readonly org: LocalOrg;
    readonly clock: MovableClock;
    readonly snapshot: () => OrgSnapshot;
    /** Writes the data to its file; nothing when the org lives in memory. */
    readonly save: () => void;
}

export interface OpenOrgOptions {
    readonly log: (text: string) => void;
    readonly faults: OrgFaults;
    readonly debugging?: ApexDebugging | undefined;
}

/** A fresh org, or the one that its data file holds. */
export function openOrg(
    settings: EngineSettings,
    callouts: CalloutTransport,
    { log, faults, debugging }: OpenOrgOptions
): OpenOrg {
    const { dataFile, clockFixedAt, clockMovedMs = 0, refreshOf, ...identity } = settings;
    const copied = refreshOf && { ...refreshOf.snapshot, orgId: newSandboxId() };
    const restored = copied ?? settings.restored ?? (dataFile === undefined ? undefined : readSnapshot(dataFile));
    const clock = clockFixedAt === undefined ? movableClock(systemClock) : fixedClock(clockFixedAt);
    clock.advance(clockMovedMs);
    const created = createOrg({ ...identity, clock, callouts, debugging, faults, restored });
    if (refreshOf !== undefined) {
        applySandboxRefresh(created.org, refreshOf.refresh);
    }
    if (restored !== undefined) {
        installApex(created.org, log);
    }
    return {
        org: created.org,
        clock,
        snapshot: () => created.snapshot(),
        save() {
            if (dataFile !== undefined) {
                writeSnapshot(dataFile, created.snapshot());
            }
        }
    };
}

/** Compiled Apex is no part of a snapshot: its source is. */
function installApex(org: LocalOrg, log: (text: string) => void): void {
    const { program, problems } = compileDeployedApex(org);
    org.apex.install(program);
    org.apex.resumeJobs();
    for (const { fileName, line, column, message } of problems) {
        log(`${org.name}: ${fileName} (${line}:${column}) no longer compiles: ${message}`);
    }
}
