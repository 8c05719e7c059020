import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { CacheFolder } from '../../src/cache/cache-folder.ts';
import { FileResults } from '../../src/lwc/file-results.ts';

describe('results of files of Lightning components', () => {
    let folder: string;
    let worked: number;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'lwc-results-'));
        worked = 0;
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** Asks as a new process does: with the same folder, and nothing in memory. */
    function ask<T>(identity: readonly unknown[], source: string, result: T, kind = 'test'): T {
        return new FileResults<T>(kind, new CacheFolder(folder)).get(identity, source, () => {
            worked += 1;
            return result;
        });
    }

    it('are worked out once', () => {
        const problem = { ok: false, problem: { file: 'lwc/x/x.js', line: 1 } };
        assert.deepEqual(ask(['x'], 'text', problem), problem);
        assert.deepEqual(ask(['x'], 'text', undefined), problem);
        assert.equal(worked, 1);
    });

    it('can be that there is none', () => {
        const results = new FileResults<null>('test', new CacheFolder(folder));
        const work = (): null => {
            worked += 1;
            return null;
        };
        assert.equal(results.get([], 'text', work), null);
        assert.equal(results.get([], 'text', work), null);
        assert.equal(ask([], 'text', 'other'), null);
        assert.equal(worked, 1);
    });

    it('are of one text, identity and kind', () => {
        ask(['x'], 'text', 1);
        assert.equal(ask(['x'], 'texts', 2), 2);
        assert.equal(ask(['x', 67], 'text', 3), 3);
        assert.equal(ask(['x'], 'text', 4, 'other'), 4);
        assert.equal(ask(['x'], 'text', 5), 1);
    });

    it('are worked out again when the file in the folder was changed', () => {
        ask(['x'], 'text', 1);
        for (const name of readdirSync(folder)) appendFileSync(join(folder, name), ' ');
        assert.equal(ask(['x'], 'text', 2), 2);
    });
});
