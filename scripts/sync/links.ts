import type { CsvRow } from '../lib/csv.ts';
import type { OrgApi } from './org-api.ts';
import { refOf } from './route.ts';

/** A link as the org of its local record has it. */
export interface KnownLink {
    readonly localId: string;
    readonly remoteId: string | undefined;
    readonly digest: string | undefined;
    readonly localVersion: number;
    /** Newest version that the other org confirmed. */
    readonly ackedVersion: number;
    readonly remoteVersion: number;
    /** Active, Deleted or Unlinked. */
    readonly state: string;
    /** Fields that wait for a decision. */
    readonly held: readonly string[];
}

const LINK_FIELDS =
    'Local_Id__c, Remote_Id__c, Local_Digest__c, Local_Version__c, Acked_Version__c, Remote_Version__c, State__c, Held__c';

/** Links of records by record id. */
export async function linksOf(api: OrgApi, ids: readonly string[]): Promise<Map<string, KnownLink>> {
    const links = new Map<string, KnownLink>();
    for await (const row of api.lookUp(`SELECT ${LINK_FIELDS} FROM Sync_Link__c WHERE`, 'Ref__c', ids.map(refOf))) {
        links.set(row['Local_Id__c'], linkOf(row));
    }
    return links;
}

function linkOf(row: CsvRow): KnownLink {
    const held = row['Held__c'];
    return {
        localId: row['Local_Id__c'],
        remoteId: row['Remote_Id__c'] || undefined,
        digest: row['Local_Digest__c'] || undefined,
        localVersion: Number(row['Local_Version__c'] || 0),
        ackedVersion: Number(row['Acked_Version__c'] || 0),
        remoteVersion: Number(row['Remote_Version__c'] || 0),
        state: row['State__c'],
        held: held === '' ? [] : (JSON.parse(held) as string[])
    };
}

/** Last common values by record id, in terms of the org. */
export async function basesOf(
    api: OrgApi,
    ids: readonly string[]
): Promise<Map<string, Record<string, string | null>>> {
    const bases = new Map<string, Record<string, string | null>>();
    const query = 'SELECT Local_Id__c, Base__c FROM Sync_Link__c WHERE';
    for await (const row of api.lookUp(query, 'Ref__c', ids.map(refOf))) {
        if (row['Base__c'] !== '') {
            bases.set(row['Local_Id__c'], JSON.parse(row['Base__c']) as Record<string, string | null>);
        }
    }
    return bases;
}

/** Records whose delivery is more than an update (a conversion, a restore): only the engine does that. */
export async function specialOperations(api: OrgApi, ids: readonly string[]): Promise<Set<string>> {
    const special = new Set<string>();
    const query = `SELECT Local_Id__c FROM Sync_Outbox__c WHERE Operation__c != 'Upsert' AND`;
    for await (const row of api.lookUp(query, 'Ref__c', ids.map(refOf))) special.add(row['Local_Id__c']);
    return special;
}
