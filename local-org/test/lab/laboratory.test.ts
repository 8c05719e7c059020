import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startOrgPair, type OrgInfo, type OrgPair } from '../../src/index.ts';
import { apexClass, xml, zipOf } from '../deploy/support/packages.ts';
import { eventually } from '../support/eventually.ts';

const COUNTER = `
@RestResource(urlMapping='/count')
global class Counter {
    @HttpPost
    global static Integer add() {
        insert new Account(Name = 'Counted');
        EventBus.publish(new Ping__e());
        return [SELECT COUNT() FROM Account];
    }
}`;

const CALLER = `
public class Caller {
    public static String call(String url, String token) {
        HttpRequest request = new HttpRequest();
        request.setMethod('POST');
        request.setEndpoint(url + '/services/apexrest/count');
        request.setHeader('Authorization', 'Bearer ' + token);
        request.setHeader('Content-Type', 'application/json');
        request.setBody('{}');
        try {
            HttpResponse response = new Http().send(request);
            return String.valueOf(response.getStatusCode());
        } catch (CalloutException e) {
            return e.getMessage();
        }
    }
}`;

const LATER = `
public class Later implements Queueable, Schedulable {
    public String name;
    public Later named(String name) { this.name = name; return this; }
    public void execute(QueueableContext context) { insert new Account(Name = name); }
    public void execute(SchedulableContext context) { insert new Account(Name = name); }
}`;

const ON_PING = `trigger OnPing on Ping__e (after insert) {
    insert new Account(Name = 'Heard');
}`;

function packageFor(peer: string): Uint8Array {
    const files = {
        ...apexClass('Counter', COUNTER),
        ...apexClass('Caller', CALLER),
        ...apexClass('Later', LATER),
        'triggers/OnPing.trigger': ON_PING,
        'triggers/OnPing.trigger-meta.xml': xml('ApexTrigger', '<apiVersion>67.0</apiVersion><status>Active</status>'),
        'objects/Ping__e.object': xml(
            'CustomObject',
            '<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Ping</label>' +
                '<pluralLabel>Pings</pluralLabel><publishBehavior>PublishAfterCommit</publishBehavior>'
        ),
        'remoteSiteSettings/Peer.remoteSite': xml(
            'RemoteSiteSetting',
            `<disableProtocolSecurity>true</disableProtocolSecurity><isActive>true</isActive><url>${peer}</url>`
        )
    };
    const members = {
        ApexClass: ['Counter', 'Caller', 'Later'],
        ApexTrigger: ['OnPing'],
        CustomObject: ['Ping__e'],
        RemoteSiteSetting: ['Peer']
    };
    return zipOf(members, files);
}

async function request(org: OrgInfo, method: string, path: string, body?: BodyInit): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${org.admin.accessToken}` };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    return fetch(`${org.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
}

async function deploy(org: OrgInfo, peer: OrgInfo): Promise<void> {
    const form = new FormData();
    form.set('entity_content', new Blob(['{"deployOptions":{}}'], { type: 'application/json' }));
    form.set('file', new Blob([Buffer.from(packageFor(peer.url))], { type: 'application/zip' }), 'p.zip');
    const answer = await request(org, 'POST', '/services/data/v67.0/metadata/deployRequest', form);
    const { deployResult } = (await answer.json()) as { deployResult: { success: boolean; details: unknown } };
    assert.ok(deployResult.success, JSON.stringify(deployResult.details));
}

async function apex(org: OrgInfo, code: string): Promise<void> {
    const path = `/services/data/v67.0/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(code)}`;
    const answer = (await (await request(org, 'GET', path)).json()) as { success: boolean; exceptionMessage: string };
    assert.ok(answer.success, answer.exceptionMessage);
}

async function names(org: OrgInfo): Promise<string[]> {
    const soql = encodeURIComponent('SELECT Name FROM Account ORDER BY Name');
    const answer = await request(org, 'GET', `/services/data/v67.0/query?q=${soql}`);
    return ((await answer.json()) as { records: { Name: string }[] }).records.map(({ Name }) => Name);
}

