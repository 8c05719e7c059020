/** Where the generated Apex types live and what the file must hold, for the command that writes it and the test. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { generateApexTypings } from './apex-typings.ts';

const PROJECT = join(import.meta.dirname, '../..');
/** Packages whose classes serve components. */
const CLASSES = '{source,sync}/main/default/classes/*.cls';

export const APEX_TYPES_PATH = join(PROJECT, 'force-app/types/apex.d.ts');

/** The text that the file must hold for the Apex classes as they are on disk, formatted as the project formats. */
export async function renderApexTypes(): Promise<string> {
    const files = globSync(join(PROJECT, 'force-app', CLASSES)).sort();
    const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const options = await resolveConfig(APEX_TYPES_PATH);
    return format(generateApexTypings(sources), { ...options, filepath: APEX_TYPES_PATH });
}
