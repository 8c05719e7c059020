import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { projectPath } from '../lib/project.ts';
import { RULE_FAMILIES } from './rules.ts';

export const DOCTOR_DOCS_PATH = projectPath('docs', 'doctor.md');

const START = '<!-- causes: written by scripts/generate-doctor-docs.ts -->';
const END = '<!-- end of causes -->';

/** docs/doctor.md with the table of causes that the code has now. */
export async function renderDoctorDocs(): Promise<string> {
    const text = readFileSync(DOCTOR_DOCS_PATH, 'utf8');
    const [start, end] = [text.indexOf(START), text.indexOf(END)];
    if (start === -1 || end < start) {
        throw new Error(`${DOCTOR_DOCS_PATH} has no place for the causes: ${START} … ${END}`);
    }
    const rendered = `${text.slice(0, start)}${START}\n\n${tables()}\n\n${text.slice(end)}`;
    return format(rendered, { ...(await resolveConfig(DOCTOR_DOCS_PATH)), filepath: DOCTOR_DOCS_PATH });
}

function tables(): string {
    return Object.entries(RULE_FAMILIES)
        .map(([family, rules]) => {
            const rows = rules.map(
                ({ id, severity, title, fix, remedy, flows = [], apps = [] }) =>
                    `| \`${id}\` | ${severity} | ${[...apps, ...flows].join(', ')} | ${cell(title)} | ${cell(fix)} | ${remedy === undefined ? '' : 'yes'} |`
            );
            return [
                `### ${family}`,
                '',
                '| Cause | | Links | Finds | Fix | `--fix` |',
                '|---|---|---|---|---|---|',
                ...rows
            ].join('\n');
        })
        .join('\n\n');
}

/** Text of a rule in a table: `|` ends a cell, `<` starts HTML, `_` and `*` mean emphasis. */
function cell(text: string): string {
    return text.replace(/[|<>_*]/g, '\\$&');
}
