import { Datetime, Id } from '../../values/index.ts';
import { debugLogsOf } from './debug-logs.ts';
import { toolingStoreOf } from './tooling-store.ts';
import type { LocalOrg } from '../../org/local-org.ts';
import type { ExecuteAnonymousResult } from '../../apex/engine.ts';
import type { Row } from '../../store/row.ts';

/** Runs anonymous Apex and keeps its log when the user is traced. */
export function executeTraced(org: LocalOrg, code: string, userId: string, operation: string): ExecuteAnonymousResult {
    const startedAt = org.clock.now();
    const started = performance.now();
    const result = org.apex.executeAnonymous(code, userId);
    const levels = logLevels(org, userId);
    if (levels !== undefined) {
        const quoted = code.split('\n').map((line) => `Execute Anonymous: ${line}`);
        debugLogsOf(org).add({
            userId,
            operation,
            startedAt,
            durationMs: Math.round(performance.now() - started),
            status: result.exceptionMessage ?? result.compileProblem ?? 'Success',
            body: [`${org.apiVersion} ${levels}`, ...quoted, result.debugLog, ''].join('\n')
        });
    }
    return result;
}

/** `APEX_CODE,DEBUG;DB,INFO` of the flag that traces the user now; undefined when none does. */
function logLevels(org: LocalOrg, userId: string): string | undefined {
    const store = toolingStoreOf(org);
    const now = org.clock.now();
    const isOn = (row: Row): boolean => timeOf(row.StartDate) <= now && now < timeOf(row.ExpirationDate);
    const flags = [...store.table('TraceFlag').rows()].filter(isOn);
    const flag = flags.find((row) => String(row.TracedEntityId).slice(0, 15) === userId.slice(0, 15));
    const level = flag?.DebugLevelId instanceof Id ? store.table('DebugLevel').get(flag.DebugLevelId.value) : undefined;
    return level && levelsOf(level);
}

function timeOf(value: Row[string] | undefined): number {
    return value instanceof Datetime ? value.ms : 0;
}

/** Names of log categories in the first line of a log, by their fields. */
const CATEGORIES: Readonly<Record<string, string>> = {
    ApexCode: 'APEX_CODE',
    ApexProfiling: 'APEX_PROFILING',
    Callout: 'CALLOUT',
    Database: 'DB',
    Nba: 'NBA',
    System: 'SYSTEM',
    Validation: 'VALIDATION',
    Visualforce: 'VISUALFORCE',
    Wave: 'WAVE',
    Workflow: 'WORKFLOW'
};

function levelsOf(row: Row): string {
    return Object.entries(CATEGORIES)
        .filter(([field]) => typeof row[field] === 'string')
        .map(([field, name]) => `${name},${String(row[field])}`)
        .join(';');
}
