import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { requestsUsed } from '../lib/api-facts.ts';
import { startOrgPair, type OrgPair } from '../../local-org/src/index.ts';
import { openLocalOrgs, type LinkedOrgs } from '../lib/context.ts';
import { linkPlan } from '../lib/link-plan.ts';
import { connectOrgs, deployBoth } from '../lib/link.ts';
import { sessionsOf } from '../lib/local-pair.ts';
import { Steps, type StepReport } from '../lib/steps.ts';
import { load, type LoadCounts } from '../sync/load.ts';
import { readMappings } from '../sync/mappings.ts';
import { apisOf, routesOf, type Route } from '../sync/route.ts';
import { setUpSync } from '../sync/set-up.ts';
import { percentiles } from '../sync/status.ts';
import { countRow, figureRow, ratioRow, type BenchRow } from './measure.ts';

/** Records of the first load; 100,000 and more take their time: `BENCH_SYNC_RECORDS=100000 npm run bench`. */
const RECORDS = Number(process.env['BENCH_SYNC_RECORDS'] ?? 10_000);
const SMALL = 1000;
const CHANGED = 10_000;
const ONE_BY_ONE = 100;
const SAVES = 30;
const AT_ONCE = 200;
/** Rows in memory at a time; few of them, so that memory would grow with the records if it did. */
const CHUNK = RECORDS < 50_000 ? 1000 : 10_000;
const PAUSE_MS = 10;
const SECOND_MS = 1000;
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface SyncBench extends LinkedOrgs {
    readonly control: OrgPair['control'];
}

/** What records in step cost: the first load, changes by the thousand, and the time until a change is seen. */
export async function measureSync(report: StepReport): Promise<BenchRow[]> {
    const pair = await startOrgPair({ page: false });
    try {
        const orgs = { ...(await putInStep(pair)), control: pair.control };
        const [route] = routesOf(apisOf(orgs), await readMappings(orgs.source), ['source'], ['Account']);
        const rows: BenchRow[] = [];
        await setHeld(orgs, true);
        rows.push(...(await measureLoad(orgs, route, report)));
        rows.push(...(await measureChanges(orgs, report)));
        await setHeld(orgs, false);
        rows.push(...(await measureLag(orgs, report)));
        return rows;
    } finally {
        await pair.stop();
    }
}

async function putInStep(pair: OrgPair): Promise<LinkedOrgs> {
    const orgs = await openLocalOrgs(sessionsOf(pair));
    const quiet = new Steps({ quiet: true });
    await deployBoth(orgs, quiet, linkPlan());
    await connectOrgs(orgs, quiet, linkPlan());
    await setUpSync(orgs, quiet, linkPlan());
    return orgs;
}

async function measureLoad(orgs: SyncBench, route: Route, report: StepReport): Promise<BenchRow[]> {
    const each = await oneByOne(orgs, report);
    await provide(orgs, SMALL, report);
    const small = await timedLoad(orgs, route, report);
    await provide(orgs, RECORDS, report);
    const large = await timedLoad(orgs, route, report);
    const again = await timedLoad(orgs, route, report);
    const total = large.counts.read;
    return [
        ratioRow(
            `First load, a record of ${count(RECORDS)}`,
            large.ms / RECORDS,
            'one created by itself over REST',
            each
        ),
        ratioRow(
            `First load, a record of ${count(RECORDS)}`,
            large.ms / RECORDS,
            `one of ${count(SMALL)}`,
            small.ms / SMALL,
            1.5
        ),
        figureRow(`First load of ${count(RECORDS)}`, `${Math.round((RECORDS / large.ms) * 1000)} records a second`),
        figureRow(`First load of ${count(RECORDS)}`, `${large.calls} API requests of both orgs`),
        countRow(`First load of ${count(RECORDS)}: heap growth after its first chunk`, large.heapMb, 'MB', 16),
        countRow(
            `Second load of ${count(total)} unchanged records`,
            again.counts.created + again.counts.updated + again.counts.linked + again.counts.queued,
            'records written',
            0
        ),
        ratioRow('A record that is unchanged', again.ms / total, 'one that is loaded', large.ms / RECORDS)
    ];
}

