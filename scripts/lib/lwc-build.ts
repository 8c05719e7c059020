import { execFile } from 'node:child_process';
import { existsSync, globSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { BridgeError } from './errors.ts';
import { projectPath, projectRoot } from './project.ts';
import type { Steps } from './steps.ts';

const SOURCES = 'force-app/*/main/default/lwc/**/*.ts';
const NOT_EMITTED = ['**/__tests__/**', '**/*.d.ts'];

/**
 * Emits the .js of each Lightning web component beside its .ts: orgs accept only JavaScript. Only what has changed is
 * written, so that commands side by side do not read a file that the other is writing. Where no source is newer than the
 * last build, nothing is compiled. Source: TypeScript Handbook, Project References, Build Mode for TypeScript.
 */
export async function buildComponents(): Promise<void> {
    if (!isWhole()) {
        // The compiler takes what it has emitted once for being there.
        rmSync(projectPath('node_modules', '.cache', 'components.tsbuildinfo'), { force: true });
    }
    const tsc = projectPath('node_modules', 'typescript', 'bin', 'tsc');
    const args = [tsc, '-b', projectPath('force-app', 'tsconfig.build.json')];
    try {
        await promisify(execFile)(process.execPath, args);
    } catch (cause) {
        const { stdout } = cause as { stdout?: string };
        throw new BridgeError(
            'user',
            'LWC_DOES_NOT_COMPILE',
            `A Lightning web component does not compile:\n${stdout ?? ''}`,
            ['Correct the error, or run: npm run types']
        );
    }
}

/** The same as a step of a command that deploys, or compares an org with this project: orgs have what the compiler emits. */
export function buildStep(steps: Steps, building?: Promise<void>): Promise<void> {
    return steps.step('Compile the Lightning web components', () => building ?? buildComponents());
}

function isWhole(): boolean {
    return globSync(SOURCES, { cwd: projectRoot, exclude: NOT_EMITTED }).every((source) =>
        existsSync(projectPath(source.replace(/\.ts$/, '.js')))
    );
}
