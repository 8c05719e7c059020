import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { allGeneratedPositionsFor, eachMapping, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { ApexTestReport } from '../lib/apex-tests.ts';
import { BridgeSandbox } from './bridge-process.ts';
import { InspectorClient, type CallFrame, type Script } from './inspector-client.ts';

const META =
    '<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>\n';

const CLASSES = {
    Ledger: `public with sharing class Ledger {
    public Integer total = 0;
    public void add(List<Integer> amounts) {
        for (Integer amount : amounts) {
            Integer doubled = amount * 2;
            total += doubled;
        }
    }
}`,
    LedgerTest: `@IsTest
private class LedgerTest {
    @IsTest
    static void adds() {
        Ledger book = new Ledger();
        book.add(new List<Integer>{ 3, 4 });
        Assert.areEqual(14, book.total);
    }
}`
};

describe('bridge apex test --debug', () => {
    const sandbox = new BridgeSandbox();
    const clients: InspectorClient[] = [];
    after(async () => {
        clients.forEach((client) => client.close());
        await sandbox.dispose();
    });

    test('stops at a breakpoint in a .cls, shows its variables and goes on', { timeout: 600_000 }, async () => {
        const folder = join(sandbox.folder, 'source', 'classes');
        mkdirSync(folder, { recursive: true });
        for (const [name, body] of Object.entries(CLASSES)) {
            writeFileSync(join(folder, `${name}.cls`), body);
            writeFileSync(join(folder, `${name}.cls-meta.xml`), META);
        }
        const source = pathToFileURL(join(folder, 'Ledger.cls')).href;
        const run = sandbox.start('apex', 'test', '--source-dir', folder, '--debug', '0', '--json');
        const client = await InspectorClient.connect(await debuggerUrl(run.child));
        clients.push(client);

        const script = client.script(`${source}.js`);
        const map = sourceMapOf(script);
        const doubled = generatedName(map, await client.sourceOf(script), 'doubled');
        const [place] = allGeneratedPositionsFor(map, { source, line: 6, column: 0 });
        assert.ok(place?.line, 'the source map knows line 6');
        await client.send('Debugger.setBreakpointByUrl', {
            url: script.url,
            lineNumber: place.line - 1,
            columnNumber: place.column
        });

        const first = client.paused();
        await client.send('Runtime.runIfWaitingForDebugger');
        const stops = [await first];
        assert.deepEqual(placeOf(stops[0], map), { source, line: 6 });
        // Callers stand where they called, in files of their own.
        assert.equal(stops[0][1]?.functionName.includes('adds'), true);
        const values = [await client.evaluate(stops[0][0], doubled)];

        const second = client.paused();
        await client.send('Debugger.resume');
        stops.push(await second);
        values.push(await client.evaluate(stops[1][0], doubled));
        assert.deepEqual(values, [6, 8]);

        await client.send('Debugger.resume');
        client.close();
        const ended = await run.finished;
        assert.equal(ended.code, 0, ended.stderr);
        assert.deepEqual(ended.json<ApexTestReport>().summary, { total: 1, passed: 1, failed: 0 });
    });

    test('says when the port is taken', async () => {
        const server = createServer().listen(0, '127.0.0.1');
        await once(server, 'listening');
        const { port } = server.address() as AddressInfo;
        try {
            const run = await sandbox.run(
                'apex',
                'test',
                '--source-dir',
                'force-app',
                '--debug',
                String(port),
                '--json'
            );
            assert.equal(run.code, 2);
            assert.equal(run.json<{ code: string }>().code, 'PORT_TAKEN');
        } finally {
            server.close();
        }
    });
});

/** The address that the command prints while it waits. */
function debuggerUrl(child: ReturnType<BridgeSandbox['start']>['child']): Promise<string> {
    let text = '';
    return new Promise((found, failed) => {
        child.stderr?.on('data', (chunk: Buffer) => {
            text += chunk.toString();
            const url = /attach a debugger to (ws:\/\/127\.0\.0\.1:\d+\/[\w-]+)/.exec(text)?.[1];
            if (url !== undefined) found(url);
        });
        child.on('close', () => failed(new Error(text)));
    });
}

function sourceMapOf({ sourceMapURL }: Script): TraceMap {
    const encoded = sourceMapURL.slice(sourceMapURL.indexOf(',') + 1);
    return new TraceMap(Buffer.from(encoded, 'base64').toString());
}

function placeOf([frame]: readonly CallFrame[], map: TraceMap): { source: string | null; line: number | null } {
    const { lineNumber, columnNumber } = frame.location;
    const { source, line } = originalPositionFor(map, { line: lineNumber + 1, column: columnNumber });
    return { source, line };
}

/** What the generated code calls a variable of the source: the word at the place where the map has its name. */
function generatedName(map: TraceMap, text: string, name: string): string {
    const lines = text.split('\n');
    let found: string | undefined;
    eachMapping(map, (mapping) => {
        if (mapping.name === name) {
            found = /^[\w$]+/.exec(lines[mapping.generatedLine - 1].slice(mapping.generatedColumn))?.[0];
        }
    });
    assert.ok(found, `the map names ${name}`);
    return found;
}
