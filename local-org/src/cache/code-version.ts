import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';

/** Folders of sources, those in them included, and packages with the file or address they are imported from. */
export interface Code {
    readonly folders: readonly string[];
    readonly packages?: readonly (readonly [name: string, importer: string])[];
}

/** Changes with the code, down to its last character: what other code has made is not used. Takes some milliseconds. */
export function codeVersion({ folders, packages = [] }: Code): string {
    const hash = createHash('sha256');
    for (const folder of folders) {
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
        for (const file of files.filter((name) => name.endsWith('.ts'))) {
            hash.update(file).update(readFileSync(join(folder, file)));
        }
    }
    for (const [name, importer] of packages) hash.update(`${name} ${versionOf(name, importer)}`);
    return hash.digest('hex');
}

function versionOf(name: string, importer: string): string {
    // Throws, and says what it looked for, when the package is not installed.
    const file = findPackageJSON(name, importer)!;
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
