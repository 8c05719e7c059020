import type { LinkedOrgs } from '../lib/context.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { sideBySide } from '../lib/side-by-side.ts';

/** How records in step stand in one org. */
export interface SyncStatus {
    readonly role: string;
    readonly paused: boolean;
    readonly pausedReason: string | undefined;
    /** Closed, Open or Half Open. */
    readonly breaker: string;
    readonly links: number;
    readonly pending: number;
    readonly waiting: number;
    /** All of them. */
    readonly deadLetterCount: number;
    /** The first 200, oldest first. */
    readonly deadLetters: readonly DeadLetter[];
    readonly openConflicts: number;
    /** Of the last thousand deliveries, in milliseconds; undefined when there were none. */
    readonly lag: { readonly p50: number; readonly p95: number } | undefined;
    readonly apiUsed: number | undefined;
    readonly apiLimit: number | undefined;
    readonly lastError: string | undefined;
    readonly lastSweep: string | undefined;
}

export interface DeadLetter {
    readonly id: string;
    readonly mapping: string;
    readonly record: string;
    readonly operation: string;
    readonly code: string;
    readonly reason: string;
    readonly remedy: string;
}

const SHOWN_LETTERS = 200;
const SAMPLE = 1000;

export async function readSyncStatus(orgs: LinkedOrgs): Promise<readonly SyncStatus[]> {
    return sideBySide([orgs.source, orgs.target].map(statusOf));
}

type Row = Record<string, unknown>;

async function statusOf(org: BridgeOrg): Promise<SyncStatus> {
    const rows = async (soql: string): Promise<Row[]> => (await org.connection.query<Row>(soql)).records;
    const count = async (soql: string): Promise<number> => (await org.connection.query(soql)).totalSize;
    const [state = {}] = await rows(
        'SELECT Paused__c, Paused_Reason__c, Breaker__c, Api_Used__c, Api_Limit__c, Last_Error__c, Last_Sweep__c ' +
            'FROM Sync_Peer_State__c LIMIT 1'
    );
    const letters = await rows(
        'SELECT Id, Mapping__c, Local_Id__c, Operation__c, Error_Code__c, Reason__c, Remedy__c FROM Sync_Outbox__c ' +
            `WHERE Status__c = 'Dead Letter' ORDER BY Captured_At__c LIMIT ${SHOWN_LETTERS}`
    );
    const lags = await rows(
        `SELECT Lag_Ms__c FROM Sync_Log__c WHERE Direction__c = 'In' AND Lag_Ms__c != NULL ` +
            `ORDER BY Done_At__c DESC LIMIT ${SAMPLE}`
    );
    return {
        role: org.role,
        paused: state['Paused__c'] === true,
        pausedReason: text(state['Paused_Reason__c']),
        breaker: text(state['Breaker__c']) ?? 'Closed',
        links: await count('SELECT COUNT() FROM Sync_Link__c'),
        pending: await count(`SELECT COUNT() FROM Sync_Outbox__c WHERE Status__c = 'Pending'`),
        waiting: await count(`SELECT COUNT() FROM Sync_Outbox__c WHERE Status__c = 'Waiting'`),
        deadLetterCount: await count(`SELECT COUNT() FROM Sync_Outbox__c WHERE Status__c = 'Dead Letter'`),
        deadLetters: letters.map(letterOf),
        openConflicts: await count(`SELECT COUNT() FROM Sync_Conflict__c WHERE Status__c = 'Open'`),
        lag: percentiles(lags.map((row) => Number(row['Lag_Ms__c']))),
        apiUsed: number(state['Api_Used__c']),
        apiLimit: number(state['Api_Limit__c']),
        lastError: text(state['Last_Error__c']),
        lastSweep: text(state['Last_Sweep__c'])
    };
}

function letterOf(row: Row): DeadLetter {
    const of = (field: string): string => text(row[field]) ?? '';
    return {
        id: of('Id'),
        mapping: of('Mapping__c'),
        record: of('Local_Id__c'),
        operation: of('Operation__c'),
        code: of('Error_Code__c'),
        reason: of('Reason__c'),
        remedy: of('Remedy__c')
    };
}

export function percentiles(values: readonly number[]): SyncStatus['lag'] {
    if (values.length === 0) return undefined;
    const sorted = [...values].sort((left, right) => left - right);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return { p50: at(0.5), p95: at(0.95) };
}

function text(value: unknown): string | undefined {
    return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(value: unknown): number | undefined {
    return typeof value === 'number' ? value : undefined;
}

export function describeStatus(status: SyncStatus): string[] {
    const { role, links, pending, waiting, deadLetterCount, deadLetters, openConflicts, lag, apiUsed, apiLimit } =
        status;
    const lines = [
        `${role} org: ${links} records linked, ${pending} changes pending, ${waiting} waiting for a parent, ` +
            `${deadLetterCount} dead letters, ${openConflicts} open conflicts`
    ];
    if (lag !== undefined) lines.push(`  lag of arrivals: p50 ${lag.p50} ms, p95 ${lag.p95} ms`);
    if (apiLimit !== undefined) lines.push(`  API requests of the other org: ${apiUsed ?? 0} of ${apiLimit}`);
    if (status.paused) lines.push(`  paused: ${status.pausedReason ?? 'no reason given'}`);
    if (status.breaker !== 'Closed') lines.push(`  circuit breaker ${status.breaker}: ${status.lastError ?? ''}`);
    if (deadLetterCount > deadLetters.length) lines.push(`  the first ${deadLetters.length} of them:`);
    for (const letter of deadLetters) {
        lines.push(`  ${letter.id}  ${letter.operation} ${letter.mapping} ${letter.record}: ${letter.code}`);
        lines.push(`    ${letter.reason} ${letter.remedy}`);
    }
    return lines;
}
