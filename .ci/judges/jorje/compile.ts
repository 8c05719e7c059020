import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { standardObjects, type ObjectShape } from './objects.ts';
import { platformStubs } from './platform-stubs.ts';

/** Sources that see each other and the objects, labels and pages given. */
export interface JorjeProgram {
    readonly id: string;
    readonly sources: readonly { readonly name: string; readonly body: string; readonly apiVersion: number }[];
    readonly objects?: readonly ObjectShape[];
    readonly labels?: readonly string[];
    readonly pages?: readonly string[];
}

/** Lines and columns count from 1. */
export interface JorjeProblem {
    readonly source: string;
    readonly line: number;
    readonly column: number;
    readonly message: string;
}

interface Answer {
    readonly id: string;
    readonly problems?: readonly JorjeProblem[];
    readonly crash?: string;
}

const MAX_ANSWER_BYTES = 1 << 28;

/** Whether a Java with a compiler is on the PATH: the driver is kept as source. */
export function hasJavaCompiler(): boolean {
    return spawnSync('javac', ['-version']).status === 0;
}

/**
 * Compiles programs with the official compiler; problems by id of the program. It knows no SOQL: queries are parsed, their
 * columns are not looked up.
 */
export function compileWithJorje(programs: readonly JorjeProgram[]): Map<string, readonly JorjeProblem[]> {
    const classes = mkdtempSync(join(tmpdir(), 'jorje-'));
    try {
        const jars = jorjeJars();
        const sources = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.java'));
        const files = sources.map((name) => join(import.meta.dirname, name));
        run('javac', ['-nowarn', '-d', classes, '-cp', jars, ...files], '');
        const input = { types: platformStubs(), objects: standardObjects(), programs };
        const path = [classes, jars].join(delimiter);
        const output = run('java', ['-Xss8m', '-cp', path, 'JorjeDriver'], JSON.stringify(input));
        return new Map(output.trim().split('\n').map(readAnswer));
    } finally {
        rmSync(classes, { recursive: true });
    }
}

function readAnswer(line: string): [string, readonly JorjeProblem[]] {
    const { id, problems, crash } = JSON.parse(line) as Answer;
    // Some mistakes bring the compiler down; which source it was does not show.
    return [id, problems ?? [{ source: id, line: 0, column: 0, message: `Internal error: ${crash?.split('\n')[0]}` }]];
}

function jorjeJars(): string {
    const engine = dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-sfge-engine'));
    return join(engine, 'java-lib', '*');
}

function run(command: string, args: readonly string[], input: string): string {
    const { status, stdout, stderr } = spawnSync(command, args, {
        input,
        encoding: 'utf8',
        maxBuffer: MAX_ANSWER_BYTES
    });
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
    return stdout;
}
