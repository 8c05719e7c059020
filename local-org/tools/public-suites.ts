import { readFileSync } from 'node:fs';

/** Results of `bridge apex test` on public code that nobody here wrote, kept as they were measured. */
const DATA = new URL('public-suites.json', import.meta.url);

interface SuiteResult {
    /** `owner/name` on GitHub. */
    readonly suite: string;
    readonly commit: string;
    /** Folders given with `--source-dir`, in a copy of the commit. */
    readonly sourceDirs: readonly string[];
    readonly passed: number;
    /** Test methods of the classes that compile; what does not is among the failures. */
    readonly total: number;
    readonly failures: readonly { readonly count: number; readonly of: string; readonly cause: string }[];
}

const INTRODUCTION = [
    '## Public test suites',
    '',
    'Unmodified public repositories at a pinned commit, exported with `git archive` into a folder outside this one; none of',
    'their code is here. Run one with `npm run bridge -- apex test --source-dir DIR`, once for each folder. `Total` counts',
    'the test methods that compile; classes that do not are among the causes below the table.',
    ''
];

/** The section of the page about public suites, as Prettier wants it. */
export function publicSuites(): string[] {
    const results = JSON.parse(readFileSync(DATA, 'utf8')) as readonly SuiteResult[];
    const rows = [
        ['Suite', 'Commit', 'Folders', 'Passed', 'Total'],
        ...results.map(({ suite, commit, sourceDirs, passed, total }) => [
            suite,
            commit,
            sourceDirs.map((folder) => `\`${folder}\``).join(', '),
            String(passed),
            String(total)
        ])
    ];
    const causes = results.flatMap(({ suite, failures }) =>
        failures.length === 0
            ? []
            : [`${suite}:`, '', ...failures.map(({ count, of, cause }) => `- ${count} ${of}: ${cause}`), '']
    );
    return [...INTRODUCTION, ...table(rows), '', 'What does not pass, and why:', '', ...causes];
}

function table(rows: readonly (readonly string[])[]): string[] {
    const [head = []] = rows;
    const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    const [first = '', ...rest] = rows.map(
        (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
    );
    return [first, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest];
}
