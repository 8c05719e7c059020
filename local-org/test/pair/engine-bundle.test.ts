import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bundleOf } from '../../src/pair/engine-bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'engine-bundle-'));
after(() => rmSync(folder, { recursive: true }));
const sources = join(folder, 'sources');
const cache = join(folder, 'cache');
mkdirSync(join(sources, 'engine'), { recursive: true });
write('engine/entry.ts', `export { name, place } from '../part.ts';`);
writePart('one');

function write(path: string, text: string): void {
    writeFileSync(join(sources, path), text);
}

function writePart(name: string): void {
    write(
        'part.ts',
        `export const name: string = '${name}';\nexport const place = [import.meta.url, import.meta.dirname];`
    );
}

async function load(url: URL): Promise<{ name: string; place: string[] }> {
    return (await import(url.href)) as { name: string; place: string[] };
}

function bundle(): Promise<URL> {
    return bundleOf(sources, join('engine', 'entry.ts'), cache);
}

describe('the bundle of the engine', () => {
    test('is one module in which each part knows where its source is', async () => {
        const url = await bundle();
        assert.deepEqual(
            { ...(await load(url)) },
            { name: 'one', place: [pathToFileURL(join(sources, 'part.ts')).href, sources] }
        );
    });

    test('is made once, and anew when a source changes', async () => {
        const first = await bundle();
        assert.equal((await bundle()).href, first.href);
        writePart('two');
        const second = await bundle();
        assert.notEqual(second.href, first.href);
        assert.equal((await load(second)).name, 'two');
        writePart('one');
        assert.equal((await bundle()).href, first.href);
    });

    test('leaves no drafts, and takes bundles of long ago away when it makes one', async () => {
        const before = readdirSync(cache);
        assert.ok(before.length > 0);
        assert.deepEqual(
            before.filter((name) => !/^engine-[0-9a-f]{16}\.mjs(?:\.map)?$/.test(name)),
            []
        );
        for (const name of before) utimesSync(join(cache, name), 0, 0);
        writePart('three');
        await bundle();
        assert.deepEqual(
            readdirSync(cache).filter((name) => before.includes(name)),
            []
        );
    });

    test('says what is wrong with a source', async () => {
        writePart(`'`);
        await assert.rejects(bundle(), /part\.ts:1:\d+/);
    });
});
