import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BridgeError } from '../lib/errors.ts';
import type { MigratedFile } from './types.ts';

export interface WrittenFile {
    readonly path: string;
    readonly state: 'created' | 'overwritten' | 'unchanged';
}

/** Writes all files or none: throws FILES_EXIST when one is there with other content, unless that is allowed. */
export function writeFiles(folder: string, files: readonly MigratedFile[], overwrite: boolean): WrittenFile[] {
    const planned = files.map(({ path, content }) => ({ path, content, state: stateOf(join(folder, path), content) }));
    const taken = planned.filter(({ state }) => state === 'overwritten').map(({ path }) => path);
    if (taken.length > 0 && !overwrite) {
        throw new BridgeError(
            'user',
            'FILES_EXIST',
            `Nothing was written: ${folder} holds other files of these names:\n  ${taken.join('\n  ')}`,
            ['Pass another --output-dir, or --overwrite to replace them.']
        );
    }
    for (const { path, content, state } of planned) {
        if (state !== 'unchanged') {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), content);
        }
    }
    return planned.map(({ path, state }) => ({ path, state }));
}

function stateOf(path: string, content: string): WrittenFile['state'] {
    if (!existsSync(path)) {
        return 'created';
    }
    return readFileSync(path, 'utf8') === content ? 'unchanged' : 'overwritten';
}
