import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { baseComponentModules, baseComponentsDirectory, HOST_MODULES } from '../base-components.ts';
import { baseComponentsPlugin } from './base-components-plugin.ts';
import { openCompilePool } from './compile-pool.ts';
import type { BundlePart, VendorProgress } from './vendor-bundle.ts';

/** Started by `ensureVendorBundle` with the part to build and the directory to fill; tells its parent how far it is. */
const HOST = fileURLToPath(new URL('../host/browser/', import.meta.url));
const EXPECTED_MODULES = 3050;
const REPORT_EVERY = 250;

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

const [part, directory] = process.argv.slice(2) as [BundlePart, string];
await (part === 'vendor' ? buildVendor(directory) : buildHost(directory));

async function buildVendor(outdir: string): Promise<void> {
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
        await build({
            ...SHARED,
            outdir,
            entryPoints: ['lwc', '@lwc/synthetic-shadow', ...baseComponentModules()].map((name) => ({
                in: name,
                out: name.replace('@lwc/', '')
            })),
            external: [...HOST_MODULES],
            absWorkingDir: baseComponentsDirectory(),
            plugins: [baseComponentsPlugin({ compile: pool.compile, onCompiled })]
        });
    } finally {
        pool.close();
    }
}

async function buildHost(outdir: string): Promise<void> {
    await build({
        ...SHARED,
        outdir,
        entryPoints: ['boot', 'apex', ...HOST_MODULES].map((name) => ({ in: `${HOST}${name}.ts`, out: name })),
        plugins: [pageModulesPlugin]
    });
}
