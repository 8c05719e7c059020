import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Folders of sources, those in them included, and packages with what finds them. */
export interface Code {
    readonly folders: readonly string[];
    readonly packages?: readonly (readonly [name: string, require: NodeJS.Require])[];
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
    for (const [name, require] of packages) hash.update(`${name} ${versionOf(name, require)}`);
    return hash.digest('hex');
}

function versionOf(name: string, require: NodeJS.Require): string {
    const entry = require.resolve(name);
    const folder = entry.slice(0, entry.lastIndexOf(name) + name.length);
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Finds the packages of the project. */
export const projectRequire = createRequire(import.meta.url);