interface TimedLoad {
    readonly counts: LoadCounts;
    readonly ms: number;
    readonly calls: number;
    readonly heapMb: number;
}

async function timedLoad({ control }: SyncBench, route: Route, report: StepReport): Promise<TimedLoad> {
    const before = route.sender.calls + route.receiver.calls;
    for (const { org } of [route.sender, route.receiver]) await control[org.role].setApi({ used: 0 });
    const heaps: number[] = [];
    const checkpoint = { at: undefined, reached: () => undefined, clear: () => undefined };
    const started = performance.now();
    const counts = await load({
        route,
        checkpoint,
        chunk: CHUNK,
        onProgress: ({ read }, total) => {
            collectGarbage();
            heaps.push(process.memoryUsage().heapUsed);
            report.progress(`${count(read)} of ${count(total)} records loaded`);
        }
    });
    const ms = performance.now() - started;
    if (counts.refused.length > 0) throw new Error(JSON.stringify(counts.refused[0]));
    return {
        counts,
        ms,
        calls: route.sender.calls + route.receiver.calls - before,
        heapMb: heaps.length === 0 ? 0 : Math.max(0, Math.max(...heaps) - heaps[0]) / MB
    };
}

/** Milliseconds for each record that is created in the target by a request of its own. */
async function oneByOne({ target }: LinkedOrgs, report: StepReport): Promise<number> {
    const started = performance.now();
    for (let index = 0; index < ONE_BY_ONE; index += 1) {
        await target.connection.sobject('Account').create({ Name: `Single ${index}`, Phone: String(index) });
        report.progress(`${index + 1} of ${ONE_BY_ONE} records one by one`);
    }
    const ms = (performance.now() - started) / ONE_BY_ONE;
    await evaluateApex(target, `delete [SELECT Id FROM Account WHERE Name LIKE 'Single %'];`, 'true');
    await withoutTraces(target);
    return ms;
}

/** Accounts of the source that the engine has not seen. */
async function provide({ source }: LinkedOrgs, records: number, report: StepReport): Promise<void> {
    for (let done = 0; done < records; done += SMALL) {
        const size = Math.min(SMALL, records - done);
        const code = `List<Account> made = new List<Account>();
            for (Integer i = 0; i < ${size}; i++) {
                made.add(new Account(Name = 'Load ' + (${done} + i), Phone = String.valueOf(i), AnnualRevenue = 1.5 * i));
            }
            insert made;`;
        await evaluateApex(source, code, 'true');
        await withoutTraces(source);
        report.progress(`${count(done + size)} of ${count(records)} records made`);
    }
}

async function withoutTraces(org: LinkedOrgs['source']): Promise<void> {
    await evaluateApex(
        org,
        `List<SObject> traces = new List<SObject>([SELECT Id FROM Sync_Outbox__c]);
            delete traces;
            Database.emptyRecycleBin(traces);
            List<SObject> links = new List<SObject>([SELECT Id FROM Sync_Link__c WHERE Remote_Id__c = NULL]);
            delete links;
            Database.emptyRecycleBin(links);`,
        'true'
    );
}

