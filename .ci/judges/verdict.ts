import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One thing a judge objects to. Lines and columns count from 1. */
export interface Finding {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    readonly message: string;
}

/** What a judge looked at and what it found; `scope` is a short figure such as "24 files". */
export interface Verdict {
    readonly scope: string;
    readonly findings: readonly Finding[];
    /** Why nothing could be judged, when a tool of the machine is missing. */
    readonly skipped?: string;
}

/** Judges the Salesforce DX project in a directory. */
export type Judge = (projectDirectory: string) => Promise<Verdict>;

export const PROJECT_DIRECTORY = fileURLToPath(new URL('../..', import.meta.url));

/** The package directories that sfdx-project.json lists, absolute. */
export async function packageDirectories(projectDirectory: string): Promise<string[]> {
    const project = JSON.parse(await readFile(join(projectDirectory, 'sfdx-project.json'), 'utf8')) as {
        packageDirectories: { path: string }[];
    };
    return project.packageDirectories.map(({ path }) => join(projectDirectory, path));
}

/** All files below the directories whose names end in one of the suffixes, absolute and sorted. */
export function filesEndingIn(directories: readonly string[], ...suffixes: string[]): string[] {
    return directories
        .flatMap((directory) =>
            readdirSync(directory, { recursive: true, withFileTypes: true })
                .filter((entry) => entry.isFile() && suffixes.some((suffix) => entry.name.endsWith(suffix)))
                .map((entry) => join(entry.parentPath, entry.name))
        )
        .sort();
}

/**
 * Runs one judge over the project (or over the directory given as the only argument), prints its findings and one
 * closing line, and sets the exit code: 0 without findings, 1 with some.
 */
export async function report(name: string, judge: Judge): Promise<void> {
    const projectDirectory = process.argv[2] ?? PROJECT_DIRECTORY;
    const start = performance.now();
    const { scope, findings, skipped } = await judge(projectDirectory);
    for (const { file, line, column, message } of findings) {
        const position = [relative(projectDirectory, file), line, column]
            .filter((part) => part !== undefined)
            .join(':');
        console.log(`${position}  ${message}`);
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
        skipped === undefined
            ? `${name}: ${scope}, ${findings.length} findings, ${seconds} s`
            : `${name}: NOT JUDGED, ${skipped}`
    );
    if (findings.length > 0) {
        process.exitCode = 1;
    }
}
