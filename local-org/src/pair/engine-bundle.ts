import { build, type Plugin } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SOURCES = fileURLToPath(new URL('../', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/org-bridge/', import.meta.url));
const ENTRY = join('engine', 'serve-org.ts');

/** A bundle of other sources may belong to a process that has just found it. */
const KEPT_MS = 86_400_000;

let made: Promise<URL> | undefined;

/**
 * The module that a worker runs as its org. The engine is some 600 modules, and each worker of each process would find,
 * read and link them one by one; as one file it is there in a third of the time. Where that file cannot be made, the
 * sources themselves are run.
 */
export function engineModule(log: (text: string) => void): Promise<URL> {
    made ??= bundleOf(SOURCES, ENTRY, CACHE).catch((error: unknown) => {
        log(`The engine is loaded module by module: ${error instanceof Error ? error.message : String(error)}`);
        return pathToFileURL(join(SOURCES, ENTRY));
    });
    return made;
}

/**
 * One module of all that the entry imports; packages stay where they are. It is kept in the cache folder by a hash of
 * the sources, so a bundle of other sources is never run.
 */
export async function bundleOf(sources: string, entry: string, cache: string): Promise<URL> {
    const file = join(cache, `engine-${hashOf(sources)}.mjs`);
    if (!existsSync(file)) {
        await mkdir(cache, { recursive: true });
        await removeOldBundles(cache);
        await bundle(join(sources, entry), file);
    }
    return pathToFileURL(file);
}

function hashOf(folder: string): string {
    const hash = createHash('sha256');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    for (const name of names.sort()) {
        hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
    }
    return hash.digest('hex').slice(0, 16);
}

/** Two processes may make the same bundle: each puts its own files in place as a whole, the map first. */
async function bundle(entry: string, file: string): Promise<void> {
    const draft = `${file}.${process.pid}`;
    await build({
        entryPoints: [entry],
        outfile: draft,
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node24',
        packages: 'external',
        sourcemap: 'external',
        logLevel: 'silent',
        plugins: [ownUrls]
    });
    await rename(`${draft}.map`, `${file}.map`);
    await rename(draft, file);
}

/** A module finds its files and workers beside its source, not beside the bundle. */
const ownUrls: Plugin = {
    name: 'own-urls',
    setup(plugin) {
        plugin.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            const text = await readFile(path, 'utf8');
            const contents = text
                .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
                .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
            return { contents, loader: 'ts' };
        });
    }
};

async function removeOldBundles(cache: string): Promise<void> {
    for (const name of readdirSync(cache).filter((each) => each.startsWith('engine-'))) {
        const path = join(cache, name);
        // Another process may have put it in its place or removed it meanwhile.
        const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
        if (made !== undefined && Date.now() - made > KEPT_MS) await rm(path, { force: true });
    }
}
