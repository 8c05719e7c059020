import { transformSync } from '@lwc/compiler';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

/** Compiler levels: 0 fatal, 1 error, 2 warning, 3 log. */
const WORST_ACCEPTED_LEVEL = 3;

/** Every file of every Lightning web component as the platform's compiler gets it, and every .ts has its emitted .js. */
export async function judgeComponents(projectDirectory: string): Promise<Verdict> {
    const files = filesEndingIn(await packageDirectories(projectDirectory), '.js', '.html', '.css', '.ts').filter(
        (file) => isComponentFile(file)
    );
    const compiled = files.filter((file) => !file.endsWith('.ts'));
    const findings = await Promise.all(compiled.map(compile));
    return { scope: `${compiled.length} files`, findings: [...findings.flat(), ...findUnemitted(files)] };
}

function isComponentFile(file: string): boolean {
    return basename(dirname(dirname(file))) === 'lwc' && !file.endsWith('.d.ts');
}

function findUnemitted(files: readonly string[]): Finding[] {
    return files
        .filter((file) => file.endsWith('.ts') && !existsSync(file.replace(/\.ts$/, '.js')))
        .map((file) => ({ file, message: 'has no emitted .js: npm run build:lwc' }));
}

async function compile(file: string): Promise<Finding[]> {
    const source = await readFile(file, 'utf8');
    const name = basename(dirname(file));
    try {
        const { warnings = [] } = transformSync(source, basename(file), { name, namespace: 'c' });
        return warnings
            .filter(({ level }) => Number(level) < WORST_ACCEPTED_LEVEL)
            .map(({ message, location }) => ({ file, message, line: location?.line, column: location?.column }));
    } catch (error) {
        const { message, location } = error as Error & { location?: { line: number; column: number } };
        return [{ file, message, line: location?.line, column: location?.column }];
    }
}

if (import.meta.main) {
    await report('lwc-compile', judgeComponents);
}
