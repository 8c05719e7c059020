import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BridgeError } from './errors.ts';
import { projectPath } from './project.ts';

/** Emits the .js of each Lightning web component beside its .ts: orgs accept only JavaScript. */
export async function buildComponents(): Promise<void> {
    const tsc = projectPath('node_modules', 'typescript', 'bin', 'tsc');
    const args = [tsc, '-p', projectPath('force-app', 'tsconfig.build.json')];
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
