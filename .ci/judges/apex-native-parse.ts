import { spawnSync } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { filesEndingIn, packageDirectories, report, type Finding, type Verdict } from './verdict.ts';

const PACKAGE = `@prettier-apex/apex-ast-serializer-${process.platform}-${process.arch}`;
const MAX_TREE_BYTES = 256 * 1024 * 1024;

interface ParserOutput {
    readonly parseErrors: { readonly message: string; readonly error: unknown }[];
    readonly internalErrors: unknown[];
}

/** Every Apex file through the parser of Salesforce's own compiler (jorje, a native binary; no Java). */
export async function judgeApexSyntax(projectDirectory: string): Promise<Verdict> {
    const files = filesEndingIn(await packageDirectories(projectDirectory), '.cls', '.trigger');
    const parser = parserPath();
    if (parser === undefined) {
        return { scope: '', findings: [], skipped: `${PACKAGE} is not installed` };
    }
    return { scope: `${files.length} Apex files`, findings: files.flatMap((file) => parse(parser, file)) };
}

function parserPath(): string | undefined {
    try {
        return createRequire(import.meta.url).resolve(`${PACKAGE}/${PACKAGE.split('/')[1]}`);
    } catch {
        return undefined;
    }
}

// The parser ends with exit code 0 whatever it finds; the errors are in its output.
function parse(parser: string, file: string): Finding[] {
    const input = openSync(file, 'r');
    try {
        const run = spawnSync(parser, { stdio: [input, 'pipe', 'pipe'], encoding: 'utf8', maxBuffer: MAX_TREE_BYTES });
        if (run.error !== undefined || run.status !== 0) {
            return [{ file, message: `the parser failed: ${run.error?.message ?? run.stderr}` }];
        }
        const [output] = Object.values(JSON.parse(run.stdout) as Record<string, ParserOutput>);
        if (output === undefined) {
            return [{ file, message: 'the parser answered nothing' }];
        }
        return [
            ...output.parseErrors.map(({ message, error }) => ({ file, message, ...findLocation(error) })),
            ...output.internalErrors.map((error) => ({ file, message: JSON.stringify(error) }))
        ];
    } finally {
        closeSync(input);
    }
}

function findLocation(node: unknown): { line?: number; column?: number } {
    if (typeof node !== 'object' || node === null) {
        return {};
    }
    const { loc, error } = node as { loc?: { line: number; column: number }; error?: unknown };
    return loc === undefined ? findLocation(error) : { line: loc.line, column: loc.column };
}

if (import.meta.main) {
    await report('apex-native-parse', judgeApexSyntax);
}
