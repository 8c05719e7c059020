import { BridgeError } from './errors.ts';
import type { LinkedOrgs } from './context.ts';
import { queryAll, soqlString, type BridgeOrg } from './org-connection.ts';
import { RECORD_KEY_FIELD } from './target-api.ts';

/** Accounts of the target whose key named the source by the id it had before. */
export interface RekeyedRecords {
    readonly changed: number;
    /** Left as they were: the source has no such record, so the key is another org's. */
    readonly others: number;
    /** Left as they were: another Account has the new key already. Record ids. */
    readonly taken: readonly string[];
}

/** sObject Collections take 200 records a request. */
const CHUNK = 200;

interface TwinRow {
    readonly Id: string;
    readonly [RECORD_KEY_FIELD]: string;
}

/**
 * A record key is `<source org id>:<record id>`. A sandbox refresh gives the source another org id and keeps its record ids, so
 * its twins would no longer be found, and every record be created a second time. Keys whose record is in the source now get
 * the new org id; ids of records are unique across orgs, so the keys of other sources stay.
 */
export async function rekeyTwins({ source, target }: LinkedOrgs): Promise<RekeyedRecords> {
    const soql =
        `SELECT Id, ${RECORD_KEY_FIELD} FROM Account WHERE ${RECORD_KEY_FIELD} != null ` +
        `AND (NOT ${RECORD_KEY_FIELD} LIKE ${soqlString(`${source.orgId}:%`)}) ORDER BY Id`;
    const records = await queryAll<TwinRow>(target, soql);
    let changed = 0;
    let others = 0;
    const taken: string[] = [];
    for (let start = 0; start < records.length; start += CHUNK) {
        const chunk = records.slice(start, start + CHUNK);
        const own = await recordsOf(source, chunk.map(recordIdOf));
        const mine = chunk.filter((row) => own.has(recordIdOf(row)));
        others += chunk.length - mine.length;
        const updates = mine.map((row) => ({ Id: row.Id, [RECORD_KEY_FIELD]: `${source.orgId}:${recordIdOf(row)}` }));
        const results = await target.connection.sobject('Account').update(updates as never, { allOrNone: false });
        for (const [index, { success, errors }] of [results].flat().entries()) {
            if (success) {
                changed += 1;
            } else if (errors.some(isDuplicate)) {
                taken.push(updates[index]?.Id ?? '');
            } else {
                throw refused(updates[index]?.Id ?? '', errors.map(({ message }) => message).join('; '));
            }
        }
    }
    return { changed, others, taken };
}

function recordIdOf(row: TwinRow): string {
    return row[RECORD_KEY_FIELD].split(':', 2)[1] ?? '';
}

async function recordsOf(source: BridgeOrg, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const valid = ids.filter((id) => /^001\w{15}$/.test(id));
    if (valid.length === 0) {
        return new Set();
    }
    const soql = `SELECT Id FROM Account WHERE Id IN (${valid.map(soqlString).join(', ')})`;
    const { records } = await source.connection.query<{ Id: string }>(soql);
    return new Set(records.map(({ Id }) => Id));
}

/** jsforce and the REST resource name the code differently. */
function isDuplicate(error: object): boolean {
    const { errorCode, statusCode } = error as { errorCode?: string; statusCode?: string };
    return (errorCode ?? statusCode) === 'DUPLICATE_VALUE';
}

function refused(id: string, reason: string): BridgeError {
    return new BridgeError('org', 'REKEY_REFUSED', `The target org refused the new key of Account ${id}: ${reason}`, [
        'Correct that Account in the target org and run the command again: what was done is not done twice.'
    ]);
}
