/** Where the generated Apex types live and what the file must hold, for the command that writes it and the test. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { generateApexTypings } from './apex-typings.ts';

const PROJECT = join(import.meta.dirname, '../..');
const CLASSES_PATH = join(PROJECT, 'force-app/source/main/default/classes');

export const APEX_TYPES_PATH = join(PROJECT, 'force-app/types/apex.d.ts');

/** The text that the file must hold for the Apex classes as they are on disk, formatted as the project formats. */
export async function renderApexTypes(classesPath = CLASSES_PATH): Promise<string> {
    const names = (await readdir(classesPath)).filter((name) => name.endsWith('.cls')).sort();
    const sources = await Promise.all(names.map((name) => readFile(join(classesPath, name), 'utf8')));
    const options = await resolveConfig(APEX_TYPES_PATH);
    return format(generateApexTypings(sources), { ...options, filepath: APEX_TYPES_PATH });
}
