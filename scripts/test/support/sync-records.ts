import assert from 'node:assert/strict';
import { eventually } from '../../../local-org/test/support/eventually.ts';
import { soqlString, type BridgeOrg } from '../../lib/org-connection.ts';
import type { LinkedOrgs } from '../../lib/context.ts';

export type Row = Record<string, unknown> & { readonly Id: string };

export async function create(org: BridgeOrg, object: string, values: Record<string, unknown>): Promise<string> {
    const result = await org.connection.sobject(object).create(values);
    assert.ok(result.success);
    return result.id;
}

export async function rows(org: BridgeOrg, soql: string): Promise<Row[]> {
    return (await org.connection.query<Row>(soql)).records;
}

/** Id of the record in the other org, once that org has answered. */
export async function twinOf(org: BridgeOrg, id: string): Promise<string> {
    const [link] = await eventually(
        () => rows(org, `SELECT Id, Remote_Id__c FROM Sync_Link__c WHERE Local_Id__c = ${soqlString(id)}`),
        ([found]) => typeof found?.['Remote_Id__c'] === 'string'
    );
    return String(link?.['Remote_Id__c']);
}

export async function record(org: BridgeOrg, fields: string, object: string, id: string): Promise<Row> {
    return until(org, fields, object, id, () => true);
}

export async function until(
    org: BridgeOrg,
    fields: string,
    object: string,
    id: string,
    holds: (found: Row) => boolean
): Promise<Row> {
    const [found] = await eventually(
        () => rows(org, `SELECT Id, ${fields} FROM ${object} WHERE Id = ${soqlString(id)}`),
        ([row]) => row !== undefined && holds(row)
    );
    return found;
}

export async function run(org: BridgeOrg, apex: string): Promise<void> {
    const result = await org.connection.tooling.executeAnonymous(apex);
    assert.equal(result.compileProblem, null);
    assert.equal(result.exceptionMessage, null);
}

/** A change that no trigger saw, as a restore from a backup makes. */
export async function unseen(org: BridgeOrg, apex: string): Promise<void> {
    await run(
        org,
        `${apex}
        for (Sync_Outbox__c row : [SELECT Id, Link__c, Link__r.Acked_Version__c FROM Sync_Outbox__c]) {
            update new Sync_Link__c(Id = row.Link__c, State__c = 'Active', Stamps__c = NULL,
                Local_Version__c = row.Link__r.Acked_Version__c);
            delete row;
        }`
    );
}

/** Waits until nothing is left to deliver in either org. */
export async function settled({ source, target }: LinkedOrgs): Promise<void> {
    for (const org of [source, target, source]) {
        await eventually(
            () => rows(org, 'SELECT Id, Mapping__c, Status__c, Error_Code__c, Reason__c FROM Sync_Outbox__c'),
            (waiting) => waiting.length === 0
        );
    }
}
