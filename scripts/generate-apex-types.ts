/**
 * Writes force-app/types/apex.d.ts from the Apex classes that serve components.
 *
 *     node scripts/generate-apex-types.ts
 */
import { writeFile } from 'node:fs/promises';
import { APEX_TYPES_PATH, renderApexTypes } from './lib/apex-types-file.ts';

await writeFile(APEX_TYPES_PATH, await renderApexTypes());
