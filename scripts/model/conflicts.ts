import type { BridgeOrg } from '../lib/org-connection.ts';
import { advance, settle, type ModelPair } from './model-pair.ts';
import { SIDES, type Side } from './oracle.ts';
import { Random } from './random.ts';

/** Both orgs write the same field of the same record while neither has seen the other's change. */
export interface ConflictCounts {
    conflicts: number;
    /** A value that neither the policy nor a conflict record accounts for. */
    silentOverwrites: string[];
}

const RECORDS = 100;

/** Accounts that both orgs have: ids of each side by name. */
export async function provideAccounts(model: ModelPair, prefix: string): Promise<Map<string, Record<Side, string>>> {
    const names = Array.from({ length: RECORDS }, (_, index) => `${prefix} ${index}`);
    await save(
        model.source,
        'POST',
        names.map((Name) => ({ Name, Phone: 'agreed' }))
    );
    const waiting = await settle(model);
    if (waiting !== undefined) throw new Error(`The Accounts of the test do not arrive:\n${waiting}`);
    const ids = new Map<string, Record<Side, string>>();
    for (const side of SIDES) {
        const soql = `SELECT Id, Name FROM Account WHERE Name LIKE '${prefix} %'`;
        const { records } = await model[side].connection.query<{ Id: string; Name: string }>(soql);
        for (const { Id, Name } of records) ids.set(Name, { ...(ids.get(Name) as Record<Side, string>), [side]: Id });
    }
    return ids;
}

/** The newer value has to be in both orgs, whatever the order of deliveries. */
export async function fightByTime(model: ModelPair, rounds: number, seed: number): Promise<ConflictCounts> {
    const random = new Random(seed);
    const ids = await provideAccounts(model, `Time ${seed}`);
    const counts: ConflictCounts = { conflicts: 0, silentOverwrites: [] };
    for (let round = 0; round < rounds; round += 1) {
        const order: readonly Side[] = random.chance(0.5) ? SIDES : [...SIDES].reverse();
        for (const side of order) {
            await writePhones(model, ids, side, round);
            await advance(model, 1000 + random.below(5000));
        }
        const waiting = await settle(model);
        if (waiting !== undefined) counts.silentOverwrites.push(`round ${round} does not come to rest: ${waiting}`);
        for (const [name, phones] of await phonesOf(model, ids)) {
            counts.conflicts += 1;
            const newest = phone(order[1], round);
            if (phones.source !== newest || phones.target !== newest) {
                counts.silentOverwrites.push(`${name}: ${phones.source} and ${phones.target} instead of ${newest}`);
            }
        }
    }
    return counts;
}

/** Each org keeps its value, and an open conflict holds both. */
export async function fightByAsking(model: ModelPair, rounds: number, seed: number): Promise<ConflictCounts> {
    const counts: ConflictCounts = { conflicts: 0, silentOverwrites: [] };
    for (let round = 0; round < rounds; round += 1) {
        const ids = await provideAccounts(model, `Ask ${seed}-${round}`);
        for (const side of SIDES) await writePhones(model, ids, side, round);
        const waiting = await settle(model);
        if (waiting !== undefined) counts.silentOverwrites.push(`round ${round} does not come to rest: ${waiting}`);
        const open = await openConflicts(model);
        for (const [name, phones] of await phonesOf(model, ids)) {
            counts.conflicts += 1;
            const [mine, theirs] = SIDES.map((side) => phone(side, round));
            const fields = open.get(ids.get(name)?.source ?? '') ?? '';
            const isKept = phones.source === mine && phones.target === theirs;
            if (!isKept || !fields.includes(mine) || !fields.includes(theirs)) {
                counts.silentOverwrites.push(`${name}: ${phones.source} and ${phones.target}, conflict ${fields}`);
            }
        }
    }
    return counts;
}

function phone(side: Side, round: number): string {
    return `${side}-${round}`;
}

async function writePhones(
    model: ModelPair,
    ids: ReadonlyMap<string, Record<Side, string>>,
    side: Side,
    round: number
): Promise<void> {
    const records = [...ids.values()].map((id) => ({ Id: id[side], Phone: phone(side, round) }));
    await save(model[side], 'PATCH', records);
}

async function save({ connection }: BridgeOrg, method: 'POST' | 'PATCH', records: readonly object[]): Promise<void> {
    const results = await connection.request<{ success: boolean }[]>({
        method,
        url: `/services/data/v${connection.version}/composite/sobjects`,
        body: JSON.stringify({
            allOrNone: true,
            records: records.map((record) => ({ attributes: { type: 'Account' }, ...record }))
        }),
        headers: { 'content-type': 'application/json' }
    });
    if (results.some(({ success }) => !success)) throw new Error(JSON.stringify(results.slice(0, 3)));
}

async function phonesOf(
    model: ModelPair,
    ids: ReadonlyMap<string, Record<Side, string>>
): Promise<Map<string, Record<Side, string>>> {
    const found = new Map<string, Record<Side, string>>();
    for (const side of SIDES) {
        const { records } = await model[side].connection.query<{ Id: string; Phone: string }>(
            'SELECT Id, Phone FROM Account'
        );
        const phones = new Map(records.map(({ Id, Phone }) => [Id, Phone]));
        for (const [name, id] of ids) {
            const value = phones.get(id[side]) ?? 'gone';
            found.set(name, { ...(found.get(name) as Record<Side, string>), [side]: value });
        }
    }
    return found;
}

/** Fields of the open conflicts of the primary by the id of its record. */
async function openConflicts(model: ModelPair): Promise<Map<string, string>> {
    const { records } = await model.source.connection.query<{ Local_Id__c: string; Fields__c: string }>(
        `SELECT Local_Id__c, Fields__c FROM Sync_Conflict__c WHERE Status__c = 'Open'`
    );
    return new Map(records.map(({ Local_Id__c, Fields__c }) => [Local_Id__c, Fields__c]));
}
