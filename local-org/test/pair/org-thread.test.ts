import assert from 'node:assert/strict';
import { request as httpRequest, createServer } from 'node:http';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { startOrgThread, type OrgThread } from '../../src/pair/org-thread.ts';

const engine = new URL('./relay-engine.ts', import.meta.url);

function start(name: string, onCrash: (error: Error) => void = () => undefined): Promise<OrgThread> {
    return startOrgThread({
        name,
        port: 0,
        engine,
        apiVersion: '67.0',
        adminUsername: 'admin@test.local',
        toolingCertificate: undefined,
        dataFile: undefined,
        clockFixedAt: undefined,
        log: () => undefined,
        onCrash
    });
}

/** Milliseconds for a callout that is answered: more than a busy machine takes. */
const PATIENCE = 120_000;

function relay(through: OrgThread, to: string, timeout = PATIENCE): string {
    return `${through.url}/relay?to=${encodeURIComponent(to)}&timeout=${timeout}`;
}

async function textOf(url: string, init?: RequestInit): Promise<string> {
    return (await fetch(url, init)).text();
}

describe('an org in a worker', () => {
    let source: OrgThread;
    let target: OrgThread;

    before(async () => {
        source = await start('source');
        target = await start('target');
    });

    after(async () => {
        await source?.stop();
        await target?.stop();
    });

    test('answers requests with their bodies', async () => {
        assert.equal(await textOf(`${source.url}/echo`, { method: 'POST', body: 'hello' }), 'source:POST:hello');
    });

    test('listens on IPv4 and, where there is one, on IPv6 under the same port', async () => {
        const { port } = new URL(source.url);
        assert.equal(await textOf(`http://127.0.0.1:${port}/echo`), 'source:GET:');
        assert.equal(await textOf(`http://localhost:${port}/echo`), 'source:GET:');
    });

    test('calls out over HTTP while it serves a request', async () => {
        assert.equal(await textOf(relay(source, `${target.url}/echo`)), 'source(target:GET:)');
    });

    test('serves a request that comes back to it during its own callout', async () => {
        const back = relay(target, `${source.url}/echo`);
        assert.equal(await textOf(relay(source, back)), 'source(target(source:GET:))');
    });

    test('two orgs that call each other at the same time both get their answers', async () => {
        const rounds = Array.from({ length: 10 }, () => [
            textOf(relay(source, relay(target, `${source.url}/echo`))),
            textOf(relay(target, relay(source, `${target.url}/echo`)))
        ]);
        const answers = await Promise.all(rounds.flat());
        assert.deepEqual(new Set(answers), new Set(['source(target(source:GET:))', 'target(source(target:GET:))']));
    });

    test('a callout that is not answered in time ends as a timeout', async (t) => {
        const silent = createServer(() => undefined).listen(0, '127.0.0.1');
        t.after(() => {
            silent.closeAllConnections();
            silent.close();
        });
        await once(silent, 'listening');
        const { port } = silent.address() as { port: number };
        assert.equal(await textOf(relay(source, `http://127.0.0.1:${port}/`, 50)), 'source(timeout)');
    });

    test('a callout to where nobody listens is unreachable', async () => {
        const closed = createServer().listen(0, '127.0.0.1');
        await once(closed, 'listening');
        const { port } = closed.address() as { port: number };
        closed.close();
        await once(closed, 'close');
        assert.equal(await textOf(relay(source, `http://127.0.0.1:${port}/`)), 'source(unreachable)');
    });

    test('refuses a host name that is not loopback', async () => {
        const { port } = new URL(source.url);
        const request = httpRequest({
            host: '127.0.0.1',
            port,
            path: '/echo',
            headers: { host: 'evil.example' }
        }).end();
        const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
        response.resume();
        assert.equal(response.statusCode, 421);
    });

    test('refuses writes of pages from other origins, and takes those of its own', async () => {
        const post = (headers: Record<string, string>): Promise<Response> =>
            fetch(`${source.url}/echo`, { method: 'POST', body: 'x', headers });
        assert.equal((await post({ origin: 'https://evil.example' })).status, 403);
        assert.equal((await post({ origin: target.url })).status, 403);
        assert.equal((await post({ origin: source.url })).status, 200);
        assert.equal((await post({})).status, 200);
    });
});

test('a crash of the engine is reported, and the org answers 503 afterwards', async (t) => {
    const crashed = Promise.withResolvers<Error>();
    const org = await start('doomed', crashed.resolve);
    t.after(() => org.stop());
    await textOf(`${org.url}/crash`);
    assert.match((await crashed.promise).message, /the engine crashed on purpose/);
    assert.equal((await fetch(`${org.url}/echo`)).status, 503);
});

test('after a stop nobody listens on the port', async () => {
    const org = await start('short');
    await textOf(`${org.url}/echo`);
    await org.stop();
    await assert.rejects(fetch(`${org.url}/echo`));
});
