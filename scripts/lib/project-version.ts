import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from './project.ts';

/** The project's state in git; undefined where it is no checkout, as in a downloaded archive. */
export interface ProjectVersion {
    /** Hash of the commit, 40 characters. */
    readonly commit: string;
    /** Paths of force-app that differ from the commit. */
    readonly changed: number;
}

const run = promisify(execFile);

export async function readProjectVersion(): Promise<ProjectVersion | undefined> {
    try {
        const [head, status] = await Promise.all([
            run('git', ['rev-parse', 'HEAD'], { cwd: projectRoot }),
            run('git', ['status', '--porcelain', '--', 'force-app'], { cwd: projectRoot })
        ]);
        return { commit: head.stdout.trim(), changed: status.stdout.split('\n').filter((line) => line !== '').length };
    } catch {
        return undefined;
    }
}
