import type { OrgPair } from '../../local-org/src/index.ts';
import { executeAnonymous } from '../lib/anonymous-apex.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { startSyncedPair } from '../test/synced-pair.ts';
import { OBJECTS, OBJECT_NAMES, SIDES, type Held, type Holdings, type ObjectName, type Value } from './oracle.ts';

/** A pair in step whose asynchronous work runs when the model says so, on clocks that the model moves. */
export interface ModelPair extends LinkedOrgs {
    readonly pair: OrgPair;
}

const QUARTER_MS = 15 * 60_000;
/** Rounds of a quarter of an hour after which everything must have been delivered. */
const PATIENCE = 40;

export async function startModelPair(): Promise<ModelPair> {
    const { pair, source, target } = await startSyncedPair({
        clockFixedAt: '2026-03-01T08:00:00Z',
        log: (text) => fault(text)
    });
    for (const side of SIDES) await pair.control[side].holdJobs(true);
    return { source, target, pair };
}

/** A fault of the local org itself spoils every conclusion. */
function fault(text: string): void {
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
}

/** Moves both clocks on, the one that is behind by what it lacks. */
export async function advance({ pair }: ModelPair, ms: number): Promise<void> {
    const [first, second] = await Promise.all(SIDES.map((side) => pair.control[side].state()));
    const times = [Date.parse(first.now), Date.parse(second.now)];
    const latest = Math.max(...times) + ms;
    await Promise.all(SIDES.map((side, index) => pair.control[side].advanceClock(latest - times[index])));
}

/** Lets everything that is under way arrive. Gives what keeps it from resting; undefined when both orgs are at rest. */
export async function settle(model: ModelPair): Promise<string | undefined> {
    const { pair } = model;
    await pair.laboratory.use(undefined);
    await pair.laboratory.flush();
    let waiting = '';
    for (let round = 0; round < PATIENCE; round += 1) {
        for (let turn = 0; turn < 3; turn += 1) {
            const ran = await pair.control.source.runJobs();
            if ((await pair.control.target.runJobs()) + ran === 0) break;
        }
        const rows = (await Promise.all(SIDES.map((side) => outboxOf(model[side])))).flat();
        if (rows.length === 0) return undefined;
        waiting = rows.map((row) => JSON.stringify(row)).join('\n');
        await advance(model, round === 0 ? 60_000 : QUARTER_MS);
        for (const side of SIDES) await pair.control[side].setApi({ used: 0 });
    }
    return waiting;
}

async function outboxOf({ connection, role }: BridgeOrg): Promise<object[]> {
    const soql =
        'SELECT Mapping__c, Local_Id__c, Operation__c, Status__c, Attempts__c, Error_Code__c, Reason__c FROM Sync_Outbox__c';
    return (await connection.query(soql)).records.map(({ attributes: _url, ...row }) => ({ role, ...row }));
}

interface Row {
    readonly Id: string;
    readonly Name: string;
    readonly [field: string]: unknown;
}

/** What an org holds, parents by key. */
export async function holdings({ connection }: BridgeOrg): Promise<Holdings> {
    const rows = await Promise.all(
        OBJECT_NAMES.map(async (object) => {
            const { fields, parent } = OBJECTS[object];
            const columns = ['Id', 'Name', ...fields, ...(parent === undefined ? [] : [parent.field])];
            const result = await connection.query<Row>(`SELECT ${columns.join(', ')} FROM ${object}`);
            return { object, records: result.records };
        })
    );
    const keys = new Map(rows.flatMap(({ records }) => records.map(({ Id, Name }) => [Id, Name] as const)));
    const held = new Map<string, Held[]>();
    for (const { object, records } of rows) {
        for (const row of records) {
            held.set(row.Name, [...(held.get(row.Name) ?? []), { id: row.Id, values: valuesOf(object, row, keys) }]);
        }
    }
    return held;
}

function valuesOf(object: ObjectName, row: Row, keys: ReadonlyMap<string, string>): Record<string, Value> {
    const { fields, parent } = OBJECTS[object];
    const values: Record<string, Value> = {};
    for (const field of fields) values[field] = (row[field] ?? null) as Value;
    if (parent !== undefined) {
        const id = row[parent.field];
        values[parent.field] = typeof id === 'string' ? (keys.get(id) ?? id) : null;
    }
    return values;
}

export async function apex(org: BridgeOrg, code: string): Promise<void> {
    const result = await executeAnonymous(org, code);
    if (!result.success) throw new Error(`${org.role}: ${result.problem ?? result.exception}\n${result.stackTrace}`);
}

/** Takes all records, links and work out of both orgs. */
export async function wipe(model: ModelPair): Promise<void> {
    await model.pair.laboratory.use(undefined);
    for (const side of SIDES) {
        const objects = [...OBJECT_NAMES].reverse();
        const engine = ['Sync_Conflict__c', 'Sync_Outbox__c', 'Sync_Link__c', 'Sync_Log__c', 'Sync_Inbox__c'];
        const statements = [...objects, ...engine].map((name) => `delete [SELECT Id FROM ${name} LIMIT 9000];`);
        for (const statement of statements) await apex(model[side], statement);
        await model.pair.control[side].crash();
    }
}
