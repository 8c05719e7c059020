import { bundleApiVersion, packagePath, type BundleProblem, type LightningBundle } from './bundle.ts';
import { FileResults } from './file-results.ts';
import { lwcCompiler } from './toolchain.ts';

export type CompiledFile =
    { readonly ok: true; readonly code: string } | { readonly ok: false; readonly problem: BundleProblem };

export interface CompileFileOptions {
    /** A style sheet imported as `x.scoped.css?scoped=true`. */
    readonly scopedStyles?: boolean;
}

/** Release in which expressions in templates may be more than a path. */
const COMPLEX_EXPRESSIONS_SINCE = 66;

const results = new FileResults<CompiledFile>('compiled');

/** Compiles one `.js`, `.html` or `.css` file of a bundle to a JavaScript module. The file must exist in the bundle. */
export function compileFile(bundle: LightningBundle, file: string, options: CompileFileOptions = {}): CompiledFile {
    const source = bundle.files.get(file) ?? '';
    const apiVersion = bundleApiVersion(bundle);
    const scopedStyles = options.scopedStyles ?? false;
    return results.get([bundle.name, file, apiVersion, scopedStyles], source, () =>
        transform(bundle, file, source, apiVersion, scopedStyles)
    );
}

function transform(
    bundle: LightningBundle,
    file: string,
    source: string,
    apiVersion: number | undefined,
    scopedStyles: boolean
): CompiledFile {
    // Absolute, so that neither messages nor source maps show where this process runs.
    const path = `/modules/c/${bundle.name}/${file}`;
    try {
        const { code } = lwcCompiler().transformSync(source, path, {
            name: bundle.name,
            namespace: 'c',
            ...(apiVersion !== undefined && { apiVersion }),
            outputConfig: { sourcemap: 'inline' },
            scopedStyles,
            enableDynamicComponents: true,
            enableLwcOn: true,
            enableSyntheticElementInternals: true,
            experimentalComplexExpressions: (apiVersion ?? 0) >= COMPLEX_EXPRESSIONS_SINCE
        });
        return { ok: true, code };
    } catch (error) {
        if (!isCompilerError(error)) {
            throw error;
        }
        return { ok: false, problem: toProblem(error, packagePath(bundle.name, file), path) };
    }
}

/** What `@lwc/compiler` throws for a fault in the source. */
interface CompilerError extends Error {
    readonly code: number;
    readonly location?: { readonly line: number; readonly column: number };
}

function isCompilerError(error: unknown): error is CompilerError {
    return error instanceof Error && typeof (error as Partial<CompilerError>).code === 'number';
}

function toProblem(error: CompilerError, file: string, compiledPath: string): BundleProblem {
    const { line = 1, column = 1 } = error.location ?? {};
    // Scripts are parsed by Babel, which counts columns from 0.
    const firstColumn = file.endsWith('.js') && error.location !== undefined ? 1 : 0;
    return { file, line, column: column + firstColumn, message: `LWC${error.code}: ${plainText(error, compiledPath)}` };
}

/** The message without code frame, error class, file name and repeated code. */
function plainText(error: CompilerError, path: string): string {
    let text = error.message.split('\n', 1)[0];
    const { line, column } = error.location ?? {};
    for (const noise of [
        'CssSyntaxError: ',
        'SyntaxError: ',
        `LWC${error.code}: `,
        `${path}: `,
        `${path}:${line}:${column}: `
    ]) {
        text = text.replace(noise, '');
    }
    return text;
}
