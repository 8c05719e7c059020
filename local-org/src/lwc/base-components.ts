import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const require = createRequire(import.meta.url);

interface BaseComponentsPackage {
    readonly lwc: { readonly expose: readonly string[] };
}

/** Platform modules that the local org writes itself; sources in host/browser/lightning. */
export const HOST_MODULES: readonly string[] = [
    'lightning/actions',
    'lightning/navigation',
    'lightning/platformResourceLoader',
    'lightning/platformShowToastEvent',
    'lightning/refresh',
    'lightning/uiRecordApi'
];

/** Exposed by the package, yet built on modules that only the platform has. */
const WITHOUT_THEIR_BASE: ReadonlySet<string> = new Set(['lightning/barcodeScanner', 'lightning/primitiveFigure']);

let exposed: readonly string[] | undefined;

/** `lightning/card`, …: the modules of lightning-base-components that a page can use. */
export function baseComponentModules(): readonly string[] {
    exposed ??= (require('lightning-base-components/package.json') as BaseComponentsPackage).lwc.expose.filter(
        (name) => !WITHOUT_THEIR_BASE.has(name) && !HOST_MODULES.includes(name)
    );
    return exposed;
}

export function baseComponentsDirectory(): string {
    return dirname(require.resolve('lightning-base-components/package.json'));
}
