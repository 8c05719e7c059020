import { compileDeployedApex } from '../deploy/apex-compilation.ts';
import { fixedClock, movableClock, systemClock, type MovableClock } from '../org/clock.ts';
import { createOrg, type CreatedOrg } from '../org/create-org.ts';
import { applySandboxRefresh, newSandboxId } from '../org/sandbox-refresh.ts';
import { readSnapshot, writeSnapshot, type OrgSnapshot } from '../org/snapshot.ts';
import type { ApexDebugging } from '../apex/engine.ts';
import type { EngineSettings, OrgCommand } from './channel.ts';
import type { CalloutTransport } from '../http/types.ts';
import type { LocalOrg } from '../org/local-org.ts';

export interface OpenOrg {
    readonly org: LocalOrg;
    /** Writes the data to its file; nothing when the org lives in memory. */
    readonly save: () => void;
    readonly control: (command: OrgCommand) => OrgSnapshot | undefined;
}

/** A fresh org, or the one that its data file holds. */
export function openOrg(
    settings: EngineSettings,
    callouts: CalloutTransport,
    log: (text: string) => void,
    debugging?: ApexDebugging
): OpenOrg {
    const { dataFile, clockFixedAt, refreshOf, ...identity } = settings;
    const copied = refreshOf && { ...refreshOf.snapshot, orgId: newSandboxId() };
    const restored = copied ?? (dataFile === undefined ? undefined : readSnapshot(dataFile));
    const clock = clockFixedAt === undefined ? movableClock(systemClock) : fixedClock(clockFixedAt);
    const created = createOrg({ ...identity, clock, callouts, debugging, restored });
    if (refreshOf !== undefined) {
        applySandboxRefresh(created.org, refreshOf.refresh);
    }
    if (restored !== undefined) {
        installApex(created.org, log);
    }
    return {
        control: (command) => controlled(created, clock, command),
        org: created.org,
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
    for (const { fileName, line, column, message } of problems) {
        log(`${org.name}: ${fileName} (${line}:${column}) no longer compiles: ${message}`);
    }
}

function controlled({ org, snapshot }: CreatedOrg, clock: MovableClock, command: OrgCommand): OrgSnapshot | undefined {
    switch (command.kind) {
        case 'advance-clock':
            clock.advance(command.ms);
            return undefined;
        case 'set-api':
            org.apiUsage.enabled = command.enabled ?? org.apiUsage.enabled;
            org.apiUsage.used = command.used ?? org.apiUsage.used;
            return undefined;
        case 'snapshot':
            return snapshot();
    }
}
