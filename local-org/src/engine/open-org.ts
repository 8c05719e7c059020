import { compileDeployedApex } from '../deploy/apex-compilation.ts';
import { fixedClock, systemClock } from '../org/clock.ts';
import { createOrg } from '../org/create-org.ts';
import { readSnapshot, writeSnapshot } from '../org/snapshot.ts';
import type { ApexDebugging } from '../apex/engine.ts';
import type { EngineSettings } from './channel.ts';
import type { CalloutTransport } from '../http/types.ts';
import type { LocalOrg } from '../org/local-org.ts';

export interface OpenOrg {
    readonly org: LocalOrg;
    /** Writes the data to its file; nothing when the org lives in memory. */
    readonly save: () => void;
}

/** A fresh org, or the one that its data file holds. */
export function openOrg(
    settings: EngineSettings,
    callouts: CalloutTransport,
    log: (text: string) => void,
    debugging?: ApexDebugging
): OpenOrg {
    const { dataFile, clockFixedAt, ...identity } = settings;
    const restored = dataFile === undefined ? undefined : readSnapshot(dataFile);
    const clock = clockFixedAt === undefined ? systemClock : fixedClock(clockFixedAt);
    const created = createOrg({ ...identity, clock, callouts, debugging, restored });
    if (restored !== undefined) {
        installApex(created.org, log);
    }
    return {
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
