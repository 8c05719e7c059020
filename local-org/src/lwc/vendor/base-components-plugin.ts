import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { iconTemplates } from './icon-templates.ts';
import { baseComponentsDirectory, HOST_MODULES } from '../base-components.ts';
import type { OnLoadResult, OnResolveResult, Plugin } from 'esbuild';

export interface BaseComponentsPluginOptions {
    readonly compile: (path: string, source: string, scopedStyles: boolean) => Promise<string>;
    readonly onCompiled: () => void;
}

interface ModuleResolver {
    readonly resolveModule: (name: string, importer: string, config: object) => { readonly entry: string };
}

const SCOPED = '?scoped=true';

/**
 * Teaches esbuild to read lightning-base-components: names of the package's module map (`lightning/utils`,
 * `@salesforce/label/…`), sources compiled by the LWC compiler, and each icon once although the package holds up to
 * four copies of it.
 */
export function baseComponentsPlugin({ compile, onCompiled }: BaseComponentsPluginOptions): Plugin {
    const root = baseComponentsDirectory();
    const { resolveModule } = compilerRequire()('@lwc/module-resolver') as ModuleResolver;
    const insideThePackage = join(root, 'src/lightning/card/card.js');
    const resolved = new Map<string, OnResolveResult>();
    const icons = iconTemplates(join(root, 'src/lightning'));

    async function load(path: string, scopedStyles: boolean): Promise<OnLoadResult> {
        const source = icons.rewrite(path, await readFile(path, 'utf8'));
        const code = await compile(path, source, scopedStyles);
        onCompiled();
        return { contents: withoutMissingImports(code, dirname(path)), loader: 'js' };
    }

    return {
        name: 'base-components',
        setup(builder) {
            // Private modules of the package resolve from inside it only.
            builder.onResolve({ filter: /^(lightning|@salesforce)\/|^(assert)$/ }, ({ path }) => {
                if (HOST_MODULES.includes(path)) {
                    return { path, external: true };
                }
                const known = resolved.get(path);
                if (known !== undefined) {
                    return known;
                }
                const { entry } = resolveModule(path, insideThePackage, { rootDir: root });
                const result = { path: entry };
                resolved.set(path, result);
                return result;
            });
            builder.onResolve({ filter: /^\..*\.css\?scoped=true$/ }, ({ path, resolveDir }) => ({
                path: resolve(resolveDir, path.slice(0, -SCOPED.length)),
                suffix: SCOPED
            }));
            builder.onLoad({ filter: /lightning-base-components.*\.(js|html|css)$/ }, ({ path, suffix }) =>
                load(path, suffix === SCOPED)
            );
        }
    };
}

/** Each template imports a style sheet of its name, each component a template, whether or not there is one. */
function withoutMissingImports(code: string, directory: string): string {
    return code.replaceAll(
        /^import (\w+) from "(\.\/[^"?]+\.(?:css|html))(?:\?[^"]*)?";$/gm,
        (statement, name: string, file: string) =>
            existsSync(join(directory, file)) ? statement : `const ${name} = undefined;`
    );
}

/** The resolver is a part of the compiler's own installation. */
function compilerRequire(): NodeJS.Require {
    const require = createRequire(import.meta.url);
    return createRequire(require.resolve('@lwc/rollup-plugin'));
}
