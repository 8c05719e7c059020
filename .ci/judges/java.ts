import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const JAVA_MISSING = 'no Java 11 or newer on the PATH (java -version)';

/** Whether a Java that the analysers accept is on the PATH. */
export function hasJava(): boolean {
    const run = spawnSync('java', ['-version'], { encoding: 'utf8' });
    const major = /version "(\d+)/.exec(run.stderr ?? '')?.[1];
    return run.status === 0 && major !== undefined && Number(major) >= 11;
}

/** Class path of the jars that come with the PMD engine of Code Analyzer; apex-ls is one of them. */
export function analyzerClassPath(): string {
    const engine = dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine'));
    const jars = join(engine, 'java-lib');
    return readdirSync(jars)
        .filter((name) => name.endsWith('.jar'))
        .map((name) => join(jars, name))
        .join(process.platform === 'win32' ? ';' : ':');
}
