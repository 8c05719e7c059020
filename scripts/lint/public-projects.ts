import { readFileSync } from 'node:fs';
import { projectPath } from '../lib/project.ts';

/** Findings in public projects that nobody here wrote, kept as they were measured. */
export const PUBLIC_PROJECTS_PATH = projectPath('scripts', 'lint', 'public-projects.json');

export interface PublicProject {
    /** `owner/name` on GitHub. */
    readonly project: string;
    readonly commit: string;
    /** Folder given to `bridge lint`, in a copy of the commit. */
    readonly folder: string;
    /** Files of auth metadata. */
    readonly files: number;
    /** How often each rule found something. */
    readonly findings: Readonly<Record<string, number>>;
    /** Findings that are none, with the reason. */
    readonly falsePositives: readonly { readonly rule: string; readonly count: number; readonly reason: string }[];
}

const INTRODUCTION = [
    '## Public projects',
    '',
    'Public repositories at a pinned commit, exported with `git archive` into a folder outside this one; nothing of them is',
    'here. Each finding was judged; `False` counts those that are none. Four were at first and led to corrections: an element',
    'that versions up to 63 have, a principal under its namespace, an element that the typings require and deploys do not.',
    'Measured by `node scripts/measure-public-projects.ts OWNER+NAME@COMMIT[/FOLDER] …`.',
    ''
];

export function readPublicProjects(): readonly PublicProject[] {
    return JSON.parse(readFileSync(PUBLIC_PROJECTS_PATH, 'utf8')) as readonly PublicProject[];
}

/** The section of docs/lint.md about public projects. */
export function publicProjectsSection(): string {
    const projects = readPublicProjects();
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
    const found = ({ findings }: PublicProject): number => sum(Object.values(findings));
    const wrong = ({ falsePositives }: PublicProject): number => sum(falsePositives.map(({ count }) => count));
    const rows = projects.map((entry) => {
        const rules = Object.entries(entry.findings).map(([rule, count]) => `\`${rule}\` ${count}`);
        const cells = [entry.project, entry.commit, `\`${entry.folder}\``, entry.files, rules.join(', ')];
        return `| ${[...cells, found(entry), wrong(entry)].join(' | ')} |`;
    });
    const total = [sum(projects.map(({ files }) => files)), '', sum(projects.map(found)), sum(projects.map(wrong))];
    const reasons = projects.flatMap(({ project, falsePositives }) =>
        falsePositives.map(({ rule, count, reason }) => `- ${project}, \`${rule}\`, ${count}: ${reason}`)
    );
    return [
        ...INTRODUCTION,
        '| Project | Commit | Folder | Files | Findings by rule | Findings | False |',
        '|---|---|---|--:|---|--:|--:|',
        ...rows,
        `| Together | | | ${total.join(' | ')} |`,
        ...(reasons.length === 0 ? [] : ['', ...reasons])
    ].join('\n');
}
