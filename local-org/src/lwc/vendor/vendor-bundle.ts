import { fork } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseComponentsDirectory } from '../base-components.ts';

/** Modules for the browser, compiled and bundled. */
export interface BuiltModules {
    /** Names the content. */
    readonly hash: string;
    readonly directory: string;
}

/** What a page loads besides the org's own components. */
export interface VendorBundle {
    /** Engine and base components: `lwc.js`, `synthetic-shadow.js`, `lightning/card.js`, … */
    readonly vendor: BuiltModules;
    /** The local org's own platform modules: `boot.js`, `apex.js`, `lightning/uiRecordApi.js`, … */
    readonly host: BuiltModules;
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
const VENDOR_SOURCES = ['*.ts', '../base-components.ts'];
const HOST_SOURCES = ['build-vendor.ts', '../base-components.ts', '../host/browser/**/*.ts'];
const VENDOR_PACKAGES = ['lwc', '@lwc/compiler', '@lwc/synthetic-shadow', 'lightning-base-components', 'esbuild'];
const HOST_PACKAGES = ['esbuild'];

export const BUNDLE_PARTS = ['vendor', 'host'] as const;
export type BundlePart = (typeof BUNDLE_PARTS)[number];

let located: VendorBundle | undefined;

/** The bundle that belongs to the installed packages, whether or not it is built. */
export function vendorBundle(): VendorBundle {
    located ??= locate();
    return located;
}

export function vendorBundleIsBuilt(): boolean {
    return missingParts(vendorBundle()).length === 0;
}

/**
 * Builds what is not there yet, in a process of its own, so that the caller stays responsive. The base components take
 * some seconds, once per version. Two callers at once are fine: the first finished build stays. Throws with the
 * build's own messages.
 */
export async function ensureVendorBundle({ onProgress }: EnsureOptions = {}): Promise<VendorBundle> {
    const bundle = vendorBundle();
    await Promise.all(missingParts(bundle).map((part) => buildPart(part, bundle[part].directory, onProgress)));
    return bundle;
}

function missingParts(bundle: VendorBundle): BundlePart[] {
    return BUNDLE_PARTS.filter((part) => !existsSync(bundle[part].directory));
}

async function buildPart(part: BundlePart, directory: string, onProgress: EnsureOptions['onProgress']): Promise<void> {
    const unfinished = `${directory}.${randomUUID()}`;
    await mkdir(unfinished, { recursive: true });
    try {
        await runBuild(part, unfinished, onProgress);
        await rename(unfinished, directory).catch((error: unknown) => {
            if (!existsSync(directory)) {
                throw error;
            }
        });
    } finally {
        await rm(unfinished, { recursive: true, force: true });
    }
}

function runBuild(part: BundlePart, directory: string, onProgress: EnsureOptions['onProgress']): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const child = fork(BUILD_SCRIPT, [part, directory], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
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
            reject(new Error(`The build of the Lightning ${part} modules failed:\n${complaint.trim()}`));
        }
    });
    return promise;
}

function locate(): VendorBundle {
    return {
        vendor: locatePart('vendor', VENDOR_PACKAGES, VENDOR_SOURCES),
        host: locatePart('host', HOST_PACKAGES, HOST_SOURCES)
    };
}

function locatePart(part: BundlePart, packages: readonly string[], sources: readonly string[]): BuiltModules {
    const modules = dirname(baseComponentsDirectory());
    const content = createHash('sha256');
    for (const name of packages) {
        // Read as a file: not every package exports its package.json.
        const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as {
            version: string;
        };
        content.update(`${name}@${version}\n`);
    }
    const here = import.meta.dirname;
    for (const path of sources.flatMap((pattern) => globSync(pattern, { cwd: here })).sort()) {
        content.update(`${path}\n`).update(readFileSync(join(here, path)));
    }
    const hash = content.digest('hex').slice(0, 16);
    return { hash, directory: join(modules, '.cache', 'org-bridge', `${part}-${hash}`) };
}
