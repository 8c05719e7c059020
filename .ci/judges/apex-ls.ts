import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { analyzerClassPath, hasJava, JAVA_MISSING } from './java.ts';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

interface Issues {
    readonly files: {
        readonly path: string;
        readonly messages: {
            readonly start: { readonly line: number; readonly offset: number };
            readonly category: string;
            readonly message: string;
        }[];
    }[];
}

const CLEAN = 0;
const ISSUES = 4;

/**
 * Type-checks the Apex of each package directory on its own: they belong to different orgs, and a class of one must
 * not resolve in the other.
 */
export async function judgeApexTypes(projectDirectory: string): Promise<Verdict> {
    if (!hasJava()) {
        return { scope: '', findings: [], skipped: JAVA_MISSING };
    }
    const directories = await packageDirectories(projectDirectory);
    const findings: Finding[] = [];
    for (const directory of directories) {
        findings.push(...(await checkAlone(directory)));
    }
    const files = filesEndingIn(directories, '.cls', '.trigger').length;
    return { scope: `${files} Apex files in ${directories.length} orgs`, findings };
}

async function checkAlone(directory: string): Promise<Finding[]> {
    const workspace = await mkdtemp(join(tmpdir(), 'apex-ls-'));
    try {
        const copy = join(workspace, basename(directory));
        await cp(directory, copy, { recursive: true });
        const project = {
            packageDirectories: [{ path: basename(directory), default: true }],
            sourceApiVersion: '65.0'
        };
        await writeFile(join(workspace, 'sfdx-project.json'), JSON.stringify(project));
        return check(workspace).map((finding) => ({ ...finding, file: join(directory, relative(copy, finding.file)) }));
    } finally {
        await rm(workspace, { recursive: true });
    }
}

function check(workspace: string): Finding[] {
    const options = ['-n', '-f', 'json', '-d', 'warnings', '-w', workspace];
    const main = 'io.github.apexdevtools.apexls.CheckForIssues';
    const run = spawnSync('java', ['-cp', analyzerClassPath(), main, ...options], { encoding: 'utf8' });
    if (run.status !== CLEAN && run.status !== ISSUES) {
        throw new Error(`apex-ls ended with ${run.status}: ${run.stderr}${run.stdout}`);
    }
    const { files } = JSON.parse(run.stdout) as Issues;
    return files.flatMap(({ path, messages }) =>
        messages.map(({ start, category, message }) => ({
            file: path,
            line: start.line,
            column: start.offset + 1,
            message: `${category}: ${message}`
        }))
    );
}

if (import.meta.main) {
    await report('apex-ls', judgeApexTypes);
}
