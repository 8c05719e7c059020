import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { evaluateApex } from '../lib/anonymous-apex.ts';
import { requestsUsed } from '../lib/api-facts.ts';
import type { LinkedOrgs } from '../lib/context.ts';
import { bestOf, countRow, ratioRow, type BenchRow } from './measure.ts';

const CALLOUTS = 90;
const UPSERTS = 10_000;

/** What the link costs: callouts against a bare HTTP server, and API calls of the target for a bulk upsert. */
export async function measureLink(orgs: LinkedOrgs): Promise<BenchRow[]> {
    const calloutMs = await bestOf(3, () => apexCallouts(orgs));
    const bareMs = await bestOf(3, bareCalls);
    return [
        ratioRow(`${CALLOUTS} callouts from org to org`, calloutMs, 'a bare HTTP server', bareMs),
        countRow(
            `${UPSERTS.toLocaleString('en-US')} Accounts upserted`,
            await apiCallsOfUpsert(orgs),
            'API calls of the target',
            60
        )
    ];
}

async function apexCallouts({ source }: LinkedOrgs): Promise<number> {
    const code =
        `Long started = System.currentTimeMillis(); for (Integer i = 0; i < ${CALLOUTS}; i++) { HttpRequest request = new HttpRequest(); ` +
        "request.setMethod('GET'); request.setEndpoint('callout:TargetOrg_NC/services/data/v67.0/limits'); " +
        'HttpResponse response = new Http().send(request); if (response.getStatusCode() != 200) { throw new CalloutException(response.getBody()); } } ' +
        'Long ms = System.currentTimeMillis() - started;';
    return evaluateApex<number>(source, code, 'ms');
}

async function bareCalls(): Promise<number> {
    const server = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });
    const started = performance.now();
    for (let i = 0; i < CALLOUTS; i += 1) {
        await new Promise<void>((done, failed) => {
            request({ port, host: '127.0.0.1', agent }, (response) => {
                response.resume();
                response.on('end', done);
            })
                .on('error', failed)
                .end();
        });
    }
    const ms = performance.now() - started;
    agent.destroy();
    server.close();
    return ms;
}

async function apiCallsOfUpsert(orgs: LinkedOrgs): Promise<number> {
    const before = await requestsUsed(orgs.target);
    const code =
        `List<AccountRow> rows = new List<AccountRow>(); for (Integer i = 0; i < ${UPSERTS}; i++) { AccountRow row = new AccountRow(); ` +
        "row.name = 'Bulk ' + i; row.externalKey = UserInfo.getOrganizationId() + ':001' + String.valueOf(i).leftPad(15, '0'); rows.add(row); } Integer saved = 0; " +
        'for (SaveOutcome outcome : AccountHelper.createOrUpdateAccount(rows)) { if (outcome.success) { saved++; } }';
    const saved = await evaluateApex<number>(orgs.source, code, 'saved');
    if (saved !== UPSERTS) {
        throw new Error(`${saved} of ${UPSERTS} Accounts were saved`);
    }
    // Asking costs a call itself.
    return (await requestsUsed(orgs.target)) - before - 1;
}
