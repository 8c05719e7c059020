import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BridgeError } from '../../lib/errors.ts';
import { renderAll } from './generate.ts';
import { leftFiles } from './left-files.ts';
import type { PlannedObject } from './plan-types.ts';
import type { Files } from './render.ts';

/** Paths below the folder. */
export interface Written {
    readonly written: readonly string[];
    readonly unchanged: readonly string[];
    /** Of an earlier generation. What they have deployed stays in the orgs. */
    readonly removed: readonly string[];
}

/** Writes the files of the objects, as `writeFiles` does, and removes those of an earlier generation. */
export async function writeMappings(
    folder: string,
    objects: readonly PlannedObject[],
    force: boolean
): Promise<Written> {
    const files = await renderAll(objects);
    return writeFiles(folder, files, force, leftFiles(folder, objects, files));
}

/**
 * Writes all files or none: a file that differs, or is left of an earlier generation, may hold what a person wrote. Throws
 * FILES_DIFFER.
 */
export function writeFiles(folder: string, files: Files, force: boolean, left: readonly string[] = []): Written {
    const state = (path: string): 'new' | 'same' | 'other' => {
        const full = join(folder, path);
        if (!existsSync(full)) return 'new';
        return readFileSync(full, 'utf8') === files.get(path) ? 'same' : 'other';
    };
    const states = new Map([...files.keys()].map((path) => [path, state(path)]));
    const others = [...states].filter(([, found]) => found === 'other').map(([path]) => path);
    const lines = [...others, ...left.map((path) => `${path} (of an earlier generation)`)];
    if (lines.length > 0 && !force) {
        throw new BridgeError(
            'user',
            'FILES_DIFFER',
            `These files of ${folder} differ from what would be written:\n  ${lines.join('\n  ')}`,
            [
                'Keep what was changed by hand, or pass --force to write them anew and remove what is of an earlier generation.',
                'Or pass another --output-dir.'
            ]
        );
    }
    const written = [...states].filter(([, found]) => found !== 'same').map(([path]) => path);
    for (const path of written) {
        const full = join(folder, path);
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, files.get(path) as string);
    }
    left.forEach((path) => rmSync(join(folder, path)));
    return {
        written,
        unchanged: [...states].filter(([, found]) => found === 'same').map(([path]) => path),
        removed: left
    };
}
