import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

let known: string | undefined;

/** Changes with the code that makes syntax trees, down to its last character: no tree of other code is read. */
export function treeVersion(): string {
    known ??= computeVersion();
    return known;
}

function computeVersion(): string {
    const hash = createHash('sha256');
    const folder = new URL('./', import.meta.url);
    for (const file of readdirSync(folder).sort()) {
        hash.update(file).update(readFileSync(new URL(file, folder)));
    }
    return hash.digest('hex');
}
