/**
 * Writes the External Service registration of the source org from the contract in docs/openapi.
 *
 *     node scripts/generate-external-service.ts
 */
import { writeFile } from 'node:fs/promises';
import { REGISTRATION_PATH, renderRegistration } from './lib/external-service.ts';

await writeFile(REGISTRATION_PATH, await renderRegistration());
