import { fileURLToPath } from 'node:url';
import { codeVersion } from '../../cache/code-version.ts';

/** Folders whose code decides what a class compiles to. */
const PARTS = ['apex', 'platform', 'schema', 'soql', 'values'];

/** Packages that do: the grammar, and the type jars with the platform's signatures and objects. */
const PACKAGES = ['@apexdevtools/apex-parser', '@salesforce/code-analyzer-pmd-engine'];

let known: string | undefined;

/** Changes with the compiler, down to the last character of it: no result of another one is used. */
export function compilerVersion(): string {
    known ??= codeVersion({
        folders: PARTS.map((part) => fileURLToPath(new URL(`../../${part}/`, import.meta.url))),
        packages: PACKAGES.map((name) => [name, import.meta.url])
    });
    return known;
}
