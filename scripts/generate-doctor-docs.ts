/**
 * Writes the table of causes into docs/doctor.md.
 *
 *     node scripts/generate-doctor-docs.ts
 */
import { writeFile } from 'node:fs/promises';
import { DOCTOR_DOCS_PATH, renderDoctorDocs } from './doctor/rule-table.ts';

await writeFile(DOCTOR_DOCS_PATH, await renderDoctorDocs());
