import { createRequire } from 'node:module';

/** The parts of the LWC compiler that the local org uses. Loading them takes half a second, so it waits for a need. */
export interface LwcCompiler {
    readonly transformSync: typeof import('@lwc/compiler').transformSync;
}

/** The parsers below the compiler, from its own installation: what it reads is what we read. */
export interface ScriptParser {
    parse(source: string, options: { sourceType: 'module'; plugins: readonly unknown[] }): { program: ScriptNode };
}

export interface TemplateParser {
    parse(source: string, options: object): { readonly root?: TemplateNode };
    kebabcaseToCamelcase(tag: string): string;
}

/** A node of Babel's tree; the members depend on its type. */
export interface ScriptNode {
    readonly type: string;
    /** Lines from 1, columns from 0. */
    readonly loc: { readonly start: { readonly line: number; readonly column: number } };
    readonly [member: string]: unknown;
}

export interface TemplateNode {
    readonly type: string;
    readonly name?: string;
    /** Lines and columns from 1. */
    readonly location: { readonly startLine: number; readonly startColumn: number };
    readonly children?: readonly TemplateNode[];
    readonly else?: TemplateNode;
}

const ownRequire = createRequire(import.meta.url);
let compiler: LwcCompiler | undefined;
let scriptParser: ScriptParser | undefined;
let templateParser: TemplateParser | undefined;

export function lwcCompiler(): LwcCompiler {
    compiler ??= ownRequire('@lwc/compiler') as LwcCompiler;
    return compiler;
}

export function lwcScriptParser(): ScriptParser {
    scriptParser ??= fromCompiler('@babel/core', '@babel/parser') as ScriptParser;
    return scriptParser;
}

export function lwcTemplateParser(): TemplateParser {
    templateParser ??= fromCompiler('@lwc/template-compiler') as TemplateParser;
    return templateParser;
}

/** The packages that decide what becomes of a file, with what imports them. */
export function lwcPackages(): (readonly [name: string, importer: string])[] {
    const compiler = ownRequire.resolve('@lwc/compiler');
    const below = ['@babel/core', '@lwc/template-compiler', '@lwc/style-compiler'];
    return [['@lwc/compiler', import.meta.url], ...below.map((name) => [name, compiler] as const)];
}

function fromCompiler(...chain: string[]): unknown {
    let require = createRequire(ownRequire.resolve('@lwc/compiler'));
    for (const step of chain.slice(0, -1)) {
        require = createRequire(require.resolve(step));
    }
    return require(chain.at(-1)!);
}
