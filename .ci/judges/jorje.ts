import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { compileWithJorje, hasJavaCompiler, type JorjeProgram } from './jorje/compile.ts';
import { projectObjects } from './jorje/objects.ts';
import { readProjectOrg } from './jorje/project-org.ts';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

const MISSING = 'no Java compiler on the PATH (javac -version)';

/**
 * Compiles the Apex of each package directory on its own with the platform's compiler (jorje): types, visibility,
 * overloads, annotations and all else that a deploy to an org checks, but not the columns of queries.
 */
export async function judgeWithJorje(projectDirectory: string): Promise<Verdict> {
    if (!hasJavaCompiler()) {
        return { scope: '', findings: [], skipped: MISSING };
    }
    const directories = await packageDirectories(projectDirectory);
    const files = new Map(directories.map((directory) => [directory, filesEndingIn([directory], '.cls', '.trigger')]));
    const problems = compileWithJorje([...files].map(([directory, sources]) => program(directory, sources)));
    const findings: Finding[] = [...problems].flatMap(([directory, found]) =>
        found.map(({ source, line, column, message }) => ({
            file: files.get(directory)?.find((file) => basename(file, extname(file)) === source) ?? source,
            line,
            column,
            message
        }))
    );
    return { scope: `${[...files.values()].flat().length} Apex files in ${directories.length} orgs`, findings };
}

function program(directory: string, files: readonly string[]): JorjeProgram {
    const project = readProjectOrg([directory]);
    return {
        id: directory,
        sources: files.map((file) => ({
            name: basename(file, extname(file)),
            body: readFileSync(file, 'utf8'),
            apiVersion: apiVersionOf(file)
        })),
        objects: projectObjects(project),
        labels: project.labels,
        pages: project.pages
    };
}

function apiVersionOf(file: string): number {
    return Number(/<apiVersion>([\d.]+)</.exec(readFileSync(`${file}-meta.xml`, 'utf8'))?.[1]);
}

if (import.meta.main) {
    await report('jorje', judgeWithJorje);
}
