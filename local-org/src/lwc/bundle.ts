import { numberOf } from '../schema/document.ts';
import type { MetadataComponent, MetadataDocument, MetadataRegistry } from '../org/metadata-registry.ts';

/** A Lightning component bundle: its files and its configuration file, as deployed. */
export interface LightningBundle {
    /** `targetAccountPanel` */
    readonly name: string;
    /** Path inside the bundle to text: `targetAccountPanel.html`, `parts/format.js`. Without the configuration file. */
    readonly files: ReadonlyMap<string, string>;
    /** Content of `<name>.js-meta.xml`; undefined when there is none. */
    readonly configuration: MetadataDocument | undefined;
}

export interface BundleProblem {
    /** Path in the package: `lwc/targetAccountPanel/targetAccountPanel.html`. */
    readonly file: string;
    /** 1-based. */
    readonly line: number;
    readonly column: number;
    readonly message: string;
}

export const BUNDLE_TYPE = 'LightningComponentBundle';

/**
 * @param files path in the package (`lwc/x/x.js`) to bytes
 * @param configuration the parsed `.js-meta.xml`
 */
export function readBundle(
    name: string,
    files: ReadonlyMap<string, Uint8Array>,
    configuration: MetadataDocument | undefined
): LightningBundle {
    const decoder = new TextDecoder();
    const folder = `${name}/`;
    const texts = new Map<string, string>();
    for (const [path, bytes] of files) {
        const start = path.indexOf(folder);
        const local = start < 0 ? path : path.slice(start + folder.length);
        if (!local.endsWith('.js-meta.xml')) {
            texts.set(local, decoder.decode(bytes));
        }
    }
    return { name, files: texts, configuration };
}

/** The deployed bundle of that name, which is compared with case as module names are; undefined when there is none. */
export function deployedBundle(metadata: MetadataRegistry, name: string): LightningBundle | undefined {
    const component = metadata.get(BUNDLE_TYPE, name);
    return component?.fullName === name ? bundleOf(component) : undefined;
}

export function bundleOf(component: MetadataComponent): LightningBundle {
    let bundle = bundles.get(component);
    if (bundle === undefined) {
        bundle = readBundle(component.fullName, component.files, component.document);
        bundles.set(component, bundle);
    }
    return bundle;
}

const bundles = new WeakMap<MetadataComponent, LightningBundle>();

/** Path of a bundle's file in a package. */
export function packagePath(bundleName: string, file: string): string {
    return `lwc/${bundleName}/${file}`;
}

/** Release whose behaviour the bundle asked for; undefined when the configuration file does not say. */
export function bundleApiVersion(bundle: LightningBundle): number | undefined {
    return numberOf(bundle.configuration, 'apiVersion');
}
