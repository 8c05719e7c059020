import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BridgeError } from '../../lib/errors.ts';
import type { Files } from './render.ts';

export interface Written {
    readonly written: readonly string[];
    readonly unchanged: readonly string[];
}

/** Writes all files or none: a file that differs may hold what a person wrote. Throws FILES_DIFFER. */
export function writeFiles(folder: string, files: Files, force: boolean): Written {
    const state = (path: string): 'new' | 'same' | 'other' => {
        const full = join(folder, path);
        if (!existsSync(full)) return 'new';
        return readFileSync(full, 'utf8') === files.get(path) ? 'same' : 'other';
    };
    const states = new Map([...files.keys()].map((path) => [path, state(path)]));
    const others = [...states].filter(([, found]) => found === 'other').map(([path]) => path);
    if (others.length > 0 && !force) {
        throw new BridgeError(
            'user',
            'FILES_DIFFER',
            `These files of ${folder} differ from what would be written:\n  ${others.join('\n  ')}`,
            ['Keep what was changed by hand, or pass --force to write them anew.', 'Or pass another --output-dir.']
        );
    }
    const written = [...states].filter(([, found]) => found !== 'same').map(([path]) => path);
    for (const path of written) {
        const full = join(folder, path);
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, files.get(path) as string);
    }
    return { written, unchanged: [...states].filter(([, found]) => found === 'same').map(([path]) => path) };
}
