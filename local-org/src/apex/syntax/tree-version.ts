import { fileURLToPath } from 'node:url';
import { codeVersion } from '../../cache/code-version.ts';

let known: string | undefined;

/** Changes with the grammar and the code that makes syntax trees, down to its last character: no tree of other code is read. */
export function treeVersion(): string {
    known ??= codeVersion({
        folders: [fileURLToPath(new URL('./', import.meta.url))],
        packages: [['@apexdevtools/apex-parser', import.meta.url]]
    });
    return known;
}