describe('the laboratory of a pair', () => {
    let pair: OrgPair;

    before(async () => {
        pair = await startOrgPair({
            page: false,
            holdJobs: true,
            clockFixedAt: '2026-03-01T08:00:00Z',
            log: (text) => assert.fail(text)
        });
        const { source, target } = pair.info();
        await deploy(source, target);
        await deploy(target, source);
    });

    after(() => pair?.stop());

    /** A callout of the source that the target counts; gives status or exception. */
    async function call(token?: string): Promise<string> {
        const { source, target } = pair.info();
        await apex(
            source,
            `String answer = Caller.call('${target.url}', '${token ?? target.admin.accessToken}');
             insert new Account(Name = answer);`
        );
        const [answer = ''] = await names(source);
        await empty(source);
        return answer;
    }

    async function empty(org: OrgInfo): Promise<void> {
        await apex(org, 'delete [SELECT Id FROM Account];');
    }

    async function counted(): Promise<number> {
        const count = (await names(pair.info().target)).filter((name) => name === 'Counted').length;
        await empty(pair.info().target);
        return count;
    }

    function always(kind: string, more: object = {}): Promise<void> {
        return pair.laboratory.use({ seed: 1, rates: { [kind]: 1 }, points: ['source.callout'], ...more });
    }

    const outcomes: readonly (readonly [kind: string, answer: string, counted: number])[] = [
        ['cut', 'Connection reset', 0],
        ['drop-response', 'Read timed out', 1],
        ['status-503', '503', 0],
        ['status-429', '429', 0],
        ['api-limit', '403', 0],
        ['latency', '200', 1],
        ['duplicate', '200', 2]
    ];
    for (const [kind, answer, count] of outcomes) {
        test(`${kind}: the caller sees "${answer}", ${count} requests take effect`, async () => {
            await always(kind, { latencyMs: 5 });
            assert.equal(await call(), answer);
            await pair.laboratory.use(undefined);
            assert.equal(await counted(), count);
        });
    }

    test('reorder: the request arrives after a later one', async () => {
        await always('reorder');
        assert.equal(await call(), 'Connection reset');
        assert.equal(await counted(), 0);
        await pair.laboratory.flush();
        assert.equal(await counted(), 1);
        await pair.laboratory.use(undefined);
    });

    test('token-expired: the org that gave the token knows it no more', async () => {
        const { target } = pair.info();
        const [cookie = ''] = ((await fetch(target.url)).headers.get('set-cookie') ?? '').split(';');
        const token = cookie.slice(cookie.indexOf('=') + 1);
        assert.equal(await call(token), '200');
        await always('token-expired');
        assert.equal(await call(token), '401');
        await pair.laboratory.use(undefined);
        assert.equal(await call(token), '401');
        assert.equal(await counted(), 1);
    });

    test('a crash of the caller undoes what it did, and its caller gets no answer', async () => {
        const { source } = pair.info();
        await always('crash-self', { downMs: 0 });
        await assert.rejects(call());
        await pair.laboratory.use(undefined);
        assert.deepEqual(await names(source), []);
        assert.ok((await counted()) <= 1);
    });

    test('a crash of the called org loses the answer', async () => {
        await always('crash-peer', { downMs: 0 });
        assert.match(await call(), /^Connection (reset|refused)/);
        await pair.laboratory.use(undefined);
        await counted();
    });

    test('locked rows refuse a change, new rows do not', async () => {
        const { target } = pair.info();
        const created = await request(target, 'POST', '/services/data/v67.0/sobjects/Account', '{"Name":"Locked"}');
        const { id } = (await created.json()) as { id: string };
        await pair.laboratory.use({ seed: 1, rates: { lock: 1 } });
        const path = `/services/data/v67.0/sobjects/Account/${id}`;
        const refused = await request(target, 'PATCH', path, '{"Name":"Changed"}');
        const [problem] = (await refused.json()) as { errorCode: string }[];
        assert.equal(problem?.errorCode, 'UNABLE_TO_LOCK_ROW');
        await pair.laboratory.use(undefined);
        assert.equal((await request(target, 'PATCH', path, '{"Name":"Changed"}')).status, 204);
        assert.deepEqual(await names(target), ['Changed']);
        await empty(target);
    });

    for (const [kind, heard] of [
        ['event-lost', 0],
        ['event-twice', 2],
        ['event-late', 1]
    ] as const) {
        test(`${kind}: a subscriber hears of one event ${heard} times`, async () => {
            const { target } = pair.info();
            await pair.control.target.runJobs();
            await empty(target);
            await pair.laboratory.use({ seed: 1, rates: { [kind]: 1 } });
            await apex(target, 'EventBus.publish(new Ping__e());');
            await pair.control.target.runJobs();
            await pair.laboratory.use(undefined);
            assert.equal((await names(target)).length, heard);
            await empty(target);
        });
    }

    test('a trigger gets the events of several transactions at a time', async () => {
        const { target } = pair.info();
        await pair.control.target.runJobs();
        await empty(target);
        for (let turn = 0; turn < 3; turn += 1) await apex(target, 'EventBus.publish(new Ping__e());');
        assert.equal(await pair.control.target.runJobs(), 1);
        assert.equal((await names(target)).length, 1);
        await empty(target);
    });

    test('a Bulk API job of several batches ends while Apex is held, and Apex does not begin', async () => {
        const { target } = pair.info();
        await pair.control.target.runJobs();
        await empty(target);
        await apex(target, 'EventBus.publish(new Ping__e());');
        const path = '/services/data/v67.0/jobs/ingest';
        const created = await request(target, 'POST', path, '{"object":"Case","operation":"insert"}');
        const { id } = (await created.json()) as { id: string };
        const rows = `Subject\n${'Uploaded\n'.repeat(10_001)}`;
        const csv = new Blob([rows], { type: 'text/csv' });
        assert.equal((await request(target, 'PUT', `${path}/${id}/batches`, csv)).status, 201);
        await request(target, 'PATCH', `${path}/${id}`, '{"state":"UploadComplete"}');
        const job = await eventually(
            async () =>
                (await (await request(target, 'GET', `${path}/${id}`)).json()) as {
                    state: string;
                    numberRecordsProcessed: number;
                },
            ({ state }) => state !== 'InProgress'
        );
        assert.deepEqual([job.state, job.numberRecordsProcessed], ['JobComplete', 10_001]);
        assert.deepEqual(await names(target), []);
        assert.equal(await pair.control.target.runJobs(), 1);
        assert.deepEqual(await names(target), ['Heard']);
        await empty(target);
    });

    test('delayed jobs and schedules run on the clock of the org, also after a restart', async () => {
        const { source } = pair.info();
        const { control } = pair;
        await empty(source);
        await control.source.runJobs();
        await apex(
            source,
            `System.enqueueJob(new Later().named('queued'), 5);
             System.schedule('hourly', '0 0 * * * ?', new Later().named('scheduled'));`
        );
        assert.equal(await control.source.runJobs(), 0);
        await control.source.advanceClock(5 * 60_000);
        assert.equal(await control.source.runJobs(), 1);
        assert.deepEqual(await names(source), ['queued']);
        await control.source.restart();
        const again = pair.info().source;
        assert.equal(again.id, source.id);
        assert.notEqual(again.admin.accessToken, source.admin.accessToken);
        assert.equal((await control.source.state()).nextDue, '2026-03-01T09:00:00.000Z');
        assert.equal((await control.source.state()).now, '2026-03-01T08:05:00.000Z');
        await control.source.advanceClock(55 * 60_000);
        assert.equal(await control.source.runJobs(), 1);
        assert.deepEqual(await names(again), ['queued', 'scheduled']);
        await empty(again);
    });

    test('a run is reproduced from its seed', async () => {
        const run = async (): Promise<{ answers: string[]; struck: unknown }> => {
            await pair.laboratory.use({
                seed: 42,
                rates: { cut: 0.2, duplicate: 0.2, 'status-503': 0.2, reorder: 0.1, lock: 0.1 }
            });
            const answers: string[] = [];
            for (let turn = 0; turn < 25; turn += 1) {
                answers.push((await call().catch(String)).replaceAll(/001\w{15}/g, 'id'));
            }
            await pair.laboratory.flush();
            const { struck } = await pair.laboratory.report();
            await pair.laboratory.use(undefined);
            const kinds = struck.map(({ kind, at, call: number }) => `${number} ${at} ${kind}`);
            return { answers: [...answers, String(await counted())], struck: kinds.sort() };
        };
        const first = await run();
        assert.deepEqual(await run(), first);
        assert.ok(new Set(first.answers).size > 2, first.answers.join());
    });

    describe('its endpoint', () => {
        async function control(method: string, path: string, token: string, body?: string): Promise<Response> {
            return fetch(`${pair.info().source.url}/_laboratory${path}`, {
                method,
                headers: { authorization: `Bearer ${token}` },
                ...(body !== undefined && { body })
            });
        }

        test('obeys the owner only', async () => {
            const { source, target } = pair.info();
            assert.equal((await control('GET', '', 'wrong')).status, 401);
            assert.equal((await control('PUT', '/faults', target.admin.accessToken, '1')).status, 401);
            assert.equal((await control('PUT', '/faults', source.admin.accessToken, '"9"')).status, 200);
            const report = (await (await control('GET', '', source.admin.accessToken)).json()) as {
                settings?: { seed: string };
            };
            assert.equal(report.settings?.seed, '9');
            await control('DELETE', '/faults', source.admin.accessToken);
            assert.equal((await pair.laboratory.report()).settings, undefined);
        });

        test('says what is wrong', async () => {
            const token = pair.info().source.admin.accessToken;
            const answer = await control('PUT', '/faults', token, '{"seed":1,"rates":{"slow":1}}');
            assert.equal(answer.status, 400);
            assert.match(await answer.text(), /no kind of fault/);
            assert.equal((await control('POST', '/source/explode', token)).status, 404);
        });

        test('moves the clock and runs jobs', async () => {
            const token = pair.info().source.admin.accessToken;
            const before = (await pair.control.target.state()).now;
            await control('POST', '/target/advance-clock', token, '{"amount":60000}');
            const now = (await pair.control.target.state()).now;
            assert.equal(Date.parse(now) - Date.parse(before), 60_000);
        });
    });

    describe('its page', () => {
        async function page(): Promise<{ html: string; cookie: string }> {
            const answer = await fetch(`${pair.info().source.url}/lightning/local/laboratory`);
            assert.equal(answer.status, 200);
            return { html: await answer.text(), cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
        }

        async function post(cookie: string, form: Record<string, string>): Promise<Response> {
            return fetch(`${pair.info().source.url}/lightning/local/laboratory`, {
                method: 'POST',
                headers: { cookie },
                body: new URLSearchParams(form),
                redirect: 'manual'
            });
        }

        test('starts and ends faults, and shows them', async () => {
            const { html, cookie } = await page();
            assert.match(html, /No faults\./);
            assert.equal((await post(cookie, { order: 'start', faults: '77' })).status, 303);
            assert.match((await page()).html, /seed <strong>77<\/strong>/);
            const wrong = await post(cookie, { order: 'start', faults: '{"seed":1,"rates":{"slow":1}}' });
            assert.match(await wrong.text(), /no kind of fault/);
            await post(cookie, { order: 'end' });
            assert.match((await page()).html, /No faults\./);
        });

        test('obeys no one without a session, and no other user', async () => {
            await post('', { order: 'start', faults: '77' });
            assert.equal((await pair.laboratory.report()).settings, undefined);
        });
    });
});
