import { fork } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseComponentsDirectory } from '../base-components.ts';

/** What a page loads besides the org's own components, compiled and bundled for the browser. */
export interface VendorBundle {
    /** Names the content: engine, base components and the local org's platform modules, in their exact versions. */
    readonly hash: string;
    /** Holds `lwc.js`, `synthetic-shadow.js`, `lightning/card.js`, …, and the host's `host/boot.js`, `host/apex.js`. */
    readonly directory: string;
}

export interface VendorProgress {
    /** Modules compiled up to now. */
    readonly compiled: number;
    readonly expected: number;
}

export interface EnsureOptions {
    readonly onProgress?: (progress: VendorProgress) => void;
}

const BUILD_SCRIPT = fileURLToPath(new URL('./build-vendor.ts', import.meta.url));
const OWN_SOURCES = ['../vendor/*.ts', '../host/browser/**/*.ts', '../base-components.ts'];
const PACKAGES = ['lwc', '@lwc/compiler', '@lwc/synthetic-shadow', 'lightning-base-components', 'esbuild'];

let located: VendorBundle | undefined;

/** The bundle that belongs to the installed packages, whether or not it is built. */
export function vendorBundle(): VendorBundle {
    located ??= locate();
    return located;
}

export function vendorBundleIsBuilt(): boolean {
    return existsSync(vendorBundle().directory);
}

/**
 * Builds the bundle when it is not there yet: some seconds, in a process of its own, so that the caller stays
 * responsive. Two callers at once are fine: the first finished build stays. Throws with the build's own messages.
 */
export async function ensureVendorBundle({ onProgress }: EnsureOptions = {}): Promise<VendorBundle> {
    const bundle = vendorBundle();
    if (existsSync(bundle.directory)) {
        return bundle;
    }
    const unfinished = `${bundle.directory}.${randomUUID()}`;
    await mkdir(unfinished, { recursive: true });
    try {
        await runBuild(unfinished, onProgress);
        await rename(unfinished, bundle.directory).catch((error: unknown) => {
            if (!existsSync(bundle.directory)) {
                throw error;
            }
        });
    } finally {
        await rm(unfinished, { recursive: true, force: true });
    }
    return bundle;
}

function runBuild(directory: string, onProgress: EnsureOptions['onProgress']): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const child = fork(BUILD_SCRIPT, [directory], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let complaint = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        complaint += text;
    });
    child.on('message', (progress) => onProgress?.(progress as VendorProgress));
    child.on('error', reject);
    child.on('exit', (code) => {
        if (code === 0) {
            resolve();
        } else {
            reject(new Error(`The build of the Lightning vendor bundle failed:\n${complaint.trim()}`));
        }
    });
    return promise;
}

function locate(): VendorBundle {
    const modules = dirname(baseComponentsDirectory());
    const hash = createHash('sha256');
    for (const name of PACKAGES) {
        // Read as a file: not every package exports its package.json.
        const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as {
            version: string;
        };
        hash.update(`${name}@${version}\n`);
    }
    const here = dirname(fileURLToPath(import.meta.url));
    for (const path of OWN_SOURCES.flatMap((pattern) => globSync(pattern, { cwd: here })).sort()) {
        hash.update(`${path}\n`).update(readFileSync(join(here, path)));
    }
    const digest = hash.digest('hex').slice(0, 16);
    return { hash: digest, directory: join(modules, '.cache', 'org-bridge', `vendor-${digest}`) };
}
