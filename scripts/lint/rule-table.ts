import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { projectPath } from '../lib/project.ts';
import { publicProjectsSection } from './public-projects.ts';
import { RULE_FAMILIES } from './rules.ts';

export const LINT_DOCS_PATH = projectPath('docs', 'lint.md');

const START = '<!-- rules: written by scripts/generate-lint-docs.ts -->';
const END = '<!-- end of rules -->';
const PROJECTS_START = '<!-- public projects: written by scripts/generate-lint-docs.ts -->';
const PROJECTS_END = '<!-- end of public projects -->';

/** docs/lint.md with the table of rules that the code has now, and what they found in public projects. */
export async function renderLintDocs(): Promise<string> {
    const text = readFileSync(LINT_DOCS_PATH, 'utf8');
    const [start, end] = [text.indexOf(START), text.indexOf(END)];
    if (start === -1 || end < start) {
        throw new Error(`${LINT_DOCS_PATH} has no place for the rules: ${START} … ${END}`);
    }
    const [first, last] = [text.indexOf(PROJECTS_START), text.indexOf(PROJECTS_END)];
    if (first < end || last < first) {
        throw new Error(
            `${LINT_DOCS_PATH} has no place for public projects after the rules: ${PROJECTS_START} … ${PROJECTS_END}`
        );
    }
    const rules = `${text.slice(0, start)}${START}\n\n${ruleTables()}\n\n${text.slice(end, first)}`;
    const rendered = `${rules}${PROJECTS_START}\n\n${publicProjectsSection()}\n\n${text.slice(last)}`;
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
