import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { projectPath } from '../lib/project.ts';
import { RULE_FAMILIES } from './rules.ts';

export const LINT_DOCS_PATH = projectPath('docs', 'lint.md');

const START = '<!-- rules: written by scripts/generate-lint-docs.ts -->';
const END = '<!-- end of rules -->';

/** docs/lint.md with the table of rules that the code has now. */
export async function renderLintDocs(): Promise<string> {
    const text = readFileSync(LINT_DOCS_PATH, 'utf8');
    const [start, end] = [text.indexOf(START), text.indexOf(END)];
    if (start === -1 || end < start) {
        throw new Error(`${LINT_DOCS_PATH} has no place for the rules: ${START} … ${END}`);
    }
    const rendered = `${text.slice(0, start)}${START}\n\n${ruleTables()}\n\n${text.slice(end)}`;
    return format(rendered, { ...(await resolveConfig(LINT_DOCS_PATH)), filepath: LINT_DOCS_PATH });
}

function ruleTables(): string {
    return Object.entries(RULE_FAMILIES)
        .map(([family, rules]) => {
            const rows = rules.map(
                ({ id, severity, title, why, fix }) =>
                    `| \`${id}\` | ${severity} | ${cell(title)} | ${cell(why)} | ${cell(fix)} |`
            );
            return [
                `### ${family}`,
                '',
                '| Rule | Severity | Finds | Why | Fix |',
                '|---|---|---|---|---|',
                ...rows
            ].join('\n');
        })
        .join('\n\n');
}

/** Text of a rule in a table: `|` ends a cell, `<` starts HTML, `_` and `*` mean emphasis. */
function cell(text: string): string {
    return text.replace(/[|<>_*]/g, '\\$&');
}
