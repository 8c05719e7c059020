import { evaluateApex } from '../lib/anonymous-apex.ts';
import type { BridgeOrg } from '../lib/org-connection.ts';
import { bestOf, ratioRow, type BenchRow } from './measure.ts';

const ROWS = 10_000;
const QUERIES = 90;

/** 10,000 rows inserted and found again by an indexed field, against plain JavaScript maps. */
export async function measureDataSpeed(org: BridgeOrg): Promise<BenchRow[]> {
    const insertMs = await bestOf(3, () => apexMs(org, `insert as system rows;`, true));
    const plainInsertMs = await bestOf(3, () => plain().insertMs);
    const queryMs = await bestOf(3, () =>
        apexMs(
            org,
            `for (Integer i = 0; i < ${QUERIES}; i++) { found += [SELECT Id FROM Account WHERE Name = :('Bench ' + i) WITH SYSTEM_MODE].size(); }`,
            false
        )
    );
    const plainQueryMs = await bestOf(3, () => plain().queryMs);
    return [
        ratioRow(
            `Apex: insert of ${ROWS.toLocaleString('en-US')} Accounts`,
            insertMs,
            'filling two JavaScript maps',
            plainInsertMs
        ),
        ratioRow(`Apex: ${QUERIES} queries on an indexed field`, queryMs, 'lookups in a JavaScript map', plainQueryMs)
    ];
}

/** Milliseconds of `statement` in Apex, with `rows` at hand; what it inserted is taken back. */
async function apexMs(org: BridgeOrg, statement: string, undo: boolean): Promise<number> {
    const code =
        `List<Account> rows = new List<Account>(); for (Integer i = 0; i < ${ROWS}; i++) { rows.add(new Account(Name = 'Bench ' + i)); } ` +
        `Integer found = 0; ${undo ? 'Savepoint before = Database.setSavepoint();' : ''} ` +
        `Long started = System.currentTimeMillis(); ${statement} Long ms = System.currentTimeMillis() - started; ` +
        (undo ? 'Database.rollback(before);' : '');
    return Math.max(await evaluateApex<number>(org, code, 'ms'), 0.5);
}

function plain(): { insertMs: number; queryMs: number } {
    const byId = new Map<string, { id: string; name: string }>();
    const byName = new Map<string, string[]>();
    let started = performance.now();
    for (let i = 0; i < ROWS; i += 1) {
        const row = { id: `001000000${i}`, name: `Bench ${i}` };
        byId.set(row.id, row);
        byName.set(row.name, [...(byName.get(row.name) ?? []), row.id]);
    }
    const insertMs = performance.now() - started;
    started = performance.now();
    let found = 0;
    for (let i = 0; i < QUERIES; i += 1) {
        found += (byName.get(`Bench ${i}`) ?? []).map((id) => byId.get(id)).length;
    }
    const queryMs = performance.now() - started;
    if (found !== QUERIES) {
        throw new Error(`The maps found ${found} rows instead of ${QUERIES}`);
    }
    return { insertMs, queryMs };
}
