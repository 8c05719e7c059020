/**
 * Writes the table of rules into docs/lint.md.
 *
 *     node scripts/generate-lint-docs.ts
 */
import { writeFile } from 'node:fs/promises';
import { LINT_DOCS_PATH, renderLintDocs } from './lint/rule-table.ts';

await writeFile(LINT_DOCS_PATH, await renderLintDocs());
