import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders whose code decides what a class compiles to. */
const PARTS = ['apex', 'platform', 'schema', 'soql', 'values'];

/** Packages that do: the grammar, and the type jars with the platform's signatures and objects. */
const PACKAGES = ['@apexdevtools/apex-parser', '@salesforce/code-analyzer-pmd-engine'];

let known: string | undefined;

/** Changes with the compiler, down to the last character of it: no result of another one is used. */
export function compilerVersion(): string {
    known ??= computeVersion();
    return known;
}

function computeVersion(): string {
    const hash = createHash('sha256');
    const root = fileURLToPath(new URL('../../', import.meta.url));
    for (const part of PARTS) {
        const files = readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).sort();
        for (const file of files.filter((name) => name.endsWith('.ts'))) {
            hash.update(file).update(readFileSync(join(root, part, file)));
        }
    }
    for (const name of PACKAGES) hash.update(`${name} ${versionOf(name)}`);
    return hash.digest('hex');
}

function versionOf(name: string): string {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = entry.slice(0, entry.lastIndexOf(name) + name.length);
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
