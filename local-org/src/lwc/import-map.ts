import { baseComponentModules, HOST_MODULES } from './base-components.ts';
import { BUNDLE_TYPE } from './bundle.ts';
import { HOST_URL, VENDOR_URL } from './static-files.ts';
import { vendorBundle } from './vendor/vendor-bundle.ts';
import type { MetadataRegistry } from '../org/metadata-registry.ts';

/** Where the compiled files of deployed bundles and the `@salesforce/` modules are. */
export const MODULES_URL = '/modules';

/** Name under which generated modules reach the host's Apex adapter. */
export const APEX_HOST_MODULE = 'localorg/apex';

/** Base URLs of the built modules. */
export function moduleUrls(): { readonly vendor: string; readonly host: string } {
    const { vendor, host } = vendorBundle();
    return { vendor: `${VENDOR_URL}/${vendor.hash}`, host: `${HOST_URL}/${host.hash}` };
}

/** The import map of a page: every module name that a component may use, to its URL. */
export function importMap(metadata: MetadataRegistry): { readonly imports: Readonly<Record<string, string>> } {
    const { vendor, host } = moduleUrls();
    const imports: Record<string, string> = {
        lwc: `${vendor}/lwc.js`,
        '@salesforce/': `${MODULES_URL}/@salesforce/`,
        [APEX_HOST_MODULE]: `${host}/apex.js`
    };
    for (const name of baseComponentModules()) {
        imports[name] = `${vendor}/${name}.js`;
    }
    for (const name of HOST_MODULES) {
        imports[name] = `${host}/${name}.js`;
    }
    for (const { fullName } of metadata.list(BUNDLE_TYPE)) {
        imports[`c/${fullName}`] = `${MODULES_URL}/c/${fullName}/${fullName}.js`;
    }
    return { imports };
}
