import { spawn } from 'node:child_process';
import { projectRoot } from '../lib/project.ts';
import { bestOf, ratioRow, type BenchRow } from './measure.ts';

/** Seconds from `npm start` to a verified link, after install; goal of the project: 5 on two cores. */
const GOAL_SECONDS = 5;

export async function measureStart(): Promise<BenchRow[]> {
    const startMs = await bestOf(2, () => timed('npm', ['start', '--silent', '--', '--exit', '--json']));
    const npmMs = await bestOf(2, () => timed('npm', ['exec', '--silent', '--', 'node', '--eval', '0']));
    return [
        {
            title: 'npm start until the link is verified',
            figure: `${(startMs / 1000).toFixed(1)} s`,
            goal: `at most ${GOAL_SECONDS} s`,
            met: startMs <= GOAL_SECONDS * 1000
        },
        ratioRow('the same, against an empty npm command', startMs, 'npm exec node', npmMs)
    ];
}

function timed(command: string, args: readonly string[]): Promise<number> {
    const started = performance.now();
    const child = spawn(command, args, { cwd: projectRoot, stdio: 'ignore', shell: process.platform === 'win32' });
    return new Promise((done, failed) => {
        child.on('error', failed);
        child.on('close', (code) =>
            code === 0
                ? done(performance.now() - started)
                : failed(new Error(`${command} ${args.join(' ')} ended with ${code}`))
        );
    });
}
