import type { LocalOrg } from '../../org/local-org.ts';

/** Log of one piece of work of Apex, as the Tooling API keeps it for users who are traced. */
export interface DebugLog {
    /** `07L…` */
    readonly id: string;
    readonly userId: string;
    readonly operation: string;
    /** Milliseconds since 1970. */
    readonly startedAt: number;
    readonly durationMs: number;
    /** `Success`, or what went wrong. */
    readonly status: string;
    readonly body: string;
}

export interface DebugLogs {
    readonly logs: readonly DebugLog[];
    /** Rises with each log. */
    readonly version: number;
    add(log: Omit<DebugLog, 'id'>): DebugLog;
}

/** Logs older than these are forgotten. */
const KEPT_LOGS = 100;
const logsByOrg = new WeakMap<LocalOrg, DebugLogs>();

export function debugLogsOf(org: LocalOrg): DebugLogs {
    let logs = logsByOrg.get(org);
    if (logs === undefined) {
        logs = createDebugLogs(org);
        logsByOrg.set(org, logs);
    }
    return logs;
}

function createDebugLogs(org: LocalOrg): DebugLogs {
    let logs: readonly DebugLog[] = [];
    let version = 0;
    return {
        get logs() {
            return logs;
        },
        get version() {
            return version;
        },
        add(log) {
            const added = { ...log, id: org.newId('07L') };
            logs = [...logs, added].slice(-KEPT_LOGS);
            version += 1;
            return added;
        }
    };
}
