import { createRequire } from 'node:module';
import { dirname, join, normalize, sep } from 'node:path';
import { vendorBundle, type BuiltModules } from './vendor/vendor-bundle.ts';

const require = createRequire(import.meta.url);

/** URL prefixes of the files that every org serves alike. */
export const VENDOR_URL = '/vendor';
export const HOST_URL = '/host';
export const ASSETS_URL = '/localorg';
export const SLDS_1_URL = '/slds1';
export const SLDS_2_URL = '/slds2';

/**
 * The file behind a URL path of the page's engine, components, style sheets and icons; undefined when the org itself
 * has to answer. Never leads out of the folders served.
 */
export function pageStaticFile(urlPath: string): string | undefined {
    const [, area, ...rest] = urlPath.split('/');
    const folder = area === undefined ? undefined : folderOf(`/${area}`, rest);
    return folder === undefined ? undefined : inside(folder.root, folder.path);
}

function folderOf(area: string, rest: readonly string[]): { root: string; path: string } | undefined {
    const path = rest.join('/');
    switch (area) {
        case VENDOR_URL:
            return builtModules(vendorBundle().vendor, rest);
        case HOST_URL:
            return builtModules(vendorBundle().host, rest);
        case SLDS_1_URL:
            return { root: join(packageDirectory('@salesforce-ux/design-system'), 'assets'), path };
        case SLDS_2_URL:
            return { root: join(packageDirectory('@salesforce-ux/design-system-2'), 'dist'), path };
        case ASSETS_URL:
            return { root: join(import.meta.dirname, 'host', 'assets'), path };
        default:
            return undefined;
    }
}

/** The hash in the URL makes a new build a new address. */
function builtModules(
    { hash, directory }: BuiltModules,
    rest: readonly string[]
): { root: string; path: string } | undefined {
    return rest[0] === hash ? { root: directory, path: rest.slice(1).join('/') } : undefined;
}

function inside(root: string, path: string): string | undefined {
    let decoded: string;
    try {
        decoded = decodeURIComponent(path);
    } catch {
        return undefined;
    }
    const file = normalize(join(root, decoded));
    return file.startsWith(root + sep) && !decoded.includes('\0') ? file : undefined;
}

function packageDirectory(name: string): string {
    return dirname(require.resolve(`${name}/package.json`));
}