/** API requests of the peer and transactions of the delivery for changes of many records. */
async function measureChanges(orgs: SyncBench, report: StepReport): Promise<BenchRow[]> {
    const linked = (await orgs.source.connection.query(`SELECT COUNT() FROM Sync_Link__c WHERE Mapping__c = 'Account'`))
        .totalSize;
    const changed = Math.min(CHANGED, linked);
    // The records of the load have left events behind, for changes that are no longer there.
    await orgs.control.source.runJobs();
    for (let done = 0; done < changed; done += SMALL) {
        const code = `List<Account> changed = [SELECT Id FROM Account WHERE Website = NULL LIMIT ${Math.min(SMALL, changed - done)}];
            for (Account one : changed) { one.Website = 'changed.example'; }
            update changed;`;
        await evaluateApex(orgs.source, code, 'true');
        report.progress(`${count(done)} of ${count(changed)} records changed`);
    }
    const before = await requestsUsed(orgs.target);
    const started = performance.now();
    let transactions = 0;
    for (let ran = 1; ran > 0; transactions += ran) {
        ran = await orgs.control.source.runJobs(1);
        report.progress(`${transactions} transactions`);
    }
    const ms = performance.now() - started;
    // Asking costs a request itself.
    const calls = (await requestsUsed(orgs.target)) - before - 1;
    const arrived = (
        await orgs.target.connection.query(`SELECT COUNT() FROM Account WHERE Website = 'changed.example'`)
    ).totalSize;
    if (arrived !== changed) throw new Error(`${arrived} of ${changed} changes arrived`);
    return [
        countRow(`${count(changed)} changed Accounts`, calls, 'API requests of the peer', (60 * changed) / CHANGED),
        countRow(`${count(changed)} changed Accounts`, (transactions * 1000) / changed, 'transactions for 1,000', 3),
        figureRow(`${count(changed)} changed Accounts`, `${Math.round((changed / ms) * 1000)} delivered a second`)
    ];
}

async function measureLag(orgs: SyncBench, report: StepReport): Promise<BenchRow[]> {
    const idle = await lags(orgs, 'idle', report);
    const busy = new AbortController();
    const pressure = changeEachSecond(orgs, busy.signal);
    const loaded = await lags(orgs, 'load', report);
    busy.abort();
    await pressure;
    return [
        countRow('From save to visible in the other org, idle: p95', idle.p95, 'ms', 2000),
        figureRow('From save to visible in the other org, idle: p50', `${Math.round(idle.p50)} ms`),
        countRow(`The same while ${AT_ONCE} records change each second: p95`, loaded.p95, 'ms', 2000),
        figureRow(`The same while ${AT_ONCE} records change each second: p50`, `${Math.round(loaded.p50)} ms`)
    ];
}

/** Changes some records, each second again, until the signal comes. */
async function changeEachSecond({ source }: LinkedOrgs, signal: AbortSignal): Promise<void> {
    for (let turn = 0; !signal.aborted; turn += 1) {
        const started = performance.now();
        const code = `List<Account> changed = [SELECT Id FROM Account WHERE Name LIKE 'Load %' LIMIT ${AT_ONCE}];
            for (Account one : changed) { one.Phone = 'turn ${turn}'; }
            update changed;`;
        await evaluateApex(source, code, 'true');
        await delay(Math.max(0, SECOND_MS - (performance.now() - started)));
    }
}

async function lags(orgs: SyncBench, name: string, report: StepReport): Promise<{ p50: number; p95: number }> {
    const measured: number[] = [];
    // Looking costs requests, of which a day has a limit.
    await orgs.control.target.setApi({ used: 0 });
    for (let index = 0; index < SAVES; index += 1) {
        const key = `Lag ${name} ${index}`;
        await orgs.source.connection.sobject('Account').create({ Name: key });
        const saved = performance.now();
        let found = 0;
        while (found === 0) {
            await delay(PAUSE_MS);
            found = (await orgs.target.connection.query(`SELECT Id FROM Account WHERE Name = '${key}'`)).totalSize;
        }
        measured.push(performance.now() - saved);
        report.progress(`${index + 1} of ${SAVES} saves seen, ${name}`);
    }
    return percentiles(measured) ?? { p50: 0, p95: 0 };
}

async function setHeld({ control }: SyncBench, held: boolean): Promise<void> {
    await control.source.holdJobs(held);
    await control.target.holdJobs(held);
}

function count(value: number): string {
    return value.toLocaleString('en-US');
}
