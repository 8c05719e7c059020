import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { baseComponentModules, baseComponentsDirectory, HOST_MODULES } from '../base-components.ts';
import { baseComponentsPlugin } from './base-components-plugin.ts';
import { openCompilePool } from './compile-pool.ts';
import type { VendorProgress } from './vendor-bundle.ts';

/** Started by `ensureVendorBundle` with the directory to fill; reports progress to its parent. */
const HOST = fileURLToPath(new URL('../host/browser/', import.meta.url));
const EXPECTED_MODULES = 3050;
const REPORT_EVERY = 50;

const SHARED: BuildOptions = {
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    chunkNames: 'chunks/[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env.SSR': 'false' }
};

/** What the host's modules import is in the page already, under the same names. */
const pageModulesPlugin: Plugin = {
    name: 'page-modules',
    setup(builder) {
        builder.onResolve({ filter: /^(lwc|lightning\/|@salesforce\/)/ }, ({ path }) => ({ path, external: true }));
    }
};

await buildVendorBundle(process.argv[2]!);

async function buildVendorBundle(directory: string): Promise<void> {
    const pool = openCompilePool();
    let compiled = 0;
    const onCompiled = (): void => {
        compiled += 1;
        if (compiled % REPORT_EVERY === 0) {
            const progress: VendorProgress = { compiled, expected: Math.max(EXPECTED_MODULES, compiled) };
            process.send?.(progress);
        }
    };
    try {
        await Promise.all([
            build({
                ...SHARED,
                outdir: directory,
                entryPoints: ['lwc', '@lwc/synthetic-shadow', ...baseComponentModules()].map((name) => ({
                    in: name,
                    out: name.replace('@lwc/', '')
                })),
                external: [...HOST_MODULES],
                absWorkingDir: baseComponentsDirectory(),
                plugins: [baseComponentsPlugin({ compile: pool.compile, onCompiled })]
            }),
            build({
                ...SHARED,
                outdir: `${directory}/host`,
                entryPoints: ['boot', 'apex', ...HOST_MODULES].map((name) => ({ in: `${HOST}${name}.ts`, out: name })),
                plugins: [pageModulesPlugin]
            })
        ]);
    } finally {
        pool.close();
    }
}
