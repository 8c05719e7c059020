import { deployedBundle, type BundleProblem } from './bundle.ts';
import { compileFile } from './compile-file.ts';
import { platformModule, type PlatformContext } from './platform-modules.ts';
import { PLATFORM_PREFIX } from './platform-specifier.ts';

export type ServedModule =
    | { readonly kind: 'code'; readonly code: string }
    /** A file that does not compile; deployed bundles have none unless the deploy kept them. */
    | { readonly kind: 'problem'; readonly problem: BundleProblem }
    /** Names what is missing. */
    | { readonly kind: 'unknown'; readonly message: string };

export interface ModuleRequest {
    /** Behind `/modules/`: `c/panel/panel.html`, `@salesforce/user/Id`. */
    readonly path: string;
    /** The style sheet is imported as a scoped one. */
    readonly scopedStyles: boolean;
}

const MISSING_IS_EMPTY = ['.html', '.css'];
const EMPTY_MODULE = 'export default undefined;';

/** The module for the browser, compiled on request, so that a deploy needs no build. */
export function serveModule({ path, scopedStyles }: ModuleRequest, context: PlatformContext): ServedModule {
    if (path.startsWith(PLATFORM_PREFIX)) {
        return platformModule(path, context);
    }
    const [namespace, bundleName = '', ...rest] = path.split('/');
    const bundle = namespace === 'c' ? deployedBundle(context.metadata, bundleName) : undefined;
    if (bundle === undefined) {
        return { kind: 'unknown', message: `There is no Lightning component bundle for the module ${path}` };
    }
    const wanted = rest.join('/');
    const file = [wanted, `${wanted}.js`].find((candidate) => bundle.files.has(candidate));
    if (file === undefined) {
        // Scripts import a template of their name and templates a style sheet, whether or not there is one.
        return MISSING_IS_EMPTY.some((extension) => wanted.endsWith(extension))
            ? { kind: 'code', code: EMPTY_MODULE }
            : { kind: 'unknown', message: `The bundle ${bundleName} has no file ${wanted}` };
    }
    const compiled = compileFile(bundle, file, { scopedStyles });
    return compiled.ok ? { kind: 'code', code: compiled.code } : { kind: 'problem', problem: compiled.problem };
}
